// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestEnvironmentHasNothingOfTheUsersTerraform(t *testing.T) {
	for _, variable := range []string{
		"TF_LOG", "TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_DATA_DIR", "TF_WORKSPACE", "TF_IN_AUTOMATION",
		"TF_PLUGIN_CACHE_DIR", "TF_REATTACH_PROVIDERS", "TF_VAR_instance_name", "TF_CLI_CONFIG_FILE",
	} {
		t.Setenv(variable, "the user's")
	}
	t.Setenv("DEMO_TEST_OTHER", "stays")

	env := environment("/demo/config", []string{"TF_VAR_instance_name=shop", "WACHAT_API_KEY=key"})

	for _, variable := range env {
		if name, isUsers := strings.CutSuffix(variable, "=the user's"); isUsers {
			t.Errorf("%s is inherited", name)
		}
	}
	for _, want := range []string{
		"DEMO_TEST_OTHER=stays", "CHECKPOINT_DISABLE=1", "TF_INPUT=0", "TF_CLI_CONFIG_FILE=/demo/config",
		"TF_VAR_instance_name=shop", "WACHAT_API_KEY=key",
	} {
		if !slices.Contains(env, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestEmbeddedStageReplacesTheUsersAccount(t *testing.T) {
	t.Setenv("WACHAT_API_KEY", "the user's")
	t.Setenv("WACHAT_BASE_URL", "https://wachat.test")
	t.Setenv("WACHAT_INSTANCE_NAME", "")
	stage := newStage()
	defer stage.close()

	// Of two values of a variable, os/exec gives the last one to the command.
	last := map[string]string{}
	for _, variable := range environment("", stage.env) {
		name, value, _ := strings.Cut(variable, "=")
		last[name] = value
	}
	for _, variable := range stage.env {
		if name, value, _ := strings.Cut(variable, "="); last[name] != value {
			t.Errorf("%s is %q, want the stage's %q", name, last[name], value)
		}
	}
	for _, name := range []string{"WACHAT_API_KEY", "WACHAT_BASE_URL"} {
		if last[name] == os.Getenv(name) {
			t.Errorf("%s is the user's", name)
		}
	}
}
