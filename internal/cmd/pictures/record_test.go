// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
)

func TestRecordRunsInATerminalAsNobody(t *testing.T) {
	t.Setenv("WACHAT_API_KEY", "somebody's")
	output, err := recordFake(t.Context(), t, "succeed")
	if want := "terminal: true\nkey: \"\"\n"; err != nil || output != want {
		t.Errorf("got %q, %v, want %q", output, err, want)
	}
}

func TestRecordOfADemoThatFails(t *testing.T) {
	_, err := recordFake(t.Context(), t, "fail")
	if err == nil || !strings.Contains(err.Error(), "exit status 1") || !strings.Contains(err.Error(), "terminal: true") {
		t.Errorf("got %v, want the exit code and the output", err)
	}
}

func TestRecordInterruptsWhenItsContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := recordFake(ctx, t, "hang"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func recordFake(ctx context.Context, t *testing.T, what string) (string, error) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no pseudo-terminal of this kind")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(fakeVariable, what)
	return recordCommand(ctx, t.TempDir(), self)
}
