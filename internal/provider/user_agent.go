// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"unicode"
)

const homepage = "https://github.com/wachat-net/terraform-provider-wachat"

// userAgent names the provider and its commit, a place to read about it, and
// Terraform.
// TF_APPEND_USER_AGENT is appended as other providers do, less what no header
// may hold.
func userAgent(version, commit, terraformVersion string) string {
	agent := fmt.Sprintf("terraform-provider-wachat/%s (%s; +%s) Terraform/%s",
		cmp.Or(version, "dev"), cmp.Or(commit, "none"), homepage, cmp.Or(terraformVersion, "unknown"))
	appended := strings.Map(printable, os.Getenv("TF_APPEND_USER_AGENT"))
	return strings.TrimSpace(agent + " " + strings.TrimSpace(appended))
}

func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}
