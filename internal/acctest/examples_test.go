// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"slices"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// The instances that the examples are about. Both are open at first.
const (
	shop   = acctest.Shop
	branch = "t1_mqc3zame_jakarta_store"
	number = "628123456789"

	emergencyNumber = "628123456780" // what somebody gives in an emergency
)

// What several examples print.
const (
	shopIsNotOpen = `The state of instance "` + shop + `" (display name "jakarta_store") is "close", but "open" is required.`
	checkFailed   = "Warning: Check block assertion failed"
	keyRefused    = "the API key was not accepted"
	sender        = `+ sender = "` + number + `"`
	bothSenders   = `+ senders = { + ` + shop + ` = "` + number + `" + ` + branch + ` = "` + number + `" }`
	instance      = `+ instance = "` + shop + `"`
)

// What happens at Wachat before a step.
func shopIsDeleted(api *wachattest.Server)   { api.Delete(shop) }
func branchCloses(api *wachattest.Server)    { api.Instance(branch).Close() }
func branchIsDeleted(api *wachattest.Server) { api.Delete(branch) }
func keyIsRefused(api *wachattest.Server)    { api.SetFault(wachattest.Status(401)) }
func apiFails(api *wachattest.Server)        { api.SetFault(wachattest.Status(503)) }

// The first poll fails, the second finds "connecting", and the third "open".
func shopConnects(api *wachattest.Server) {
	instance, before := api.Instance(shop), api.Requests()
	instance.Connecting()
	instance.Enqueue(wachattest.Status(503))
	instance.OnRequest(func() {
		if api.Requests() == before+3 {
			instance.Open()
		}
	})
}

// Each poll finds another state.
func shopReconnects(api *wachattest.Server) {
	instance := api.Instance(shop)
	instance.OnRequest(func() {
		if api.Requests()%2 == 0 {
			instance.Open()
		} else {
			instance.Connecting()
		}
	})
}

func shopClosesAndBranchIsDeleted(api *wachattest.Server) {
	acctest.ShopCloses(api)
	api.Delete(branch)
}

// examples are the directories below examples/, and what a user sees who runs
// these commands there. A directory without a row is only validated.
var examples = map[string][]acctest.Step{
	"gate": gatesPlan(acctest.ShopCloses,
		"Order notices need a connected WhatsApp instance, but "+shop+` is in state "close".`, `number = "`+number+`"`),
	"data-sources/wachat_instance_state":  gatesPlan(acctest.ShopCloses, "The WhatsApp instance is close, not open.", sender),
	"data-sources/wachat_instance_states": gatesPlan(branchCloses, "Not connected: "+branch+".", bothSenders),
	"guides/gate-a-plan/required-state":   gatesPlan(acctest.ShopCloses, shopIsNotOpen, `number = "`+number+`"`),
	"guides/gate-a-plan/postcondition": gatesPlan(acctest.ShopCloses,
		`The instance is in state "close", or another account is connected to it.`, ""),
	"guides/emergency/data-source":    dataSourceEmergency,
	"guides/emergency/fleet":          fleetEmergency,
	"guides/emergency/ephemeral":      applyEmergency,
	"guides/emergency/action":         applyEmergency,
	"guides/gate-a-plan/check":        checkReadsInside,
	"guides/gate-a-plan/check-assert": checkReadsOutside,
	"guides/gate-a-plan/wait": {
		applies(""),
		{Before: shopConnects, Command: "plan", Requests: 3},
		{Before: shopIsDeleted, Command: "plan", Exit: 1, Prints: []string{"not found"}},
	},
	"guides/gate-a-plan/stable": {
		applies(""),
		{Before: shopReconnects, Command: "plan", Exit: 1, Prints: []string{"Instance not in the required state", `keeps changing, but "open" is required.`}},
	},
	"ephemeral-resources/wachat_instance_state": gatesApply(instance),
	"actions/wachat_require_instance_state":     gatesApply(instance),
	"guides/gate-an-apply/fleet":                gatesApply(instance),
	"guides/gate-an-apply/replaced": slices.Concat(gatesApply(`+ input = "1"`), []acctest.Step{
		{Command: "plan -replace=terraform_data.order_notices -out=saved", Prints: []string{"1 to add, 0 to change, 1 to destroy"}},
		{Before: acctest.ShopCloses, Command: "apply saved", Exit: 1, Prints: []string{shopIsNotOpen}},
		{Command: "state list", Prints: []string{"terraform_data.order_notices"}}, // the old one
	}),
	"guides/gate-an-apply/after": {
		{Command: "plan", Requests: acctest.NoRequests}, // there is no name yet
		{Command: "apply -auto-approve", Requests: 1, Prints: []string{
			"terraform_data.route: Creation complete", "ephemeral.wachat_instance_state.shop: Open", "terraform_data.order_notices: Creation complete",
		}},
	},
	"guides/watch-a-fleet/connected-only": {
		{Before: branchIsDeleted, Command: "apply -auto-approve", Prints: []string{`+ senders = { + ` + shop + ` = "` + number + `" }`, "Apply complete!"}},
		{Before: acctest.ShopCloses, Command: "plan", Exit: 1, Prints: []string{"No store is connected: " + shop + ", " + branch + "."}},
	},
	"guides/watch-a-fleet/report": {
		{Before: shopClosesAndBranchIsDeleted, Command: "apply -auto-approve", Prints: []string{checkFailed, "Not connected: " + shop + ", " + branch + "."}},
		{Command: "output -json states", Prints: []string{`{"` + shop + `":"close"}`}},
		{Command: "output -json errors", Prints: []string{`{"` + branch + `":"not found (HTTP 404: `}},
	},
}

