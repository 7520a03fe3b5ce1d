// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

// moments are when a gate may run, in their order.
var moments = [...]label{
	{Name: "plan"},
	{Name: "apply of the saved plan", Note: "an hour later"},
	{Name: "destroy"},
}

// gates are all there are, and what each does at the three moments while the
// instance is not open. The acceptance tests of the gates try the same.
var gates = []gate{
	{
		label{"precondition, postcondition", "over the data source"},
		[...]effect{stops("stops the plan", ""), absent, passes},
	},
	{
		label{"required_state", "of the data source"},
		[...]effect{stops("stops the plan", ""), absent, stops("stops it", "")},
	},
	{
		label{"check block", "with the data source in it"},
		[...]effect{warns, warns, passes},
	},
	{
		label{"ephemeral resource", "with required_state"},
		[...]effect{stops("stops the plan", ""), stops("stops it", "for what refers to the gate"), stops("stops it", "on Terraform, not OpenTofu")},
	},
	{
		label{"action", "before_create, before_update"},
		[...]effect{absent, stops("stops it", "right before its one resource"), absent},
	},
}

type label struct{ Name, Note string }

type gate struct {
	label
	effects [len(moments)]effect
}

// effect is a mark with words, so that nothing depends on colors.
type effect struct {
	Mark string // the ID of a symbol in the template
	label
}

func stops(what, note string) effect { return effect{"stops", label{what, note}} }

var (
	warns  = effect{"warns", label{"warns", ""}}
	passes = effect{"passes", label{"lets it through", ""}}
	absent = effect{"absent", label{"does not run", ""}}
)
