// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// The environment variables that stand in for the arguments api_key and base_url.
const (
	KeyVariable     = "WACHAT_API_KEY"
	BaseURLVariable = "WACHAT_BASE_URL"
)

// EnvironmentConfig returns the configuration of the client of a provider without
// a block: the environment's values, and the defaults. The diagnostics report the
// values that the provider refuses.
func EnvironmentConfig(version, commit string) (wachat.Config, diag.Diagnostics) {
	c := configuration{}
	for _, a := range arguments {
		c[a.name] = types.StringNull()
	}
	config := c.client()
	config.UserAgent = userAgent(version, commit, "")
	var diags diag.Diagnostics
	for _, a := range arguments {
		if reason := a.invalid(c[a.name]); reason != "" {
			diags.AddAttributeError(path.Root(a.name), "Invalid value for "+a.name, reason)
		}
	}
	return config, diags
}
