// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

func TestFind_identifies(t *testing.T) {
	for _, tt := range []struct{ output, product, version, platform, registry string }{
		{"Terraform v1.11.4\non linux_amd64\n", Terraform, "1.11.4", "linux_amd64", "registry.terraform.io"},
		{"Terraform v1.16.0-rc2\non linux_arm64\n\nYour version is out of date!", Terraform, "1.16.0-rc2", "linux_arm64", "registry.terraform.io"},
		{"OpenTofu v1.12.6\non darwin_arm64\n", OpenTofu, "1.12.6", "darwin_arm64", "registry.opentofu.org"},
	} {
		t.Run(tt.output, func(t *testing.T) {
			t.Setenv(fakeVariable, tt.output)
			got, err := Find(t.Context(), executable(t))
			if err != nil {
				t.Fatal(err)
			}
			if got.Product != tt.product || got.Version.Original() != tt.version || got.Platform != tt.platform || got.Registry() != tt.registry {
				t.Errorf("Find() = %+v with registry %s, want %+v", got, got.Registry(), tt)
			}
			if want := tt.product + " v" + tt.version; got.String() != want {
				t.Errorf("String() = %q, want %q", got, want)
			}
		})
	}
}

func TestFind_refusesAnotherTool(t *testing.T) {
	t.Setenv(fakeVariable, "Pulumi v3.1.0")
	_, err := Find(t.Context(), executable(t))
	if err == nil || !strings.Contains(err.Error(), "Pulumi v3.1.0") {
		t.Errorf("Find() = %v, want an error with what the tool printed", err)
	}
}

func TestFind_onPath(t *testing.T) {
	t.Setenv(fakeVariable, "OpenTofu v1.6.3\non linux_amd64")
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	if _, err := Find(t.Context(), ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("without a CLI, Find() = %v", err)
	}
	for _, name := range []string{"tofu", "terraform"} {
		want := filepath.Join(dir, name)
		if runtime.GOOS == "windows" {
			want += ".exe"
		}
		if err := os.Link(executable(t), want); err != nil {
			t.Skip(err)
		}
		if got, err := Find(t.Context(), ""); got.Path != want || got.Command() != name || err != nil {
			t.Errorf("Find() = %q, %v, want %q", got.Path, err, want)
		}
	}
}

func TestFind_missingPath(t *testing.T) {
	if got, err := Find(t.Context(), filepath.Join(t.TempDir(), "terraform")); err == nil {
		t.Errorf("Find() = %+v, want an error", got)
	}
}

func TestCLISupports(t *testing.T) {
	for _, tt := range []struct {
		product, version string
		feature          Feature
		want             bool
	}{
		{Terraform, "1.9.8", Ephemeral, false},
		{Terraform, "1.10.0", Ephemeral, true},
		{Terraform, "1.10.0-rc1", Ephemeral, true},
		{OpenTofu, "1.10.6", Ephemeral, false},
		{OpenTofu, "1.11.0", Ephemeral, true},
		{OpenTofu, "1.12.6", Actions, false},
		{Terraform, "1.0.11", Preconditions, false},
	} {
		cli := CLI{Product: tt.product, Version: version.Must(version.NewVersion(tt.version))}
		if got := cli.Supports(tt.feature); got != tt.want {
			t.Errorf("%s has %s: %t, want %t", cli, tt.feature.Name, got, tt.want)
		}
	}
}
