// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestWorkspaceRun_exitCodeAndOutputInOrder(t *testing.T) {
	var streamed bytes.Buffer
	w := newFake(t, "Error: stopped")
	w.Stream = &streamed
	got, err := w.Run(t.Context(), "plan", "-out=saved")
	if err != nil {
		t.Fatal(err)
	}
	if want := (Result{ExitCode: 1, Output: "plan -out=saved\nError: stopped\n"}); got != want {
		t.Errorf("Run() = %+v, want %+v", got, want)
	}
	if streamed.String() != got.Output {
		t.Errorf("streamed %q, returned %q", streamed.String(), got.Output)
	}
}

func TestWorkspaceRun_missingCLI(t *testing.T) {
	w := Workspace{CLI: CLI{Path: filepath.Join(t.TempDir(), "terraform")}}
	if _, err := w.Run(t.Context(), "plan"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Run() = %v, want that the file does not exist", err)
	}
}

func TestWorkspaceRun_canceled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("only the console can interrupt a command on Windows")
	}
	ctx, cancel := context.WithCancel(t.Context())
	w, streamed := newFake(t, ""), cancelingWriter{cancel: cancel}
	w.Stream = &streamed
	if _, err := w.Run(ctx, "hang"); !errors.Is(err, context.Canceled) {
		t.Errorf("Run() = %v, want the context's error", err)
	}
	if !strings.Contains(streamed.String(), "cleaning up") {
		t.Errorf("the command printed %q, want that it could clean up", streamed.String())
	}
}

// cancelingWriter cancels a context as soon as something is written.
type cancelingWriter struct {
	bytes.Buffer
	cancel func()
}

func (w *cancelingWriter) Write(p []byte) (int, error) {
	w.cancel()
	return w.Buffer.Write(p)
}

func TestWorkspaceOutput_success(t *testing.T) {
	if got, err := newFake(t, "{}").Output(t.Context(), "show", "-json"); got != "show -json\n{}\n" || err != nil {
		t.Errorf("Output() = %q, %v", got, err)
	}
}

func TestWorkspaceOutput_failure(t *testing.T) {
	_, err := newFake(t, "│ Error: stopped\n│ by a gate").Output(t.Context(), "plan", "-lock=false")
	for _, want := range []string{"plan -lock=false: exit code 1", "Error: stopped by a gate"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Output() = %v, want %q in it", err, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for output, want := range map[string]string{
		"":                          "",
		"one\n  two\tthree\r\n":     "one two three",
		"\n╷\n│ Error: a\n│ b\n╵\n": "Error: a b",
		"\x1b[31m│\x1b[0m \x1b[1mError: \x1b[0mstopped\x1b[0m\n": "Error: stopped",
	} {
		if got := OneLine(output); got != want {
			t.Errorf("OneLine(%q) = %q, want %q", output, got, want)
		}
	}
}
