// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"testing"
)

func TestWorkloads(t *testing.T) {
	ours := []workload{
		{forEach, 1, 10},
		{forEach, 10, 10},
		{forEach, 100, 10},
		{forEach, 300, 10},
		{fleet, 1, 10},
		{fleet, 10, 10},
		{fleet, 100, 10},
		{fleet, 1_000, 10},
		{fleet, 10_000, 10},
		{fleet, 1_000, 100},
	}
	peers := []workload{{peer, 1, 10}, {peer, 10, 10}, {peer, 100, 10}, {peer, 300, 10}}
	quick := []workload{{forEach, 1, 10}, {forEach, 10, 10}, {fleet, 1, 10}, {fleet, 25, 10}, {fleet, 25, 100}}
	for name, row := range map[string]struct{ got, want []workload }{
		"of the provider alone":  {workloads(false, false), ours},
		"with a peer":            {workloads(false, true), slices.Concat(ours, peers)},
		"of a quick run are few": {workloads(true, false), quick},
		"of a quick run with a peer": {
			workloads(true, true), slices.Concat(quick, []workload{{peer, 1, 10}, {peer, 10, 10}}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if !slices.Equal(row.got, row.want) {
				t.Errorf("got %v, want %v", row.got, row.want)
			}
		})
	}
}

// Each target has to be about something that is measured.
func TestEveryGoalIsMeasured(t *testing.T) {
	measured := workloads(false, false)
	for _, g := range goals {
		for _, w := range g.about {
			if !slices.Contains(measured, w) {
				t.Errorf("%s: %v is not measured", g.name, w)
			}
		}
	}
}

func TestNamesAreDifferent(t *testing.T) {
	names := workload{fleet, 10_000, 10}.names()
	if different := slices.Compact(slices.Sorted(slices.Values(names))); len(names) != 10_000 || len(different) != 10_000 {
		t.Errorf("%d names, %d different", len(names), len(different))
	}
}
