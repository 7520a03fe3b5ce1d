// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	module = "github.com/wachat-net/terraform-provider-wachat"
	source = "wachat-net/wachat"
)

// builtVariable names a directory that has the provider, built already.
const builtVariable = "TF_ACC_PROVIDER_DIR"

// mirrorVersion is the version in a mirror. Terraform takes 0.0.0 for no
// version at all, and a pre-release only where a configuration names it.
const mirrorVersion = "0.0.1"

// RepositoryRoot is the directory of this repository, which the working
// directory has to be in.
func RepositoryRoot(ctx context.Context) (string, error) {
	output, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("the working directory is not in a clone of %s: %w", module, err)
	}
	return strings.TrimSpace(string(output)), nil
}

// BuildProvider builds the provider of this repository into a file, or into a
// directory that ends with a slash, with the flags of `go build`. The platform
// is for example linux_amd64; empty is this one.
func BuildProvider(ctx context.Context, file, platform string, flags ...string) error {
	root, err := RepositoryRoot(ctx)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", append(append([]string{"build", "-o", file}, flags...), ".")...)
	cmd.Dir, cmd.Env = root, os.Environ()
	if goos, goarch, found := strings.Cut(platform, "_"); found {
		cmd.Env = append(cmd.Env, "GOOS="+goos, "GOARCH="+goarch)
	}
	interruptOnCancel(cmd)
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, output)
	}
	return nil
}

// InstallOverride builds the provider into dir, or takes the one in
// TF_ACC_PROVIDER_DIR where that is set. With the CLI configuration file that it
// returns, every CLI uses that build without `init`.
func InstallOverride(ctx context.Context, dir string) (configFile string, err error) {
	built := os.Getenv(builtVariable)
	if built == "" {
		built = dir
		if err := BuildProvider(ctx, dir+"/", ""); err != nil {
			return "", err
		}
	}
	return WriteOverrides(dir, map[string]string{source: built})
}

// WriteOverrides writes a CLI configuration file in dir, with which a CLI takes
// each provider from a directory, by source address, and no other provider from
// anywhere.
//
// https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers
func WriteOverrides(dir string, providers map[string]string) (configFile string, err error) {
	var overrides strings.Builder
	for address, providerDir := range providers {
		fmt.Fprintf(&overrides, "    %q = %q\n", address, filepath.ToSlash(providerDir))
	}
	return writeConfig(dir, "  dev_overrides {\n"+overrides.String()+"  }\n")
}

// InstallMirror builds the provider into a filesystem mirror in dir. With the
// CLI configuration file that it returns, `init` installs that build, and no
// other provider.
//
// https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
func (c CLI) InstallMirror(ctx context.Context, dir string) (configFile string, err error) {
	mirror := filepath.Join(dir, "mirror")
	name := "terraform-provider-wachat_v" + mirrorVersion
	if strings.HasPrefix(c.Platform, "windows_") {
		name += ".exe"
	}
	file := filepath.Join(mirror, c.Registry(), filepath.FromSlash(source), mirrorVersion, c.Platform, name)
	if err := BuildProvider(ctx, file, c.Platform); err != nil {
		return "", err
	}
	return writeConfig(dir, fmt.Sprintf("  filesystem_mirror {\n    path = %q\n  }\n", filepath.ToSlash(mirror)))
}

func writeConfig(dir, installation string) (configFile string, err error) {
	configFile = filepath.Join(dir, "cli.tfrc")
	return configFile, os.WriteFile(configFile, []byte("provider_installation {\n"+installation+"}\n"), 0o600)
}
