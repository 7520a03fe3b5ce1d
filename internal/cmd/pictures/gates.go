// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

// moments are when a gate may be asked, in their order.
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
		[...]answer{stops("stops the plan", ""), silent("not asked"), silent("lets it through")},
	},
	{
		label{"required_state", "of the data source"},
		[...]answer{stops("stops the plan", ""), silent("not asked"), stops("stops it", "")},
	},
	{
		label{"check block", "with the data source in it"},
		[...]answer{warns("warns"), warns("warns"), silent("lets it through")},
	},
	{
		label{"ephemeral resource", "with required_state"},
		[...]answer{stops("stops the plan", ""), stops("stops it", "for what refers to the gate"), stops("stops it", "on Terraform, not OpenTofu")},
	},
	{
		label{"action", "before_create, before_update"},
		[...]answer{silent("not asked"), stops("stops it", "right before its one resource"), silent("not asked")},
	},
}

type label struct{ Name, Note string }

type gate struct {
	label
	answers [len(moments)]answer
}

// answer is a mark with words, so that nothing depends on colours.
type answer struct {
	Mark string // the id of a symbol in the template
	label
}

func stops(what, note string) answer { return answer{"stops", label{what, note}} }

func warns(what string) answer { return answer{"warns", label{what, ""}} }

func silent(what string) answer { return answer{"silent", label{what, ""}} }
