// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// When each gate runs: at plan, at the apply of a saved plan, at destroy. The
// guides say what these tests check.

// step is a command, and what it has to do.
type step struct {
	state   string // of the instance from now on, empty for no change
	config  string // from now on, empty for no change
	command string
	fails   bool
	prints  string // on one line
	omits   string
	offline bool // it sends no request
}

// gate is a configuration on an API whose instance is open, and the commands that
// show when it runs.
type gate struct {
	name, config string
	features     []acctest.Feature
	steps        []step
}

func (g gate) run(t *testing.T) {
	acctest.Needs(t, append(g.features, acctest.TerraformData)...)
	api := acctest.StartAPI(t)
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + g.config})
	for _, s := range g.steps {
		if s.state != "" {
			api.Instance(acctest.Shop).SetState(s.state)
		}
		if s.config != "" {
			tf.Write("main.tf", acctest.Provider(api)+s.config)
		}
		before := api.Requests()
		result := tf.Run(strings.Fields(s.command)...)
		output := acctest.OneLine(result.Output)
		switch {
		case (result.ExitCode != 0) != s.fails:
			t.Fatalf("%s ended with exit code %d:\n%s", s.command, result.ExitCode, result.Output)
		case !strings.Contains(output, s.prints), s.omits != "" && strings.Contains(output, s.omits):
			t.Errorf("%s: want %q and not %q in:\n%s", s.command, s.prints, s.omits, result.Output)
		case s.offline && api.Requests() != before:
			t.Errorf("%s sent %d requests", s.command, api.Requests()-before)
		}
	}
}

const (
	// What the provider says about the closed instance, and what a condition does.
	notOpen = `The state of instance "t1_mq9r2jov_jakarta_store" (display name "jakarta_store") is "close", but "open" is required.`
	isClose = "The instance is close."

	createFirst = "create_before_destroy = true"
	notices     = "terraform_data.notices"
	sender      = `
resource "terraform_data" "notices" {
  input = "a sender"
}
`
	requiredShop = `
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}
`
	preconditionOnly = shop + `
resource "terraform_data" "notices" {
  input = "a sender"
  lifecycle {
    precondition {
      condition     = data.wachat_instance_state.shop.connected
      error_message = "The instance is ${data.wachat_instance_state.shop.state}."
    }
  }
}
`
	postcondition = `
data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
  lifecycle {
    postcondition {
      condition     = self.connected
      error_message = "The instance is ${self.state}."
    }
  }
}
`
	checkBlock = `
check "shop" {
  data "wachat_instance_state" "shop" {
    instance_name = "t1_mq9r2jov_jakarta_store"
  }
  assert {
    condition     = data.wachat_instance_state.shop.connected
    error_message = "The instance is ${data.wachat_instance_state.shop.state}."
  }
}
`
	requiredEphemeral = `
ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}
`
	ephemeralGate = requiredEphemeral + `
resource "terraform_data" "notices" {
  input = "a sender"
  lifecycle {
    precondition {
      condition     = ephemeral.wachat_instance_state.shop.connected
      error_message = "This message is hidden."
    }
  }
}
`
	nameKnownAtApply = `
resource "terraform_data" "name" {
  input = "t1_mq9r2jov_jakarta_store"
}
data "wachat_instance_state" "shop" {
  instance_name  = terraform_data.name.output
  required_state = "open"
}
resource "terraform_data" "notices" {
  input = data.wachat_instance_state.shop.number
}
`
)

// conditions run only when the plan is made, and also in a plan without changes. They
// are only a warning when nothing is created.
var conditions = []step{
	{command: "plan -out=saved"},
	{state: "close", command: "plan", fails: true, prints: isClose},
	{command: "apply saved", offline: true, prints: "Resources: 1 added"},
	{command: "plan", fails: true, prints: isClose},
	{command: "plan -refresh-only", prints: isClose},
	{command: "plan -destroy"},
	{command: "destroy -auto-approve", prints: "1 destroyed"},
}

