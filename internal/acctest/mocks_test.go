// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// mocked is a test of a module with a mock of the provider, which opens no gate.
const mocked = "mock_provider \"wachat\" {}\nrun \"applies\" {}\n"

// newModule is a module with a test, which needs neither an API nor a key.
func newModule(t *testing.T, files map[string]string, moduleTest string) *acctest.Terraform {
	t.Helper()
	acctest.Needs(t, acctest.MockProviders)
	needsOf(t, files)
	files["tests/gate.tftest.hcl"] = moduleTest
	return acctest.NewTerraform(t, files)
}

// The module's own test passes, and fails once the gate is gone.
func TestAccExamples_moduleTest(t *testing.T) {
	const gate = "= data.wachat_instance_state.sender.connected"
	files := configurations(t)["module"]
	module := newModule(t, files, acctest.ReadFile(t, filepath.Join(acctest.Root(t), "examples", "module", "tests", "gate.tftest.hcl")))
	if output := module.MustRun("test"); !strings.Contains(output, "Success! 3 passed, 0 failed.") {
		t.Error(output)
	}

	module.Write("main.tf", strings.Replace(files["main.tf"], gate, gate+" || true", 1))
	if output := module.MustFail("test"); !strings.Contains(output, `run "is_stopped_while_the_instance_is_closed"... fail Error: Missing expected failure`) {
		t.Error(output)
	}
}

// A mocked action always completes: no test shows that an action stops an apply.
func TestAccMocks_action(t *testing.T) {
	for name, moduleTest := range map[string]string{
		"generated values": mocked,
		"a closed instance": strings.Replace(mocked, "{}", `{
  mock_data "wachat_instance_state" {
    defaults = { state = "close", connected = false }
  }
}`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			module := newModule(t, configurations(t)["actions/wachat_require_instance_state"], moduleTest)
			if output := module.MustRun("test"); !strings.Contains(output, "Success! 1 passed, 0 failed.") {
				t.Error(output)
			}
		})
	}
}

// No Terraform mocks an ephemeral resource. OpenTofu does, with generated values:
// connected is false, and a condition on it fails.
func TestAccMocks_ephemeralResource(t *testing.T) {
	failure := "No ephemeral resource types in mock providers"
	if acctest.IsOpenTofu() {
		failure = "Resource precondition failed"
	}
	module := newModule(t, configurations(t)["ephemeral-resources/wachat_instance_state"], mocked)
	if output := module.MustFail("test"); !strings.Contains(output, `run "applies"... fail Error: `+failure) {
		t.Error(output)
	}
}
