// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// embeddedScenes are the scenes of the demo, in order.
func embeddedScenes(shop, branch *wachattest.Instance) []scene {
	return append(planScenes(shop), applyScene(shop), fleetScene(shop, branch), requiredStateScene(shop))
}

// precondition is what the examples with a precondition need.
var precondition = []acctest.Feature{acctest.Preconditions, acctest.TerraformData}

func planScenes(shop *wachattest.Instance) []scene {
	return []scene{
		{
			title:   "While the instance is open, plan and apply go through and know its number.",
			example: "gate",
			needs:   precondition,
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
			needs:   precondition,
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
			needs:   []acctest.Feature{acctest.Checks},
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
		title:   "An hour after the plan, the apply reads again: an ephemeral resource gates a saved plan.",
		example: "apply-gate",
		needs:   []acctest.Feature{acctest.Ephemeral},
		steps: []step{
			install,
			{
				event: "The instance is open again.",
				cause: shop.Open,
				args:  []string{"plan", "-out=saved.tfplan"},
				want:  []outcome{exits(0, "the plan goes through and is saved", "Plan: 1 to add")},
			},
			{
				event: "The phone is logged out before somebody applies the plan.",
				cause: shop.Close,
				args:  []string{"apply", "saved.tfplan"},
				want: []outcome{exits(1, "the apply is stopped, and nothing is made",
					"Error: Instance not in the required state", `"close", but "open" is required`)},
			},
		},
	}
}

func fleetScene(shop, branch *wachattest.Instance) scene {
	return scene{
		title:   "A fleet is one read: the plan names the instances that are not connected.",
		example: "fleet",
		needs:   precondition,
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

func requiredStateScene(shop *wachattest.Instance) scene {
	return scene{
		title:   "With required_state the read itself stops the plan, on every version of Terraform and OpenTofu.",
		example: "required-state",
		steps: []step{
			install,
			{
				event: "The phone is logged out.",
				cause: shop.Close,
				args:  []string{"plan"},
				want:  []outcome{exits(1, "the read stops the plan", "Error: ", `"close", but "open" is required`)},
			},
			{
				event: "The instance is open again.",
				cause: shop.Open,
				args:  []string{"plan"},
				want:  []outcome{exits(0, "the plan goes through", `+ number = "`+shopNumber+`"`)},
			},
		},
	}
}

// realScenes only reads. It does not know the state, but it knows how the plan
// has to end in each.
func realScenes() []scene {
	return []scene{{
		title:   "The plan goes through if the instance is open, and is stopped by the precondition if it is not.",
		example: "gate",
		needs:   precondition,
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
	args:  []string{"init"},
	quiet: true,
	want:  []outcome{exits(0, "init installs the provider that was built here", "successfully initialized")},
}
