// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "github.com/wachat-net/terraform-provider-wachat/internal/wachattest"

// embeddedScenes is what the demo shows, one entry a scene. A further one
// belongs here: nothing else knows how many there are.
func embeddedScenes(shop *wachattest.Instance) []scene {
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
