// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"os"
	"slices"
	"strings"
)

// IsPersonal reports whether an environment variable belongs to whoever runs
// the tests or commands: their work with Terraform or OpenTofu, their Wachat
// account, or their proxy. [Workspace.Run] passes no such variable on.
func IsPersonal(name string) bool {
	name = strings.ToUpper(name)
	return strings.HasPrefix(name, "TF_") || strings.HasPrefix(name, "TOFU_") ||
		strings.HasPrefix(name, "WACHAT_") || strings.HasSuffix(name, "_PROXY")
}

// environment is what a command of the workspace gets. Of two values of one
// variable, the last one counts.
func (w Workspace) environment() []string {
	env := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return IsPersonal(name)
	})
	configFile := w.ConfigFile
	if configFile == "" {
		configFile = os.DevNull
	}
	env = append(env, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0", "TF_CLI_CONFIG_FILE="+configFile)
	if !w.Color {
		env = append(env, "TF_CLI_ARGS=-no-color")
	}
	return append(env, w.Env...)
}
