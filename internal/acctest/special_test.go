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

	tf, api := newExample(t, configurations(t)["guides/networks/two-accounts"])
	tf.Write("override.tf", account("jakarta", api)+account("bandung", second))
	tf.Setenv("TF_VAR_jakarta_api_key", api.Key())
	tf.Setenv("TF_VAR_bandung_api_key", second.Key())
	tf.Take(api, applies(`+ senders = [ + "`+number+`", + "`+bandungNumber+`", ]`))

	// The key of the other account is refused.
	tf.Setenv("TF_VAR_jakarta_api_key", second.Key())
	tf.Take(api, acctest.Step{Command: "plan", Exit: 1, Prints: []string{keyRefused}})
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
	tf, _ := newExample(t, configurations(t)["guides/gate-an-apply/provisioner"])
	tf.Setenv("TF_VAR_register_command", "echo to "+sender+" && echo "+sender+" > sender.txt")
	output := tf.MustRun("apply", "-auto-approve")
	if strings.Contains(output+acctest.ReadFile(t, tf.Path("terraform.tfstate")), number) {
		t.Errorf("the number is in the state, or in:\n%s", output)
	}
	if sender := strings.TrimSpace(acctest.ReadFile(t, tf.Path("sender.txt"))); sender != number {
		t.Errorf("the command got %q", sender)
	}
}

// An invoked action only reads: no resource of the configuration is created.
func TestAccExamples_invoke(t *testing.T) {
	const invoke = "apply -auto-approve -invoke=action.wachat_require_instance_state.shop"
	tf, api := newExample(t, configurations(t)["actions/wachat_require_instance_state"])
	tf.Take(api,
		acctest.Step{Command: invoke, Requests: 1, Prints: []string{"Apply complete! Resources: 0 added"}},
		acctest.Step{Before: acctest.ShopCloses, Command: invoke, Exit: 1, Requests: 1, Prints: []string{shopIsNotOpen}},
		acctest.Step{Command: "state list", Omits: "terraform_data"},
	)
}

// A data source whose name is known only after apply is read during the apply,
// as the ephemeral resource of the example is.
func TestAccExamples_dataSourceAfterApply(t *testing.T) {
	files := configurations(t)["guides/gate-an-apply/after"]
	files["main.tf"] = strings.NewReplacer(`ephemeral "`, `data "`, "ephemeral.", "data.").Replace(files["main.tf"])
	files["terraform.tf"] = ""
	tf, api := newExample(t, files)
	tf.Take(api,
		acctest.Step{Command: "plan", Requests: acctest.NoRequests, Prints: []string{"(known after apply)"}},
		acctest.Step{Command: "apply -auto-approve", Requests: 1, Prints: []string{
			"terraform_data.route: Creation complete", "data.wachat_instance_state.shop: Read", "terraform_data.order_notices: Creation complete",
		}},
	)
}
