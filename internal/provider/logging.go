// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// logAttempt returns a function that writes a debug line for each attempt:
// what was asked, how it ended and how long it took. Neither the answer's body
// nor the number in it is logged; the key is masked wherever it might slip in.
func logAttempt(key string) func(context.Context, wachat.Attempt) {
	return func(ctx context.Context, a wachat.Attempt) {
		if !tflog.IsDebug(ctx) {
			return // masking costs more than most of the rest of an attempt
		}
		if key != "" {
			ctx = tflog.MaskLogStrings(ctx, key)
		}
		fields := map[string]any{
			"instance_name": a.Instance,
			"url":           a.URL,
			"attempt":       a.Number,
			"status":        a.Status,
			"duration_ms":   a.Duration.Milliseconds(),
		}
		if a.RequestID != "" {
			fields["request_id"] = a.RequestID
		}
		if a.Err != nil {
			fields["error"] = a.Err.Error()
		}
		tflog.Debug(ctx, "Asked Wachat for an instance state", fields)
	}
}