func TestAccGates_dataSource(t *testing.T) {
	for _, g := range []gate{
		{"precondition", preconditionOnly, []acctest.Feature{acctest.Preconditions}, conditions},
		{"postcondition", postcondition + sender, []acctest.Feature{acctest.Preconditions}, conditions},
		{"required_state", requiredShop + sender, nil, []step{ // the read itself fails, whatever the plan is for
			{command: "plan -out=saved"},
			{state: "close", command: "plan", fails: true, prints: notOpen},
			{command: "apply saved", offline: true, prints: "Resources: 1 added"},
			{command: "plan", fails: true, prints: notOpen},
			{command: "plan -refresh-only", fails: true, prints: notOpen},
			{command: "plan -destroy", fails: true, prints: notOpen},
			{command: "destroy -auto-approve -refresh=false", prints: "1 destroyed"},
		}},
		{"check block", checkBlock + sender, []acctest.Feature{acctest.Checks}, []step{
			{command: "plan -out=saved"},
			{state: "close", command: "plan", prints: "Warning: Check block assertion failed"},
			{command: "apply saved", prints: isClose},
			{command: "destroy -auto-approve", prints: "1 destroyed"},
		}},
		{"name known at apply", nameKnownAtApply, nil, []step{
			{command: "plan -out=saved", offline: true},
			{state: "close", command: "apply saved", fails: true, prints: notOpen},
			{command: "state list", omits: notices},
		}},
	} {
		t.Run(g.name, g.run)
	}
}

// stopped plans a change while the instance is open, and applies it when the instance
// is closed, which fails and prints a text. The last step shows what is left.
func stopped(config, prints string, left step) []step {
	left.command = "state list"
	return []step{
		{command: "apply -auto-approve"},
		{config: config, command: "plan -out=saved"},
		{state: "close", command: "apply saved", fails: true, prints: prints},
		left,
	}
}

// ephemeralReplaced is a gate on a resource that is replaced when by changes.
func ephemeralReplaced(by, lifecycle string) string {
	return strings.NewReplacer(`input = "a sender"`, `triggers_replace = "`+by+`"`, "lifecycle {", "lifecycle {\n"+lifecycle).Replace(ephemeralGate)
}

func TestAccGates_ephemeral(t *testing.T) {
	for _, g := range []gate{
		{"required_state", ephemeralGate + strings.Replace(sender, "notices", "unrelated", 1), nil, []step{
			{state: "close", command: "plan", fails: true, prints: notOpen},
			{state: "open", command: "plan -out=saved"},
			{state: "close", command: "apply saved", fails: true, prints: notOpen, omits: "This message is hidden."},
			{command: "state list", prints: "terraform_data.unrelated", omits: notices}, // only what refers to it is stopped
			{state: "open", command: "apply saved", fails: true, prints: "Saved plan is stale"},
			{command: "apply -auto-approve", prints: "1 added"},
			{command: "plan -destroy -out=gone"},
			{state: "close", command: "destroy -auto-approve", fails: true, prints: notOpen},
			{command: "apply gone", prints: "2 destroyed"},
		}},
		{"without a reference", requiredEphemeral + sender, nil, []step{ // OpenTofu does not run it
			{command: "plan -out=saved"},
			{state: "close", command: "apply saved", fails: !acctest.IsOpenTofu()},
			{command: "state list", prints: notices},
			{command: "plan -destroy", fails: true, prints: notOpen},
			{command: "destroy -auto-approve -refresh=false", prints: "1 destroyed"},
		}},
		{"replacement", ephemeralReplaced("one", ""), nil, stopped(ephemeralReplaced("two", ""), notOpen, step{omits: notices})},
		{"replacement, new one first", ephemeralReplaced("one", createFirst), nil, stopped(ephemeralReplaced("two", createFirst), notOpen, step{prints: notices})},
	} {
		g.features = []acctest.Feature{acctest.Ephemeral}
		t.Run(g.name, g.run)
	}
}
