// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// providers are the binaries that the plans use, all in one directory, and the
// file that tells Terraform to use them.
type providers struct {
	dir        string
	configFile string
}

// newProviders makes room for binaries in dir.
//
// https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers
func newProviders(dir string) (providers, error) {
	p := providers{dir: filepath.Join(dir, "providers"), configFile: filepath.Join(dir, "cli-config.tfrc")}
	config := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"wachat-net/wachat\" = %[1]q\n    %[2]q = %[1]q\n    %[3]q = %[1]q\n  }\n}\n", filepath.ToSlash(p.dir), sources[peerHTTP], sources[peerRestful])
	if err := os.Mkdir(p.dir, 0o700); err != nil {
		return providers{}, err
	}
	return p, os.WriteFile(p.configFile, []byte(config), 0o600)
}

// binary is the path of the provider that reads for the subject.
func (p providers) binary(s subject) string {
	name := "terraform-provider-wachat"
	if s.isPeer() {
		name = "terraform-provider-" + string(s)
	}
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(p.dir, name)
}

// build builds the repository's provider as it is released, stripped, and
// returns how many bytes it has.
func (p providers) build(ctx context.Context, repository string) (int64, error) {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", p.binary(fleet), ".")
	cmd.Dir, cmd.Env = repository, append(os.Environ(), "CGO_ENABLED=0")
	if output, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("building the provider: %w\n%s", err, output)
	}
	info, err := os.Stat(p.binary(fleet))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// addPeer copies the peer's binary to the name that Terraform looks for.
func (p providers) addPeer(added peer) error {
	content, err := os.ReadFile(added.binary)
	if err != nil {
		return fmt.Errorf("the provider %s: %w", sources[added.name], err)
	}
	return os.WriteFile(p.binary(added.name), content, 0o700) //nolint:gosec // Terraform executes it.
}
