// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

const module = "github.com/wachat-net/terraform-provider-wachat"

// RepositoryRoot is the directory of this repository, which the working
// directory has to be in.
func RepositoryRoot(ctx context.Context) (string, error) {
	output, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("the working directory is not in a clone of %s: %w", module, err)
	}
	return strings.TrimSpace(string(output)), nil
}

// BuildProvider builds the provider of this repository into a file, with the
// flags of `go build`. The platform is for example linux_amd64; empty is this
// one. Cgo is off, as in a release.
func BuildProvider(ctx context.Context, file, platform string, flags ...string) error {
	root, err := RepositoryRoot(ctx)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", append(append([]string{"build", "-o", file}, flags...), ".")...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "CGO_ENABLED=0")
	if goos, goarch, found := strings.Cut(platform, "_"); found {
		cmd.Env = append(cmd.Env, "GOOS="+goos, "GOARCH="+goarch)
	}
	InterruptOnCancel(cmd)
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, output)
	}
	return nil
}
