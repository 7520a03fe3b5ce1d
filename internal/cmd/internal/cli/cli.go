// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package cli is what the commands that run Terraform or OpenTofu share.
package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

const module = "github.com/wachat-net/terraform-provider-wachat"

// Environment is what the CLI gets: this process's environment, in which
// nothing of the user's own work with Terraform is left (logs, arguments,
// workspace, data directory, plugin cache, values of variables), the CLI's
// configuration file, and the extra variables.
func Environment(configFile string, extra ...string) []string {
	users := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		return strings.HasPrefix(variable, "TF_")
	})
	return slices.Concat(users, []string{
		"CHECKPOINT_DISABLE=1",
		"TF_CLI_CONFIG_FILE=" + configFile,
		"TF_INPUT=0",
	}, extra)
}

// RepositoryRoot is where this module is, which the working directory must be
// in.
func RepositoryRoot(ctx context.Context) (string, error) {
	output, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("it was not started in a clone of %s: %w", module, err)
	}
	return strings.TrimSpace(string(output)), nil
}
