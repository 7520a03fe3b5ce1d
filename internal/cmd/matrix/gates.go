// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"maps"
	"slices"
)

// gates are the rows of the table "When each gate runs" in docs/index.md, and
// the tests that show what the row says. Each has to pass with one CLI at least.
var gates = map[string][]string{
	"precondition on a resource, over a data source": {
		"TestAccGates_dataSource/precondition", "TestAccGates_conditionsAtDestroy/precondition",
	},
	"postcondition on a data source": {
		"TestAccGates_dataSource/postcondition", "TestAccGates_conditionsAtDestroy/postcondition",
	},
	"`required_state` on a data source": {
		"TestAccGates_dataSource/required_state", "TestAccGates_requiredStateAtDestroy",
	},
	"`check` block": {"TestAccGates_checkBlock"},
	"ephemeral resource with `required_state`": {
		"TestAccGates_ephemeralAtPlanAndApply", "TestAccGates_ephemeralStopsOnlyReferences", "TestAccGates_ephemeralAtDestroy",
	},
	"action before a resource is created or updated": {
		"TestAccAction_createAndUpdate", "TestAccAction_applyOnly",
	},
	"action before a resource is destroyed (Terraform 1.16)": {
		"TestAccAction_beforeDestroy/replaced", "TestAccAction_beforeDestroyOnlyWarnsAtDestroy",
	},
}

// notExercised returns the rows of which a test has not passed.
func notExercised(passed map[string]bool) []string {
	var rows []string
	for _, row := range slices.Sorted(maps.Keys(gates)) {
		if slices.ContainsFunc(gates[row], func(test string) bool { return !passed["instancestate/"+test] }) {
			rows = append(rows, row)
		}
	}
	return rows
}
