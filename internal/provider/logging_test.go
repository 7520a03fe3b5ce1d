// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

func TestLogAttempt_oneLine(t *testing.T) {
	var output bytes.Buffer
	ctx := tflogtest.RootLogger(context.Background(), &output)
	logAttempt(ctx, wachat.Attempt{
		Instance: "shop", URL: "https://app.wachat.net/api/v1/instance/state?instanceName=shop",
		Number: 2, Hedge: true, Sent: 2, Status: 503, RequestID: "r-1", Duration: 1500 * time.Millisecond, Err: errors.New("it is down"),
	})
	lines, err := tflogtest.MultilineJSONDecode(&output)
	if err != nil || len(lines) != 1 {
		t.Fatalf("got %d lines and error %v", len(lines), err)
	}
	for name, want := range map[string]any{
		"@level": "debug", "instance_name": "shop", "attempt": 2.0, "hedge": true, "sent": 2.0, "status": 503.0, "duration_ms": 1500.0, "request_id": "r-1",
		"url": "https://app.wachat.net/api/v1/instance/state?instanceName=shop", "error": "it is down",
	} {
		if got := lines[0][name]; got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}
