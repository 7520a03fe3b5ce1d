// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestRunGivesExitCodeAndBothStreamsInOrder(t *testing.T) {
	var shown bytes.Buffer
	got, err := newFakeCLI(t, "Error: stopped").run(t.Context(), t.TempDir(), &shown, "plan", "-no-color")
	if err != nil {
		t.Fatal(err)
	}
	if want := (result{exit: 1, output: "plan -no-color\nError: stopped\n"}); got != want {
		t.Errorf("run() = %+v, want %+v", got, want)
	}
	if shown.String() != got.output {
		t.Errorf("shown is %q, kept %q", shown.String(), got.output)
	}
}

func TestRunTellsThatThereIsNoSuchCLI(t *testing.T) {
	_, err := cli{path: filepath.Join(t.TempDir(), "terraform")}.run(t.Context(), t.TempDir(), io.Discard, "plan")
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("run() = %v, want that the file does not exist", err)
	}
}

func TestRunLetsTheCommandTidyUpWhenInterrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	shown := interruptingScreen{interrupt: interrupt}
	_, err := newFakeCLI(t, "").run(ctx, t.TempDir(), &shown, "hang")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("run() = %v, want that it was canceled", err)
	}
	if !strings.Contains(shown.String(), "tidying up") {
		t.Errorf("the command shows %q, want that it tidies up", shown.String())
	}
}

// interruptingScreen interrupts a command as soon as that shows something.
type interruptingScreen struct {
	bytes.Buffer
	interrupt func()
}

func (s *interruptingScreen) Write(p []byte) (int, error) {
	s.interrupt()
	return s.Buffer.Write(p)
}

func TestIdentify(t *testing.T) {
	for _, tt := range []struct {
		name, output string
		want         identity
	}{
		{
			"Terraform is asked for its registry",
			"Terraform v1.11.4\non linux_amd64\n\n.\n├── provider[registry.terraform.test/wachat-net/wachat]\n└── provider[terraform.io/builtin/terraform]\n",
			identity{"Terraform v1.11.4", "linux_amd64", "registry.terraform.test/wachat-net/wachat"},
		},
		{
			"OpenTofu has another one",
			"OpenTofu v1.12.0-beta1\non darwin_arm64\n\n.\n└── provider[registry.opentofu.test/wachat-net/wachat] >= 0.0.1\n",
			identity{"OpenTofu v1.12.0-beta1", "darwin_arm64", "registry.opentofu.test/wachat-net/wachat"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := newFakeCLI(t, tt.output).identify(t.Context(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("identify() = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestIdentifyRefusesAnotherTool(t *testing.T) {
	_, err := newFakeCLI(t, "Pulumi v3.1.0").identify(t.Context(), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "Pulumi v3.1.0") {
		t.Errorf("identify() = %v, want an error with the tool's answer", err)
	}
}

func TestFindCLITakesTofuWhereThereIsNoTerraform(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	tofu := executable(t, dir, "tofu")
	if path, err := findCLI(t.Context(), newScreen(io.Discard, false), dir); path != tofu || err != nil {
		t.Errorf("findCLI() = %q, %v, want %q", path, err, tofu)
	}
	terraform := executable(t, dir, "terraform")
	if path, err := findCLI(t.Context(), newScreen(io.Discard, false), dir); path != terraform || err != nil {
		t.Errorf("with both, findCLI() = %q, %v, want %q", path, err, terraform)
	}
}

func executable(t *testing.T, dir, name string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestASceneNeedsItsRelease(t *testing.T) {
	ephemeral := release{terraform: "1.10.0", openTofu: "1.11.0"}
	for product, want := range map[string]bool{
		"Terraform v1.10.0": true, "Terraform v1.9.8": false, "Terraform v1.10.0-rc1": true,
		"OpenTofu v1.10.6": false, "OpenTofu v1.11.0": true, "Terraform": true,
	} {
		if got := (identity{product: product}).isAtLeast(ephemeral); got != want {
			t.Errorf("%s: %t, want %t", product, got, want)
		}
		if !(identity{product: product}).isAtLeast(release{}) {
			t.Errorf("%s is not enough for any release", product)
		}
	}
}
