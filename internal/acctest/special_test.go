// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
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

	r := newRunning(t, configurations(t)["guides/networks/two-accounts"])
	r.Write("override.tf", account("jakarta", r.api)+account("bandung", second))
	r.Setenv("TF_VAR_jakarta_api_key", r.api.Key())
	r.Setenv("TF_VAR_bandung_api_key", second.Key())
	r.take(t, applies(`+ senders = [ + "`+number+`", + "`+bandungNumber+`", ]`))

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
	if strings.Contains(output+acctest.ReadFile(t, r.Path("terraform.tfstate")), number) {
		t.Errorf("the number is in the state, or in:\n%s", output)
	}
	if sender := strings.TrimSpace(acctest.ReadFile(t, r.Path("sender.txt"))); sender != number {
		t.Errorf("the command got %q", sender)
	}
}

// An invoked action only reads: no resource of the configuration is created.
func TestAccExamples_invoke(t *testing.T) {
	const invoke = "apply -auto-approve -invoke=action.wachat_require_instance_state.shop"
	r := newRunning(t, configurations(t)["actions/wachat_require_instance_state"])
	r.take(t, step{command: invoke, requests: 1, prints: []string{"Apply complete! Resources: 0 added"}})
	r.take(t, step{api: shopCloses, command: invoke, exit: 1, requests: 1, prints: []string{shopIsNotOpen}})
	r.take(t, step{command: "state list", omits: "terraform_data"})
}

// A data source whose name is known only after apply is read during the apply,
// as the ephemeral resource of the example is.
func TestAccExamples_dataSourceAfterApply(t *testing.T) {
	files := configurations(t)["guides/gate-an-apply/after"]
	files["main.tf"] = strings.NewReplacer(`ephemeral "`, `data "`, "ephemeral.", "data.").Replace(files["main.tf"])
	files["terraform.tf"] = ""
	r := newRunning(t, files)
	r.take(t, step{command: "plan", requests: none, prints: []string{"(known after apply)"}})
	r.take(t, step{command: "apply -auto-approve", requests: 1, prints: []string{
		"terraform_data.route: Creation complete", "data.wachat_instance_state.shop: Read", "terraform_data.order_notices: Creation complete",
	}})
}
