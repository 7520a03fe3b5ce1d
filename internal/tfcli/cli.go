// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package tfcli runs Terraform or OpenTofu. Acceptance tests and commands use
// it, the provider does not, and nothing else in this repository starts a CLI:
//
//	cli, err := tfcli.Find(ctx, "")                      // or a path
//	configFile, err := tfcli.InstallOverride(ctx, dir)   // or InstallMirror
//	ws := tfcli.Workspace{CLI: cli, Dir: dir, ConfigFile: configFile}
//	result, err := ws.Run(ctx, "plan", "-out=saved")     // any exit code
//	output, err := ws.Output(ctx, "output", "-json")     // exit code 0 only
//
// Tests use package acctest, which wraps this one for a [testing.T].
//
// It is not built on hashicorp/terraform-exec: that adds arguments of its own
// to each command, always turns colors off, reads the two streams separately
// and so loses their order, and cannot run a command with the arguments that a
// user types. What a user sees is what is tested and shown here.
package tfcli

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/hashicorp/go-version"
)

// The products that a [CLI] can be.
const (
	Terraform = "Terraform"
	OpenTofu  = "OpenTofu"
)

// CLI is an executable of Terraform or OpenTofu.
type CLI struct {
	Path     string
	Product  string           // [Terraform] or [OpenTofu]
	Version  *version.Version // with the suffix of a pre-release
	Platform string           // of the providers that it installs, for example linux_amd64
}

// ErrNotFound is the error of [Find] where there is no CLI on the PATH.
var ErrNotFound = errors.New("neither terraform nor tofu is on the PATH")

// Find returns the CLI at path. Where path is empty, it returns terraform from
// the PATH, or else tofu, or else [ErrNotFound].
func Find(ctx context.Context, path string) (CLI, error) {
	for _, name := range []string{"terraform", "tofu"} {
		if path == "" {
			path, _ = exec.LookPath(name)
		}
	}
	if path == "" {
		return CLI{}, ErrNotFound
	}
	path, err := exec.LookPath(path)
	if err == nil {
		path, err = filepath.Abs(path) // commands run in other directories
	}
	if err != nil {
		return CLI{}, err
	}
	return identify(ctx, path)
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
	if c.Product == OpenTofu {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}
