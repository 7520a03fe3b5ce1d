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
// clone, with the configuration of a release but for this platform only.
func (c *check) makeRelease(ctx context.Context, repository, name string) (release, error) {
	dir := filepath.Join(c.dir, name)
	clone := filepath.Join(dir, "clone")
	if _, err := command(ctx, "", nil, "git", "clone", "--quiet", repository, clone); err != nil {
		return release{}, err
	}
	config := filepath.Join(dir, "goreleaser.yml")
	if err := filterConfig(config, filepath.Join(clone, ".goreleaser.yml"), c.terraform.cli.Platform); err != nil {
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
)

// filterConfig copies goreleaser's configuration, with one platform in the
// place of all. goreleaser itself can do so only when it makes no archives.
func filterConfig(to, from, platform string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	goos, goarch, _ := strings.Cut(platform, "_")
	config := string(content)
	for _, choice := range []struct {
		line *regexp.Regexp
		only string
	}{{everySystem, goos}, {everyArchitecture, goarch}} {
		if found := len(choice.line.FindAllString(config, -1)); found != 1 {
			return fmt.Errorf("%s has %d lines like %s, want 1", from, found, choice.line)
		}
		config = choice.line.ReplaceAllString(config, `${1}: ["`+choice.only+`"]`)
	}
	return os.WriteFile(to, []byte(config), 0o600)
}
