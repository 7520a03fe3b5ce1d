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

// gate is a configuration on an API whose instance is open, and the commands that
// show when it runs.
type gate struct {
	name, config string
	features     []acctest.Feature
	steps        []acctest.Step
}

func (g gate) run(t *testing.T) {
	acctest.Needs(t, append(g.features, acctest.TerraformData)...)
	api := acctest.StartAPI(t)
	tf := acctest.NewTerraform(t, map[string]string{"provider.tf": acctest.Provider(api), "main.tf": g.config})
	tf.Take(api, g.steps...)
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
var conditions = []acctest.Step{
	{Command: "plan -out=saved"},
	{Before: acctest.ShopCloses, Command: "plan", Exit: 1, Prints: []string{isClose}},
	{Command: "apply saved", Requests: acctest.NoRequests, Prints: []string{"Resources: 1 added"}},
	{Command: "plan", Exit: 1, Prints: []string{isClose}},
	{Command: "plan -refresh-only", Prints: []string{isClose}},
	{Command: "plan -destroy"},
	{Command: "destroy -auto-approve", Prints: []string{"1 destroyed"}},
}

func TestAccGates_dataSource(t *testing.T) {
	for _, g := range []gate{
		{"precondition", preconditionOnly, []acctest.Feature{acctest.Preconditions}, conditions},
		{"postcondition", postcondition + sender, []acctest.Feature{acctest.Preconditions}, conditions},
		{"required_state", requiredShop + sender, nil, []acctest.Step{ // the read itself fails, whatever the plan is for
			{Command: "plan -out=saved"},
			{Before: acctest.ShopCloses, Command: "plan", Exit: 1, Prints: []string{notOpen}},
			{Command: "apply saved", Requests: acctest.NoRequests, Prints: []string{"Resources: 1 added"}},
			{Command: "plan", Exit: 1, Prints: []string{notOpen}},
			{Command: "plan -refresh-only", Exit: 1, Prints: []string{notOpen}},
			{Command: "plan -destroy", Exit: 1, Prints: []string{notOpen}},
			{Command: "destroy -auto-approve -refresh=false", Prints: []string{"1 destroyed"}},
		}},
		{"check block", checkBlock + sender, []acctest.Feature{acctest.Checks}, []acctest.Step{
			{Command: "plan -out=saved"},
			{Before: acctest.ShopCloses, Command: "plan", Prints: []string{"Warning: Check block assertion failed"}},
			{Command: "apply saved", Prints: []string{isClose}},
			{Command: "destroy -auto-approve", Prints: []string{"1 destroyed"}},
		}},
		{"name known at apply", nameKnownAtApply, nil, []acctest.Step{
			{Command: "plan -out=saved", Requests: acctest.NoRequests},
			{Before: acctest.ShopCloses, Command: "apply saved", Exit: 1, Prints: []string{notOpen}},
			{Command: "state list", Omits: notices},
		}},
	} {
		t.Run(g.name, g.run)
	}
}

// stopped plans a change while the instance is open, and applies it when the instance
// is closed, which fails and prints a text. The last step shows what is left.
func stopped(config, prints string, left acctest.Step) []acctest.Step {
	left.Command = "state list"
	return []acctest.Step{
		{Command: "apply -auto-approve"},
		{Config: config, Command: "plan -out=saved"},
		{Before: acctest.ShopCloses, Command: "apply saved", Exit: 1, Prints: []string{prints}},
		left,
	}
}

// ephemeralReplaced is a gate on a resource that is replaced when by changes.
func ephemeralReplaced(by, lifecycle string) string {
	return strings.NewReplacer(`input = "a sender"`, `triggers_replace = "`+by+`"`, "lifecycle {", "lifecycle {\n"+lifecycle).Replace(ephemeralGate)
}

func TestAccGates_ephemeral(t *testing.T) {
	unreferenced := 1
	if acctest.IsOpenTofu() { // it does not run what nothing refers to
		unreferenced = 0
	}
	for _, g := range []gate{
		{"required_state", ephemeralGate + strings.Replace(sender, "notices", "unrelated", 1), nil, []acctest.Step{
			{Before: acctest.ShopCloses, Command: "plan", Exit: 1, Prints: []string{notOpen}},
			{Before: acctest.ShopOpens, Command: "plan -out=saved"},
			{Before: acctest.ShopCloses, Command: "apply saved", Exit: 1, Prints: []string{notOpen}, Omits: "This message is hidden."},
			{Command: "state list", Prints: []string{"terraform_data.unrelated"}, Omits: notices}, // only what refers to it is stopped
			{Before: acctest.ShopOpens, Command: "apply saved", Exit: 1, Prints: []string{"Saved plan is stale"}},
			{Command: "apply -auto-approve", Prints: []string{"1 added"}},
			{Command: "plan -destroy -out=gone"},
			{Before: acctest.ShopCloses, Command: "destroy -auto-approve", Exit: 1, Prints: []string{notOpen}},
			{Command: "apply gone", Prints: []string{"2 destroyed"}},
		}},
		{"without a reference", requiredEphemeral + sender, nil, []acctest.Step{
			{Command: "plan -out=saved"},
			{Before: acctest.ShopCloses, Command: "apply saved", Exit: unreferenced},
			{Command: "state list", Prints: []string{notices}},
			{Command: "plan -destroy", Exit: 1, Prints: []string{notOpen}},
			{Command: "destroy -auto-approve -refresh=false", Prints: []string{"1 destroyed"}},
		}},
		{"replacement", ephemeralReplaced("one", ""), nil, stopped(ephemeralReplaced("two", ""), notOpen, acctest.Step{Omits: notices})},
		{"replacement, new one first", ephemeralReplaced("one", createFirst), nil, stopped(ephemeralReplaced("two", createFirst), notOpen, acctest.Step{Prints: []string{notices}})},
	} {
		g.features = []acctest.Feature{acctest.Ephemeral}
		t.Run(g.name, g.run)
	}
}
