// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
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
		Timeout:      duration(text(ctx, config, waitTimeoutAttribute, diags), 0),
		PollInterval: duration(text(ctx, config, pollIntervalAttribute, diags), defaultPollInterval),
	}
}

// duration returns the default for what is no duration: null, since the
// validators refuse everything else.
func duration(s string, def time.Duration) time.Duration {
	if d, err := time.ParseDuration(s); err == nil {
		return d
	}
	return def
}
