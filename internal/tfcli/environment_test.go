// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestEnvironment_dropsWhatIsPersonal(t *testing.T) {
	for _, name := range []string{
		"TF_LOG", "TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_DATA_DIR", "TF_WORKSPACE", "TF_PLUGIN_CACHE_DIR",
		"TF_REATTACH_PROVIDERS", "TF_VAR_instance_name", "TF_CLI_CONFIG_FILE", "TOFU_CPU_PROFILE",
		"WACHAT_API_KEY", "WACHAT_BASE_URL", "HTTPS_PROXY", "https_proxy", "Http_Proxy", "ALL_PROXY", "no_proxy",
	} {
		t.Setenv(name, "personal")
	}
	t.Setenv("TFCLI_TEST_OTHER", "stays")

	env := Workspace{ConfigFile: "cli.tfrc", Env: []string{"TF_VAR_instance_name=shop", "WACHAT_API_KEY=key"}}.environment()

	for _, variable := range env {
		if name, personal := strings.CutSuffix(variable, "=personal"); personal {
			t.Errorf("%s is passed on", name)
		}
	}
	for _, want := range []string{
		"TFCLI_TEST_OTHER=stays", "CHECKPOINT_DISABLE=1", "TF_INPUT=0", "TF_CLI_CONFIG_FILE=cli.tfrc",
		"TF_CLI_ARGS=-no-color", "TF_VAR_instance_name=shop", "WACHAT_API_KEY=key",
	} {
		if !slices.Contains(env, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestEnvironment_defaults(t *testing.T) {
	t.Setenv("TF_CLI_CONFIG_FILE", "personal")
	env := Workspace{Color: true}.environment()
	if !slices.Contains(env, "TF_CLI_CONFIG_FILE="+os.DevNull) {
		t.Error("without a configuration file the CLI reads the user's")
	}
	if slices.Contains(env, "TF_CLI_ARGS=-no-color") {
		t.Error("colors are off")
	}
}
