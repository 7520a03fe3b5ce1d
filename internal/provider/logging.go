// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// logAttempt writes a debug line for a request: its URL, result and duration, and
// neither the answer's body nor the number in it. The client keeps the key out of all
// of these.
func logAttempt(ctx context.Context, a wachat.Attempt) {
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
		fields["error"] = a.Err.Error()
	}
	tflog.Debug(ctx, "Read an instance state from Wachat", fields)
}
