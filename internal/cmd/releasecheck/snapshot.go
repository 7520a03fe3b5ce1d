// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

func lastCommit(ctx context.Context, repository string) (string, error) {
	commit, err := command(ctx, repository, nil, "git", "rev-parse", "HEAD")
	return strings.TrimSpace(commit), err
}

// makeRelease lets goreleaser make a snapshot of the last commit in a new
// clone, with the configuration of a release but for this platform only. Where
// buildCache is set, the provider is compiled with that build cache.
func (c *check) makeRelease(ctx context.Context, repository, name, buildCache string) (release, error) {
	dir := filepath.Join(c.dir, name)
	clone := filepath.Join(dir, "clone")
	if _, err := command(ctx, "", nil, "git", "clone", "--quiet", repository, clone); err != nil {
		return release{}, err
	}
	config := filepath.Join(dir, "goreleaser.yml")
	if err := filterConfig(config, filepath.Join(clone, ".goreleaser.yml"), c.terraform.cli.Platform, buildCache); err != nil {
		return release{}, err
	}
	env := []string{"GNUPGHOME=" + c.keys.home, "GPG_FINGERPRINT=" + c.keys.publisher.fingerprint}
	if _, err := command(ctx, clone, env, "go", "tool", "-modfile=tools/go.mod", "goreleaser",
		"release", "--snapshot", "--config="+config); err != nil {
		return release{}, err
	}
	return collect(clone, filepath.Join(dir, "release"), c.terraform.cli.Platform)
}

var (
	everySystem       = regexp.MustCompile(`(?m)^( +goos): \[.*\]$`)
	everyArchitecture = regexp.MustCompile(`(?m)^( +goarch): \[.*\]$`)
	buildEnvironment  = regexp.MustCompile(`(?m)^( +)- CGO_ENABLED=0$`)
)

// lineChange replaces the one line of a text that matches.
type lineChange struct {
	line *regexp.Regexp
	with string
}

// filterConfig copies goreleaser's configuration, with one platform in the
// place of all: goreleaser itself can do so only when it makes no archives. A
// build cache is set for the provider alone, so that the tools stay compiled.
func filterConfig(to, from, platform, buildCache string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	goos, goarch, _ := strings.Cut(platform, "_")
	config := string(content)
	changes := []lineChange{
		{everySystem, `${1}: ["` + goos + `"]`},
		{everyArchitecture, `${1}: ["` + goarch + `"]`},
	}
	if buildCache != "" {
		changes = append(changes, lineChange{buildEnvironment, "${0}\n${1}- GOCACHE=" + buildCache})
	}
	for _, change := range changes {
		if found := len(change.line.FindAllString(config, -1)); found != 1 {
			return fmt.Errorf("%s has %d lines like %s, want 1", from, found, change.line)
		}
		config = change.line.ReplaceAllString(config, change.with)
	}
	return os.WriteFile(to, []byte(config), 0o600)
}
