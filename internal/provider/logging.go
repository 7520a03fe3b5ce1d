// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// logAttempt returns a function that writes a debug line for each attempt: its
// URL, result and duration. It logs neither the answer's body nor the number in
// it, and masks the key.
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
			"hedge":         a.Hedge,
			"sent":          a.Sent,
			"status":        a.Status,
			"request_id":    a.RequestID,
			"duration_ms":   a.Duration.Milliseconds(),
		}
		if a.Err != nil {
			fields["error"] = a.Err.Error() // only texts are masked
		}
		tflog.Debug(ctx, "Read an instance state from Wachat", fields)
	}
}
