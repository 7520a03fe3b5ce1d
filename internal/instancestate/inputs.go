// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// text returns the value of a string argument; "" for null.
func text(ctx context.Context, config tfsdk.Config, name string, diags *diag.Diagnostics) string {
	var value types.String
	diags.Append(config.GetAttribute(ctx, path.Root(name), &value)...)
	return value.ValueString()
}

// readRequirement returns what the configuration requires of an answer.
func readRequirement(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) wachat.Requirement {
	return wachat.Requirement{
		State:        text(ctx, config, requiredStateAttribute, diags),
		Timeout:      duration(ctx, config, waitTimeoutAttribute, 0, 0, diags),
		PollInterval: duration(ctx, config, pollIntervalAttribute, minPollInterval, defaultPollInterval, diags),
	}
}

// duration returns the default for null. It checks again what the validators
// check: what an action learns only at apply, nobody validates.
func duration(ctx context.Context, config tfsdk.Config, name string, least, def time.Duration, diags *diag.Diagnostics) time.Duration {
	s := text(ctx, config, name, diags)
	if s == "" {
		return def
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < least {
		diags.AddAttributeError(path.Root(name), "Invalid value for "+name, fmt.Sprintf("The value of %s is refused: %q is no duration of at least %s.", name, s, least))
	}
	return d
}
