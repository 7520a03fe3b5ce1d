// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "github.com/wachat-net/terraform-provider-wachat/internal/acctest"

// The scenes change the state of the shop; the fleet has the branch too, which
// stays open. The shop's name and number are those of the API's reference page.
const (
	shop   = "t1_mq9r2jov_jakarta_store"
	branch = "t1_mqc3zame_jakarta_store"
	number = "628123456789"
)

// scene shows one gate.
type scene struct {
	title   string
	example string // directory in examples/
	needs   []acctest.Feature
	steps   []step
}

// step is a command and how it may end.
type step struct {
	state   string // what the embedded API reports from now on; empty changes nothing
	command string // without the name of the CLI
	want    []outcome
}

// outcome is an exit code and a text in the output, and what they mean.
type outcome struct {
	exit    int
	text    string
	meaning string
}

const (
	invoke  = "apply -auto-approve -invoke=action.wachat_require_instance_state.shop"
	notOpen = `is "close", but "open" is required`
)

var preconditions = []acctest.Feature{acctest.Preconditions, acctest.TerraformData}

var scenes = []scene{
	{"A precondition stops a plan", "gate", preconditions, []step{
		{"open", "plan", []outcome{{0, `number = "` + number + `"`, "the plan succeeds and knows the number"}}},
		{"", "apply -auto-approve", []outcome{{0, `number = "` + number + `"`, "the apply succeeds, and the number is an output"}}},
		{"close", "plan", []outcome{{1, shop + ` is in state "close"`, "the plan fails, and the message names the state"}}},
	}},
	{"required_state stops a plan, on every version of the CLI", "guides/gate-a-plan/required-state", nil, []step{
		{"open", "plan", []outcome{{0, `number = "` + number + `"`, "the plan succeeds and knows the number"}}},
		{"close", "plan", []outcome{{1, notOpen, "the read fails, and with it the plan"}}},
	}},
	{"A fleet is one read", "data-sources/wachat_instance_states", preconditions, []step{
		{"open", "plan", []outcome{{0, branch + ` = "` + number + `"`, "the plan succeeds and knows both numbers"}}},
		{"close", "plan", []outcome{{1, "Not connected: " + shop + ".", "the plan fails and names the one instance"}}},
	}},
	{"A check block only warns", "guides/gate-a-plan/check", []acctest.Feature{acctest.Checks}, []step{
		{"open", "plan", []outcome{{0, "Plan: 1 to add", "the plan succeeds"}}},
		{"connecting", "plan", []outcome{{0, `The shop is in state "connecting"`, "the plan succeeds with a warning"}}},
	}},
	{"An ephemeral resource stops the apply of a saved plan", "ephemeral-resources/wachat_instance_state", []acctest.Feature{acctest.Ephemeral}, []step{
		{"open", "plan -out=saved.tfplan", []outcome{{0, "Plan: 1 to add", "the plan succeeds and is saved"}}},
		{"close", "apply saved.tfplan", []outcome{{1, notOpen, "the apply reads the state again and fails"}}},
		{"open", "apply -auto-approve", []outcome{{0, "Resources: 1 added", "a new plan is made and applied"}}},
	}},
	{"An action stops an apply right before its one resource", "actions/wachat_require_instance_state", []acctest.Feature{acctest.Actions}, []step{
		{"close", "apply -auto-approve", []outcome{{1, notOpen, "the apply fails before it creates the resource"}}},
		{"open", "apply -auto-approve", []outcome{{0, "Resources: 1 added", "the apply creates the resource"}}},
	}},
	{"An action checks the state on demand", "actions/wachat_require_instance_state", []acctest.Feature{acctest.Actions}, []step{
		{"open", invoke, []outcome{{0, "Resources: 0 added", "the check succeeds, and nothing else is applied"}}},
		{"close", invoke, []outcome{{1, notOpen, "the check fails"}}},
	}},
}

var ownScenes = []scene{
	{"A precondition stops a plan while the instance is not open", "gate", preconditions, []step{
		{"", "plan", []outcome{
			{0, "Plan: 1 to add", "the instance is open, and the plan succeeds"},
			{1, "Error: Resource precondition failed", "the instance is not open, and the plan fails"},
		}},
	}},
}
