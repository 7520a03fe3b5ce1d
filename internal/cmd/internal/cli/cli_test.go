// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package cli_test

import (
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEnvironmentHasNothingOfTheUsersTerraform(t *testing.T) {
	for _, variable := range []string{
		"TF_LOG", "TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_DATA_DIR", "TF_WORKSPACE", "TF_IN_AUTOMATION",
		"TF_PLUGIN_CACHE_DIR", "TF_REATTACH_PROVIDERS", "TF_VAR_instance_name", "TF_CLI_CONFIG_FILE",
	} {
		t.Setenv(variable, "the user's")
	}
	t.Setenv("CLI_TEST_OTHER", "stays")

	env := cli.Environment("/work/config", "TF_VAR_instance_name=shop", "WACHAT_API_KEY=key")

	for _, variable := range env {
		if name, isUsers := strings.CutSuffix(variable, "=the user's"); isUsers {
			t.Errorf("%s is inherited", name)
		}
	}
	for _, want := range []string{
		"CLI_TEST_OTHER=stays", "CHECKPOINT_DISABLE=1", "TF_INPUT=0", "TF_CLI_CONFIG_FILE=/work/config",
		"TF_VAR_instance_name=shop", "WACHAT_API_KEY=key",
	} {
		if !slices.Contains(env, want) {
			t.Errorf("%s is missing", want)
		}
	}
}
