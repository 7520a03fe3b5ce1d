// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package cli is what the commands share beyond package tfcli.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"

	"github.com/wachat-net/terraform-provider-wachat/internal/tfcli"
)

// Find is [tfcli.Find]. Where path is empty and there is no CLI on the PATH, it
// installs the latest Terraform in dir, and says so on progress.
func Find(ctx context.Context, path, dir string, progress io.Writer) (tfcli.CLI, error) {
	found, err := tfcli.Find(ctx, path)
	if !errors.Is(err, tfcli.ErrNotFound) {
		return found, err
	}
	fmt.Fprintln(progress, "Neither terraform nor tofu is on the PATH. Installing Terraform ...")
	latest := releases.LatestVersion{Product: product.Terraform, InstallDir: dir}
	path, installErr := latest.Install(ctx)
	if installErr != nil {
		return tfcli.CLI{}, fmt.Errorf("%w, and Terraform could not be installed: %w", err, installErr)
	}
	return tfcli.Find(ctx, path)
}
