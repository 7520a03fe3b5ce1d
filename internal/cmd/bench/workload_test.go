// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"testing"
)

func TestWorkloads_sizes(t *testing.T) {
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
	peers := append(each(peerHTTP, []int{1, 10, 100, 300}), each(peerRestful, []int{1, 10, 100, 300})...)
	quick := []workload{{forEach, 1, 10}, {forEach, 10, 10}, {fleet, 1, 10}, {fleet, 100, 10}, {fleet, 100, 100}}
	for name, row := range map[string]struct{ got, want []workload }{
		"without peers": {workloads(false, nil), ours},
		"with peers":    {workloads(false, bothPeers), slices.Concat(ours, peers)},
		"quick":         {workloads(true, nil), quick},
		"quick, with a peer": {
			workloads(true, bothPeers[:1]), slices.Concat(quick, []workload{{peerHTTP, 1, 10}, {peerHTTP, 10, 10}}),
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
func TestGoals_measured(t *testing.T) {
	measured := workloads(false, nil)
	for _, g := range goals {
		for _, w := range g.about {
			if !slices.Contains(measured, w) {
				t.Errorf("%s: %v is not measured", g.name, w)
			}
		}
	}
}

func TestWorkload_names(t *testing.T) {
	names := workload{fleet, 10_000, 10}.names()
	if different := slices.Compact(slices.Sorted(slices.Values(names))); len(names) != 10_000 || len(different) != 10_000 {
		t.Errorf("%d names, %d different", len(names), len(different))
	}
}

func TestWorkload_stalls(t *testing.T) {
	var got []workload
	for _, w := range workloads(false, bothPeers) {
		if slices.Contains(w.networks(), stalling) {
			got = append(got, w)
		}
	}
	want := []workload{hundredNodes, {fleet, 100, 10}, fleetOf1000, {peerHTTP, 100, 10}, {peerRestful, 100, 10}}
	if !slices.Equal(got, want) {
		t.Errorf("measured with stalls: %v, want %v", got, want)
	}
}
