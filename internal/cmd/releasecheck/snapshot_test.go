// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFilterConfig_changesOnlyThePlatforms(t *testing.T) {
	config := filepath.Join("..", "..", "..", ".goreleaser.yml")
	filtered := filepath.Join(t.TempDir(), "goreleaser.yml")
	if err := filterConfig(filtered, config, "freebsd_386", ""); err != nil {
		t.Fatal(err)
	}
	before, after := strings.Split(read(t, config), "\n"), strings.Split(read(t, filtered), "\n")
	if len(before) != len(after) {
		t.Fatalf("%d lines have become %d", len(before), len(after))
	}
	var changed []string
	for i := range after {
		if before[i] != after[i] {
			changed = append(changed, strings.TrimSpace(after[i]))
		}
	}
	if want := []string{`goos: ["freebsd"]`, `goarch: ["386"]`}; !slices.Equal(changed, want) {
		t.Errorf("these lines have changed: %q, want %q", changed, want)
	}
}

func TestFilterConfig_missesThePlatforms(t *testing.T) {
	const build = "  - binary: wachat\n    goos: [linux]\n    goarch: [amd64]\n"
	for name, config := range map[string]string{
		"no list of systems":       strings.Replace(build, "goos", "targets", 1),
		"no list of architectures": strings.Replace(build, "goarch", "targets", 1),
		"two builds":               build + build,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "goreleaser.yml")
			write(t, path, "builds:\n"+config)
			if err := filterConfig(filepath.Join(t.TempDir(), "filtered.yml"), path, "linux_amd64", ""); err == nil {
				t.Error("the configuration passes")
			}
		})
	}
}

func TestFilterConfig_setsTheBuildCache(t *testing.T) {
	filtered := filepath.Join(t.TempDir(), "goreleaser.yml")
	if err := filterConfig(filtered, filepath.Join("..", "..", "..", ".goreleaser.yml"), "linux_amd64", "/cache"); err != nil {
		t.Fatal(err)
	}
	if want := "      - CGO_ENABLED=0\n      - GOCACHE=/cache\n"; !strings.Contains(read(t, filtered), want) {
		t.Errorf("the environment of the build lacks %q", want)
	}
}
