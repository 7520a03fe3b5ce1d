// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest is the one place that runs Terraform and OpenTofu, for tests
// and the demo:
//
//	cli, err := acctest.Find(ctx, "")                      // or a path
//	configFile, err := acctest.InstallOverride(ctx, dir)   // or InstallMirror
//	ws := acctest.Workspace{CLI: cli, Dir: dir, ConfigFile: configFile}
//	result, err := ws.Run(ctx, "plan", "-out=saved")       // any exit code
//	output, err := ws.Output(ctx, "output", "-json")       // exit code 0 only
//
// Acceptance tests call [Main] in TestMain. They serve the provider from their
// own process to terraform-plugin-testing ([Factories]), or run commands by hand
// with the built provider ([NewTerraform]), one after the other where each has to do
// something of its own ([Step]).
//
// It is not built on hashicorp/terraform-exec: that adds arguments of its own
// to each command, always turns colors off, reads the two streams separately
// and so loses their order, and cannot run a command with the arguments that a
// user types. What a user sees is what is tested and shown here.
package acctest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

const openTofu = "OpenTofu"

// CLI is an executable of Terraform or OpenTofu.
type CLI struct {
	Path     string
	Product  string           // Terraform or OpenTofu
	Version  *version.Version // with the suffix of a pre-release
	Platform string           // of the providers that it installs, for example linux_amd64
}

// Find returns the CLI at path. Where path is empty, it returns terraform from
// the PATH, or else tofu. Where neither is there, it installs the latest
// Terraform in the user's cache directory, once, and says so on standard error.
func Find(ctx context.Context, path string) (CLI, error) {
	for _, name := range []string{"terraform", "tofu"} {
		if path == "" {
			path, _ = exec.LookPath(name)
		}
	}
	var err error
	if path == "" {
		path, err = installed(ctx)
	} else {
		path, err = exec.LookPath(path)
	}
	if err == nil {
		path, err = filepath.Abs(path) // commands run in other directories
	}
	if err != nil {
		return CLI{}, err
	}
	return identify(ctx, path)
}

// installed returns the Terraform in the cache directory. Several processes may
// install it at once: each renames a complete file.
func installed(ctx context.Context) (path string, err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "terraform-provider-wachat")
	path = filepath.Join(dir, product.Terraform.BinaryName())
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", err
	}
	download, err := os.MkdirTemp(dir, "download-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(download)
	fmt.Fprintln(os.Stderr, "Neither terraform nor tofu is on the PATH. Installing Terraform in", dir, "...")
	latest := releases.LatestVersion{Product: product.Terraform, InstallDir: download}
	downloaded, err := latest.Install(ctx)
	if err != nil {
		return "", fmt.Errorf("neither terraform nor tofu is on the PATH, and Terraform could not be installed: %w", err)
	}
	return path, os.Rename(downloaded, path)
}

// versionOutput matches what `version` prints. The JSON names no product.
var versionOutput = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)\s+on (\w+)$`)

// identify runs `version`, since an executable may have any name.
func identify(ctx context.Context, path string) (CLI, error) {
	output, err := Workspace{CLI: CLI{Path: path}}.Output(ctx, "version")
	if err != nil {
		return CLI{}, err
	}
	found := versionOutput.FindStringSubmatch(output)
	if found == nil {
		return CLI{}, fmt.Errorf("%s is neither Terraform nor OpenTofu; it printed: %s", path, OneLine(output))
	}
	number, err := version.NewVersion(found[2])
	if err != nil {
		return CLI{}, fmt.Errorf("the version of %s: %w", path, err)
	}
	return CLI{Path: path, Product: found[1], Version: number, Platform: found[3]}, nil
}

// String is for example "Terraform v1.11.4".
func (c CLI) String() string { return c.Product + " v" + c.Version.Original() }

// Command is the name of the executable, as a user types it.
func (c CLI) Command() string { return strings.TrimSuffix(filepath.Base(c.Path), ".exe") }

// Registry is the host that the CLI adds to a provider's address without one.
func (c CLI) Registry() string {
	if c.Product == openTofu {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}
