// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	source = "wachat-net/wachat"
	binary = "terraform-provider-wachat"
)

// InstallOverride builds the provider into dir. With the CLI configuration file
// that it returns, every CLI uses that build without `init`.
//
// https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers
func InstallOverride(ctx context.Context, dir string) (configFile string, err error) {
	name := binary
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if err := BuildProvider(ctx, filepath.Join(dir, name), ""); err != nil {
		return "", err
	}
	return WriteConfig(dir, DevOverrides(dir, source))
}

// DevOverrides is a CLI configuration that takes the providers with these
// addresses from dir, and no provider from anywhere else.
func DevOverrides(dir string, addresses ...string) string {
	var overrides strings.Builder
	for _, address := range addresses {
		fmt.Fprintf(&overrides, "    %q = %q\n", address, filepath.ToSlash(dir))
	}
	return "provider_installation {\n  dev_overrides {\n" + overrides.String() + "  }\n}\n"
}

// mirrorVersion is the version in a mirror. Terraform takes 0.0.0 for no
// version at all, and a pre-release only where a configuration names it.
const mirrorVersion = "0.0.1"

// InstallMirror builds the provider into a filesystem mirror in dir. With the
// CLI configuration file that it returns, `init` installs that build.
func (c CLI) InstallMirror(ctx context.Context, dir string) (configFile string, err error) {
	mirror := filepath.Join(dir, "mirror")
	if err := BuildProvider(ctx, c.mirrored(mirror), c.Platform); err != nil {
		return "", err
	}
	return WriteConfig(dir, FilesystemMirror(mirror))
}

// mirrored is the file of the provider in a mirror.
//
// https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
func (c CLI) mirrored(mirror string) string {
	name := binary + "_v" + mirrorVersion
	if strings.HasPrefix(c.Platform, "windows_") {
		name += ".exe"
	}
	return filepath.Join(mirror, c.Registry(), filepath.FromSlash(source), mirrorVersion, c.Platform, name)
}

// FilesystemMirror is a CLI configuration that installs providers from a
// filesystem mirror, and from nowhere else.
func FilesystemMirror(mirror string) string {
	return fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(mirror))
}

// WriteConfig writes a CLI configuration to a file in dir, and returns its path.
func WriteConfig(dir, text string) (configFile string, err error) {
	configFile = filepath.Join(dir, "cli.tfrc")
	return configFile, os.WriteFile(configFile, []byte(text), 0o600)
}
