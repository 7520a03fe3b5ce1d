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

// What happens at Wachat before a command.
func shopOpens(api *wachattest.Server)       { api.Instance(shop).Open() }
func shopCloses(api *wachattest.Server)      { api.Instance(shop).Close() }
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
	shopCloses(api)
	api.Delete(branch)
}

// none are the requests of a command that must not send any.
const none = -1

// examples are the directories below examples/, and what a user sees who runs
// these commands there. A directory without a row is only validated.
var examples = map[string][]step{
	"gate": gatesPlan(shopCloses,
		"Order notices need a connected WhatsApp instance, but "+shop+` is in state "close".`, `number = "`+number+`"`),
	"data-sources/wachat_instance_state":  gatesPlan(shopCloses, "The WhatsApp instance is close, not open.", sender),
	"data-sources/wachat_instance_states": gatesPlan(branchCloses, "Not connected: "+branch+".", bothSenders),
	"guides/gate-a-plan/required-state":   gatesPlan(shopCloses, shopIsNotOpen, `number = "`+number+`"`),
	"guides/gate-a-plan/postcondition": gatesPlan(shopCloses,
		`The instance is in state "close", or another account is connected to it.`, ""),
	"guides/emergency/data-source":    dataSourceEmergency,
	"guides/emergency/fleet":          fleetEmergency,
	"guides/emergency/ephemeral":      applyEmergency,
	"guides/emergency/action":         applyEmergency,
	"guides/gate-a-plan/check":        checkReadsInside,
	"guides/gate-a-plan/check-assert": checkReadsOutside,
	"guides/gate-a-plan/wait": {
		applies(""),
		{api: shopConnects, command: "plan", requests: 3},
		{api: shopIsDeleted, command: "plan", exit: 1, prints: []string{"not found"}},
	},
	"guides/gate-a-plan/stable": {
		applies(""),
		{api: shopReconnects, command: "plan", exit: 1, prints: []string{"Instance not in the required state", `keeps changing, but "open" is required.`}},
	},
	"ephemeral-resources/wachat_instance_state": gatesApply(instance),
	"actions/wachat_require_instance_state":     gatesApply(instance),
	"guides/gate-an-apply/fleet":                gatesApply(instance),
	"guides/gate-an-apply/replaced": slices.Concat(gatesApply(`+ input = "1"`), []step{
		{command: "plan -replace=terraform_data.order_notices -out=saved", prints: []string{"1 to add, 0 to change, 1 to destroy"}},
		{api: shopCloses, command: "apply saved", exit: 1, prints: []string{shopIsNotOpen}},
		{command: "state list", prints: []string{"terraform_data.order_notices"}}, // the old one
	}),
	"guides/gate-an-apply/after": {
		{command: "plan", requests: none}, // there is no name yet
		{command: "apply -auto-approve", requests: 1, prints: []string{
			"terraform_data.route: Creation complete", "ephemeral.wachat_instance_state.shop: Open", "terraform_data.order_notices: Creation complete",
		}},
	},
	"guides/watch-a-fleet/connected-only": {
		{api: branchIsDeleted, command: "apply -auto-approve", prints: []string{`+ senders = { + ` + shop + ` = "` + number + `" }`, "Apply complete!"}},
		{api: shopCloses, command: "plan", exit: 1, prints: []string{"No store is connected: " + shop + ", " + branch + "."}},
	},
	"guides/watch-a-fleet/report": {
		{api: shopClosesAndBranchIsDeleted, command: "apply -auto-approve", prints: []string{checkFailed, "Not connected: " + shop + ", " + branch + "."}},
		{command: "output -json states", prints: []string{`{"` + shop + `":"close"}`}},
		{command: "output -json errors", prints: []string{`{"` + branch + `":"not found (HTTP 404: `}},
	},
}

// gatesPlan is a gate that stops no plan while both instances are open.
func gatesPlan(closes func(*wachattest.Server), message, output string) []step {
	return []step{
		applies(output),
		{api: closes, command: "plan", exit: 1, prints: []string{message}},
	}
}

// gatesApply is a gate that runs again when a saved plan is applied.
func gatesApply(output string) []step {
	return []step{
		{command: "plan -out=saved"},
		{api: shopCloses, command: "apply saved", exit: 1, prints: []string{shopIsNotOpen}},
		{command: "state list", omits: "terraform_data"},
		{api: shopOpens, command: "apply saved", exit: 1, prints: []string{"Saved plan is stale"}},
		applies(output),
	}
}

// The read inside the block is a change in each plan, and runs at apply too.
var checkReadsInside = []step{
	{command: "apply -auto-approve", prints: []string{instance, "Apply complete!"}, omits: checkFailed},
	{command: "plan -detailed-exitcode -out=saved", exit: 2, prints: []string{number, "profile_picture_url", "Plan: 0 to add, 0 to change, 0 to destroy."}},
	{api: shopCloses, command: "plan", prints: checkWarning},
	{command: "apply saved", prints: checkWarning},
	{api: keyIsRefused, command: "plan", prints: []string{"Warning: ", keyRefused}},
}

var checkWarning = []string{checkFailed, `The shop is in state "close": no order notices are sent.`}

// The read outside the block is no change, prints nothing, and does not run at
// the apply of a saved plan.
var checkReadsOutside = []step{
	applies(instance),
	{command: "plan -detailed-exitcode -out=saved", omits: number},
	{api: shopCloses, command: "plan -detailed-exitcode", prints: []string{checkFailed, "Not connected: " + shop + ". No order notices are sent."}},
	{command: "apply saved", requests: none, omits: checkFailed},
	{api: shopIsDeleted, command: "plan -detailed-exitcode", prints: []string{checkFailed, "Not connected: " + shop + "."}},
	{api: keyIsRefused, command: "plan", exit: 1, prints: []string{keyRefused}},
}

// The emergency is over with the next plan, which runs the gate again.
var dataSourceEmergency = []step{
	applies(sender),
	{api: shopCloses, command: "plan", exit: 1, prints: []string{`The shop is in state "close". To deploy anyway, set emergency_sender.`}},
	{command: "plan -detailed-exitcode -var emergency_sender=" + number, requests: none},
	{command: "apply -auto-approve -var emergency_sender=" + emergencyNumber, requests: none, prints: []string{`-> "` + emergencyNumber + `"`, "Apply complete!"}},
	{command: "plan", exit: 1},
}

// An instance without an emergency number is still gated.
var fleetEmergency = []step{
	applies(bothSenders),
	{api: branchCloses, command: "plan", exit: 1},
	{command: "apply -auto-approve -var " + branchEmergency, prints: []string{
		branch + ` = "` + number + `" -> "` + emergencyNumber + `"`, "Apply complete!",
	}},
	{api: shopCloses, command: "plan -var " + branchEmergency, exit: 1, prints: []string{shopIsNotOpen}},
	{command: `plan -var emergency_senders={` + shop + `="1",` + branch + `="2"}`, requests: none},
}

const branchEmergency = `emergency_senders={` + branch + `="` + emergencyNumber + `"}`

var applyEmergency = []step{
	{command: "plan -out=saved"},
	{api: shopCloses, command: "apply saved", exit: 1, prints: []string{shopIsNotOpen}},
	{api: apiFails, command: "plan -var gate=false -out=saved", requests: none},
	{command: "apply saved", requests: none, prints: []string{"Apply complete!"}},
}
