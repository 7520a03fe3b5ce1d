// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// mirrorVersion is no release's. Terraform takes 0.0.0 for no version at all,
// and a pre-release only where a configuration names it.
const mirrorVersion = "0.0.1"

// mirror is a directory that a CLI installs providers from, instead of from a
// registry.
type mirror struct {
	dir        string
	configFile string // of the CLI, and says that
}

// newMirror makes an empty mirror in dir.
func newMirror(dir string) (mirror, error) {
	m := mirror{dir: filepath.Join(dir, "mirror"), configFile: filepath.Join(dir, "cli-config.tfrc")}
	config := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(m.dir))
	return m, os.WriteFile(m.configFile, []byte(config), 0o600)
}

// build builds the repository's provider for the platform, and puts it in the
// mirror under the address.
//
// https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
func (m mirror) build(ctx context.Context, out io.Writer, repository, address, platform string) error {
	goos, goarch, _ := strings.Cut(platform, "_")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", m.binary(address, platform), ".")
	cmd.Dir = repository
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch)
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building the provider: %w", err)
	}
	return nil
}

func (m mirror) binary(address, platform string) string {
	name := "terraform-provider-wachat_v" + mirrorVersion
	if strings.HasPrefix(platform, "windows_") {
		name += ".exe"
	}
	return filepath.Join(m.dir, filepath.FromSlash(address), mirrorVersion, platform, name)
}
