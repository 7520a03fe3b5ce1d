// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os/exec"

	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

// findCLI returns the path of terraform or else of tofu. Where neither is on
// the PATH it installs Terraform in dir.
func findCLI(ctx context.Context, out *screen, dir string) (string, error) {
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	out.line("Neither terraform nor tofu is on the PATH. Installing Terraform for this demo ...")
	latest := releases.LatestVersion{Product: product.Terraform, InstallDir: dir}
	path, err := latest.Install(ctx)
	if err != nil {
		return "", fmt.Errorf("neither terraform nor tofu is on the PATH, and Terraform could not be installed: %w", err)
	}
	return path, nil
}
