// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "github.com/wachat-net/terraform-provider-wachat/internal/wachattest"

// embeddedScenes is what the demo shows, one entry a scene. A further one
// belongs here: nothing else knows how many there are.
func embeddedScenes(shop, branch *wachattest.Instance) []scene {
	return append(planScenes(shop), applyScene(shop), fleetScene(shop, branch))
}

func planScenes(shop *wachattest.Instance) []scene {
	return []scene{
		{
			title:   "While the instance is open, plan and apply go through and know its number.",
			example: "gate",
			steps: []step{
				install,
				{
					args: []string{"plan"},
					want: []outcome{exits(0, "the plan goes through and shows the number "+shopNumber,
						`+ sender = "`+shopNumber+`"`, "Plan: 1 to add")},
				},
				{
					args: []string{"apply", "-auto-approve"},
					want: []outcome{exits(0, "the apply goes through, and the number is an output",
						"Apply complete! Resources: 1 added", `number = "`+shopNumber+`"`)},
				},
			},
		},
		{
			title:   "Once the instance is closed, the precondition stops the plan.",
			example: "gate",
			steps: []step{{
				event: "The phone is logged out: the instance closes.",
				cause: shop.Close,
				args:  []string{"plan"},
				want: []outcome{exits(1, "the precondition stops the plan, and its message names the state",
					"Error: Resource precondition failed", shopName+` is in state "close"`)},
			}},
		},
		{
			title:   "A check block only warns: the plan goes through while the instance is connecting.",
			example: "check",
			steps: []step{
				install,
				{
					event: "The QR code is scanned: the instance is connecting.",
					cause: shop.Connecting,
					args:  []string{"plan"},
					want: []outcome{exits(0, "the check block warns, and the plan goes through",
						"Warning: Check block assertion failed", shopName+` is in state "connecting"`, "Plan: 1 to add")},
				},
			},
		},
	}
}

func applyScene(shop *wachattest.Instance) scene {
	return scene{
		title:   "An hour after the plan, the apply asks again: an ephemeral resource gates a saved plan.",
		example: "apply-gate",
		since:   release{terraform: "1.10.0", openTofu: "1.11.0"},
		steps: []step{
			install,
			{
				event: "The instance is open again.",
				cause: shop.Open,
				args:  []string{"plan", "-out=saved.tfplan"},
				want:  []outcome{exits(0, "the plan goes through and is saved", "Saved the plan to: saved.tfplan")},
			},
			{
				event: "The phone is logged out before somebody applies the plan.",
				cause: shop.Close,
				args:  []string{"apply", "saved.tfplan"},
				want: []outcome{exits(1, "the apply is stopped, and nothing is made",
					"Error: Unable to read instance state", `"close", but "open" is required`)},
			},
		},
	}
}

func fleetScene(shop, branch *wachattest.Instance) scene {
	return scene{
		title:   "A fleet is one read: the plan names the instances that are not connected.",
		example: "fleet",
		steps: []step{
			install,
			{
				event: "All instances are open.",
				cause: shop.Open,
				args:  []string{"plan"},
				want:  []outcome{exits(0, "the plan goes through with the number of each", `+ "`+shopNumber+`"`, "Plan: 1 to add")},
			},
			{
				event: "One of them closes.",
				cause: branch.Close,
				args:  []string{"plan"},
				want: []outcome{exits(1, "the precondition stops the plan and names the instance",
					"Error: Resource precondition failed", "Not connected: "+branchName+".")},
			},
		},
	}
}

// realScenes only reads. Which state there is to read is not the demo's to
// say; that the plan is let through or stopped by it is.
func realScenes() []scene {
	return []scene{{
		title:   "The plan goes through if the instance is open, and is stopped by the precondition if it is not.",
		example: "gate",
		steps: []step{
			install,
			{
				args: []string{"plan"},
				want: []outcome{
					exits(0, "the instance is open, and the plan goes through", "Plan: 1 to add"),
					exits(1, "the instance is not open, and the precondition stops the plan", "Error: Resource precondition failed", "is in state"),
				},
			},
		},
	}}
}

var install = step{
	args: []string{"init"},
	want: []outcome{exits(0, "the provider is installed; the warning is about where from, a build on this machine",
		"successfully initialized")},
}
