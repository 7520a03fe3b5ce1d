// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// An override file leads each account to an API of its own.
func TestAccExamples_twoAccounts(t *testing.T) {
	const bandung, bandungNumber = "t2_mqc3zame_bandung_store", "628123456780"
	second := wachattest.New()
	t.Cleanup(second.Close)
	second.SetKey("the-key-of-bandung")
	second.Create(bandung).Set("number", bandungNumber)

	r := newRunning(t, configurations(t)["guides/two-accounts/aliases"])
	r.Write("override.tf", account("jakarta", r.api)+account("bandung", second))
	r.Setenv("TF_VAR_jakarta_api_key", r.api.Key())
	r.Setenv("TF_VAR_bandung_api_key", second.Key())
	r.take(t, applies(`senders = [ "`+number+`", "`+bandungNumber+`", ]`))

	// The key of the other account is refused.
	r.Setenv("TF_VAR_jakarta_api_key", second.Key())
	r.take(t, step{command: "plan", exit: 1, prints: []string{keyRefused}})
}

func account(alias string, api *wachattest.Server) string {
	return fmt.Sprintf("provider \"wachat\" {\n  alias = %q\n  base_url = %q\n}\n", alias, api.BaseURL())
}

// The number gets to the command, and nowhere else.
func TestAccExamples_numberNotInState(t *testing.T) {
	sender := "$SENDER"
	if runtime.GOOS == "windows" {
		sender = "%SENDER%" // for cmd, which runs the provisioner there
	}
	r := newRunning(t, configurations(t)["guides/gate-an-apply/provisioner"])
	r.Setenv("TF_VAR_register_command", "echo to "+sender+" && echo "+sender+" > sender.txt")
	output := r.MustRun("apply", "-auto-approve")
	if strings.Contains(output+read(t, r.Path("terraform.tfstate")), number) {
		t.Errorf("the number is in the state, or in:\n%s", output)
	}
	if sender := strings.TrimSpace(read(t, r.Path("sender.txt"))); sender != number {
		t.Errorf("the command got %q", sender)
	}
}

// The module's own test passes, without an API and without a key, and fails
// once the gate is gone.
func TestAccExamples_moduleTest(t *testing.T) {
	acctest.Needs(t, acctest.MockProviders)
	const gate, moduleTest = "= data.wachat_instance_state.sender.connected", "tests/gate.tftest.hcl"
	files := configurations(t)["module"]
	files[moduleTest] = read(t, filepath.Join(acctest.Root(t), "examples", "module", filepath.FromSlash(moduleTest)))
	module := running{acctest.NewTerraform(t, files), acctest.StartAPI(t)}
	module.take(t, step{command: "test", requests: none, prints: []string{"Success! 3 passed, 0 failed."}})

	module.Write("main.tf", strings.Replace(files["main.tf"], gate, gate+" || true", 1))
	module.take(t, step{command: "test", exit: 1, prints: []string{`run "is_stopped_while_the_instance_is_closed"... fail`, "Missing expected failure"}})
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
