// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"debug/buildinfo"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// licensesFile is the file with the license texts, beside the binary.
const licensesFile = "THIRD_PARTY_LICENSES.txt"

// hasLicenses looks for each module of the installed binary in the license
// texts that Terraform installed with it.
func (c *check) hasLicenses(context.Context) (string, error) {
	binary, err := c.installed.binary()
	if err != nil {
		return "", err
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return "", err
	}
	content, err := os.ReadFile(filepath.Join(filepath.Dir(binary), licensesFile))
	if err != nil {
		return "", err
	}
	linked := []string{"Go " + info.GoVersion}
	for _, module := range info.Deps {
		linked = append(linked, module.Path+" "+module.Version)
	}
	if missing := missingLicenses(string(content), linked); len(missing) > 0 {
		return "", fmt.Errorf("%s lacks %q", licensesFile, missing)
	}
	return fmt.Sprintf("%s has the texts of Go and %d modules", licensesFile, len(info.Deps)), nil
}

// missingLicenses are the modules without a section in the license texts.
func missingLicenses(texts string, modules []string) []string {
	var missing []string
	for _, module := range modules {
		if !strings.Contains(texts, "=\n"+module+"\n---") {
			missing = append(missing, module)
		}
	}
	return missing
}
