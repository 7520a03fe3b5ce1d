// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"slices"
	"strings"
)

// environment is what the CLI gets: this process's environment, in which
// nothing of the user's own work with Terraform is left, and the extra values.
func environment(configFile string, extra []string) []string {
	return slices.Concat(scrubbed(os.Environ()), []string{
		"CHECKPOINT_DISABLE=1",
		"TF_CLI_CONFIG_FILE=" + configFile,
		"TF_INPUT=0",
	}, extra)
}

// scrubbed leaves out all that configures Terraform: logs, arguments,
// workspace, data directory, plugin cache, values of variables.
func scrubbed(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(variable string) bool {
		return strings.HasPrefix(variable, "TF_")
	})
}
