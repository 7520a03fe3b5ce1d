// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package cli is what the commands share beyond package tfcli.
package cli

import (
	"os"
	"slices"
	"strings"
)

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