// gatesPlan is a gate that stops no plan while both instances are open.
func gatesPlan(closes func(*wachattest.Server), message, output string) []acctest.Step {
	return []acctest.Step{
		applies(output),
		{Before: closes, Command: "plan", Exit: 1, Prints: []string{message}},
	}
}

// gatesApply is a gate that runs again when a saved plan is applied.
func gatesApply(output string) []acctest.Step {
	return []acctest.Step{
		{Command: "plan -out=saved"},
		{Before: acctest.ShopCloses, Command: "apply saved", Exit: 1, Prints: []string{shopIsNotOpen}},
		{Command: "state list", Omits: "terraform_data"},
		{Before: acctest.ShopOpens, Command: "apply saved", Exit: 1, Prints: []string{"Saved plan is stale"}},
		applies(output),
	}
}

// The read inside the block is a change in each plan, and runs at apply too.
var checkReadsInside = []acctest.Step{
	{Command: "apply -auto-approve", Prints: []string{instance, "Apply complete!"}, Omits: checkFailed},
	{Command: "plan -detailed-exitcode -out=saved", Exit: 2, Prints: []string{number, "profile_picture_url", "Plan: 0 to add, 0 to change, 0 to destroy."}},
	{Before: acctest.ShopCloses, Command: "plan", Prints: checkWarning},
	{Command: "apply saved", Prints: checkWarning},
	{Before: keyIsRefused, Command: "plan", Prints: []string{"Warning: ", keyRefused}},
}

var checkWarning = []string{checkFailed, `The shop is in state "close": no order notices are sent.`}

// The read outside the block is no change, prints nothing, and does not run at
// the apply of a saved plan.
var checkReadsOutside = []acctest.Step{
	applies(instance),
	{Command: "plan -detailed-exitcode -out=saved", Omits: number},
	{Before: acctest.ShopCloses, Command: "plan -detailed-exitcode", Prints: []string{checkFailed, "Not connected: " + shop + ". No order notices are sent."}},
	{Command: "apply saved", Requests: acctest.NoRequests, Omits: checkFailed},
	{Before: shopIsDeleted, Command: "plan -detailed-exitcode", Prints: []string{checkFailed, "Not connected: " + shop + "."}},
	{Before: keyIsRefused, Command: "plan", Exit: 1, Prints: []string{keyRefused}},
}

// The emergency is over with the next plan, which runs the gate again.
var dataSourceEmergency = []acctest.Step{
	applies(sender),
	{Before: acctest.ShopCloses, Command: "plan", Exit: 1, Prints: []string{`The shop is in state "close". To deploy anyway, set emergency_sender.`}},
	{Command: "plan -detailed-exitcode -var emergency_sender=" + number, Requests: acctest.NoRequests},
	{Command: "apply -auto-approve -var emergency_sender=" + emergencyNumber, Requests: acctest.NoRequests, Prints: []string{`-> "` + emergencyNumber + `"`, "Apply complete!"}},
	{Command: "plan", Exit: 1},
}

// An instance without an emergency number is still gated.
var fleetEmergency = []acctest.Step{
	applies(bothSenders),
	{Before: branchCloses, Command: "plan", Exit: 1},
	{Command: "apply -auto-approve -var " + branchEmergency, Prints: []string{
		branch + ` = "` + number + `" -> "` + emergencyNumber + `"`, "Apply complete!",
	}},
	{Before: acctest.ShopCloses, Command: "plan -var " + branchEmergency, Exit: 1, Prints: []string{shopIsNotOpen}},
	{Command: `plan -var emergency_senders={` + shop + `="1",` + branch + `="2"}`, Requests: acctest.NoRequests},
}

const branchEmergency = `emergency_senders={` + branch + `="` + emergencyNumber + `"}`

var applyEmergency = []acctest.Step{
	{Command: "plan -out=saved"},
	{Before: acctest.ShopCloses, Command: "apply saved", Exit: 1, Prints: []string{shopIsNotOpen}},
	{Before: apiFails, Command: "plan -var gate=false -out=saved", Requests: acctest.NoRequests},
	{Command: "apply saved", Requests: acctest.NoRequests, Prints: []string{"Apply complete!"}},
}
