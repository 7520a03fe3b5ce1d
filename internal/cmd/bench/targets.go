// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math"
	"time"
)

// target is a bound that the provider has set itself, and what was measured.
type target struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Bound string  `json:"bound"` // at most, or exactly
	Goal  float64 `json:"goal"`
	Unit  string  `json:"unit,omitempty"`
	Met   bool    `json:"met"`
}

const (
	atMost  = "at most"
	exactly = "exactly"
)

// targets are those whose workloads were measured.
func targets(results []result, binaryBytes int64) []target {
	var found []target
	for _, g := range goals {
		if of, measured := pick(results, g.about); measured {
			value := g.value(of)
			found = append(found, target{g.name, value, atMost, g.most, g.unit, value <= g.most})
		}
	}
	for _, r := range results {
		if r.Stalls != nil && !r.Subject.isPeer() {
			found = append(found, stallTargets(r)...)
		}
	}
	megabytes := math.Ceil(float64(binaryBytes)/1e5) / 10
	return append(found,
		requestsTarget(results),
		target{"release binary, stripped", megabytes, atMost, 20, "MB", megabytes <= 20},
	)
}

// pick returns the results of the workloads, in their order, if all of them
// were measured.
func pick(results []result, about []workload) ([]result, bool) {
	var found []result
	for _, w := range about {
		for _, r := range results {
			if r.workload == w {
				found = append(found, r)
			}
		}
	}
	return found, len(found) == len(about)
}

// stallTargets bound what a stalled request costs, in time and in requests that
// would not have been needed.
func stallTargets(r result) []target {
	name := fmt.Sprintf("%s, %s instances, 1 in %d stalls: ", r.Subject, grouped(r.Instances), stallEvery)
	elapsed, longest := thousandths(r.Stalls.Median), thousandths(r.Far.Median*12/10+seconds(300*time.Millisecond))
	sent, most := float64(r.Stalls.requests()), float64(r.Instances*103)/100+2
	return []target{
		{name + "time", elapsed, atMost, longest, "s", r.Stalls.finished() && elapsed <= longest},
		{name + "requests", sent, atMost, most, "", sent <= most},
	}
}

func thousandths(s seconds) float64 { return float64(time.Duration(s).Milliseconds()) / 1_000 }

// requestsTarget is about each instance of each plan in which nothing stalls,
// without the peers.
func requestsTarget(results []result) target {
	t := target{Name: "requests for each instance in a plan", Value: 1, Bound: exactly, Goal: 1}
	for _, r := range results {
		for _, run := range r.runs() {
			for _, n := range []int{run.FewestRequestsInstance, run.MostRequestsInstance} {
				if n != 1 && !r.Subject.isPeer() {
					t.Value = float64(n)
				}
			}
		}
	}
	t.Met = t.Value == t.Goal
	return t
}

// goal is a target whose value comes from the results of some workloads.
type goal struct {
	name  string
	about []workload
	value func(of []result) float64
	most  float64
	unit  string
}

var goals = []goal{
	{"for_each, 100 instances: time above zero latency, against the limit", []workload{hundredNodes}, toLimit, 1.15, ""},
	{"fleet, 1,000 instances, 10 in flight: the same", []workload{fleetOf1000}, toLimit, 1.15, ""},
	{"fleet, 1,000 instances, 100 in flight: the same", []workload{wideFleet}, toLimit, 1.5, ""},
	{"fleet at zero latency, 1,000 instances against 1", []workload{fleetOf1, fleetOf1000}, growth, 3.5, ""},
	{"fleet at zero latency, time above 1 instance: 10,000 against 1,000", []workload{fleetOf1, fleetOf1000, fleetOf10000}, growthAbove, 12, ""},
	{"fleet, 1,000 instances, 100 in flight: connections", []workload{wideFleet}, connections, 4, ""},
	{"fleet, 1,000 instances: the provider's peak memory", []workload{fleetOf1000, wideFleet}, peakMemory, 48, "MiB"},
}

var (
	hundredNodes = workload{forEach, 100, parallelism}
	fleetOf1     = workload{fleet, 1, parallelism}
	fleetOf1000  = workload{fleet, 1_000, parallelism}
	fleetOf10000 = workload{fleet, 10_000, parallelism}
	wideFleet    = workload{fleet, 1_000, 100}
)

func toLimit(of []result) float64 { return of[0].Ratio }

func growth(of []result) float64 { return ratio(of[1].Near.Median, of[0].Near.Median) }

// growthAbove is how the time that the first result does not need grows from
// the second to the third.
func growthAbove(of []result) float64 {
	return ratio(of[2].Near.Median-of[0].Near.Median, of[1].Near.Median-of[0].Near.Median)
}

func connections(of []result) float64 {
	var most int
	for _, r := range of {
		most = max(most, r.connections())
	}
	return float64(most)
}

// peakMemory is in MiB.
func peakMemory(of []result) float64 {
	var most int64
	for _, r := range of {
		most = max(most, r.peakMemory())
	}
	return math.Ceil(float64(most)/(1<<20)*10) / 10
}
