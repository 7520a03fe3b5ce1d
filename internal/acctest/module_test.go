// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

const moduleTest = "tests/gate.tftest.hcl"

// newModule is examples/module with its test, without an API and without a key.
func newModule(t *testing.T) *acctest.Terraform {
	t.Helper()
	acctest.Needs(t, acctest.MockProviders)
	files := configurations(t)["module"]
	text, err := os.ReadFile(filepath.Join(acctest.Root(t), "examples", "module", filepath.FromSlash(moduleTest)))
	if err != nil {
		t.Fatal(err)
	}
	files[moduleTest] = string(text)
	return acctest.NewTerraform(t, files)
}

func TestAccModule_test(t *testing.T) {
	output := newModule(t).MustRun("test")
	wantOutput(t, output, "Success! 3 passed, 0 failed.")
}

// A module whose gate is gone fails the test: that is what the test is for.
func TestAccModule_missingGate(t *testing.T) {
	module := newModule(t)
	text, err := os.ReadFile(module.Path("main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	const gate = "= data.wachat_instance_state.sender.connected"
	open := strings.Replace(string(text), gate, gate+" || true", 1)
	if open == string(text) {
		t.Fatal("the module has another gate")
	}
	module.Write("main.tf", open)
	wantOutput(t, module.MustFail("test"), `run "is_stopped_while_the_instance_is_closed"... fail`, "Missing expected failure")
}
