// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"maps"
	"slices"
	"testing"
	"time"
)

var bothPeers = []peer{{name: peerHTTP}, {name: peerRestful}}

// sampleFigures are what the provider could measure, with two peers that do not
// finish when a request stalls.
func sampleFigures() figures {
	var results []result
	for _, w := range workloads(false, bothPeers) {
		base := second/8 + seconds(w.Instances)*seconds(time.Millisecond)/4
		run := func(t seconds, requests int) []measurement {
			m := measurement{t, false, requests, 1, 1, 2, int64(20+w.Instances/100) << 20}
			return []measurement{m, m, m}
		}
		distant := base + seconds(far.limit(w))*11/10
		runs := map[network][]measurement{zero: run(base, w.Instances), far: run(distant, w.Instances)}
		if slices.Contains(w.networks(), stalling) {
			runs[stalling] = run(distant+second/2, w.Instances*101/100)
			if w.Subject.isPeer() {
				runs[stalling] = []measurement{{Time: 60 * second, Unfinished: true, Requests: w.Instances}}
			}
		}
		results = append(results, newResult(w, runs))
	}
	return newFigures("Terraform v1.11.4", 3, 19_612_345, results)
}

// find is the figures' result of a workload, to be changed.
func (f *figures) find(w workload) *result {
	return &f.Results[slices.IndexFunc(f.Results, func(r result) bool { return r.workload == w })]
}

func TestTargets_met(t *testing.T) {
	f := sampleFigures()
	want := []target{
		{"for_each, 100 instances: time above zero latency, against the limit", 1.1, "at most", 1.15, "", true},
		{"fleet, 1,000 instances, 10 in flight: the same", 1.1, "at most", 1.15, "", true},
		{"fleet, 1,000 instances, 100 in flight: the same", 1.1, "at most", 1.5, "", true},
		{"fleet at zero latency, 1,000 instances against 1", 2.994, "at most", 3.5, "", true},
		{"fleet at zero latency, time above 1 instance: 10,000 against 1,000", 10.009, "at most", 12, "", true},
		{"fleet, 1,000 instances, 100 in flight: connections", 2, "at most", 4, "", true},
		{"fleet, 1,000 instances: the provider's peak memory", 30, "at most", 48, "MiB", true},
		{"for_each, 100 instances, 1 in 100 stalls: time", 1.53, "at most", 1.536, "s", true},
		{"for_each, 100 instances, 1 in 100 stalls: requests", 101, "at most", 105, "", true},
		{"fleet, 100 instances, 1 in 100 stalls: time", 1.53, "at most", 1.536, "s", true},
		{"fleet, 100 instances, 1 in 100 stalls: requests", 101, "at most", 105, "", true},
		{"fleet, 1,000 instances, 1 in 100 stalls: time", 8.685, "at most", 10.122, "s", true},
		{"fleet, 1,000 instances, 1 in 100 stalls: requests", 1_010, "at most", 1_032, "", true},
		{"requests for each instance in a plan", 1, "exactly", 1, "", true},
		{"release binary, stripped", 19.7, "at most", 20, "MB", true},
	}
	if !slices.Equal(f.Targets, want) {
		t.Errorf("got\n%+v, want\n%+v", f.Targets, want)
	}
}

func TestTargets_notMet(t *testing.T) {
	for name, row := range map[string]struct {
		change func(*figures)
		target int
		value  float64
	}{
		"for_each above the limit":   {func(f *figures) { f.find(hundredNodes).Ratio = 1.16 }, 0, 1.16},
		"fleet above the limit":      {func(f *figures) { f.find(fleetOf1000).Ratio = 1.16 }, 1, 1.16},
		"wide fleet above the limit": {func(f *figures) { f.find(wideFleet).Ratio = 1.51 }, 2, 1.51},
		"fleet at zero latency":      {func(f *figures) { f.find(fleetOf1000).Near.Median = second }, 3, 7.984},
		"quadratic cost": {
			func(f *figures) { f.find(fleetOf10000).Near.Median = 100 * f.find(fleetOf1000).Near.Median }, 4, 149.649,
		},
		"many connections in one run": {func(f *figures) { f.find(wideFleet).Far.Runs[1].Connections = 100 }, 5, 100},
		"memory in one run":           {func(f *figures) { f.find(wideFleet).Near.Runs[2].PeakMemory = 48<<20 + 1 }, 6, 48.1},
		"instance read twice":         {func(f *figures) { f.find(fleetOf10000).Far.Runs[0].MostRequestsInstance = 2 }, 13, 2},
		"instance not read":           {func(f *figures) { f.find(hundredNodes).Far.Runs[0].FewestRequestsInstance = 0 }, 13, 0},
		"large binary":                {func(f *figures) { f.BinaryBytes = 20_000_001 }, 14, 20.1},
		"slow for_each with stalls":   {func(f *figures) { f.find(hundredNodes).Stalls.Median = 1_537 * second / 1_000 }, 7, 1.537},
		"fleet that does not finish":  {func(f *figures) { f.find(fleetOf1000).Stalls.Runs[0].Unfinished = true }, 11, 8.685},
		"many requests with stalls":   {func(f *figures) { f.find(fleetOf1000).Stalls.Runs[2].Requests = 1_033 }, 12, 1_033},
	} {
		t.Run(name, func(t *testing.T) {
			f := sampleFigures()
			row.change(&f)
			for i, got := range targets(f.Results, f.BinaryBytes) {
				if got.Met != (i != row.target) {
					t.Errorf("%s: met is %t", got.Name, got.Met)
				}
				if i == row.target && got.Value != row.value {
					t.Errorf("%s: measured %v, want %v", got.Name, got.Value, row.value)
				}
			}
		})
	}
}

func TestTargets_peers(t *testing.T) {
	f := sampleFigures()
	r := f.find(workload{peerHTTP, 100, 10})
	r.Ratio, r.Far.Runs[0].MostRequestsInstance, r.Far.Runs[0].Connections = 9, 9, 900
	if got := targets(f.Results, f.BinaryBytes); !slices.Equal(got, f.Targets) {
		t.Errorf("got %v", got)
	}
}

func TestTargets_notMeasured(t *testing.T) {
	once := []measurement{{FewestRequestsInstance: 1, MostRequestsInstance: 1}}
	names := map[string]bool{}
	for _, got := range targets([]result{newResult(workload{fleet, 25, 10}, map[network][]measurement{zero: once, far: once})}, 1) {
		names[got.Name] = got.Met
	}
	want := map[string]bool{"requests for each instance in a plan": true, "release binary, stripped": true}
	if !maps.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}
