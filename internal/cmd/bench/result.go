// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"math"
	"slices"
)

// series are the measurements of one workload on one network.
type series struct {
	Median seconds       `json:"median_seconds"`
	Runs   []measurement `json:"runs"`
}

func newSeries(runs []measurement) series {
	times := make([]seconds, len(runs))
	for i, run := range runs {
		times[i] = run.Time
	}
	return series{median(times), runs}
}

func (s series) finished() bool {
	return !slices.ContainsFunc(s.Runs, func(m measurement) bool { return m.Unfinished })
}

func (s series) String() string {
	if !s.finished() {
		return "did not finish"
	}
	return s.Median.String()
}

// requests are those of the run that sent most.
func (s series) requests() int { return highest(s.Runs, func(m measurement) int { return m.Requests }) }

// median is that of at least one value.
func median(values []seconds) seconds {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// result is what a workload costs, and how near that is to the limit.
type result struct {
	workload
	Near   series  `json:"zero_latency"`
	Far    series  `json:"with_latency"`
	Stalls *series `json:"with_stalls,omitempty"` // where it was measured

	Limit seconds `json:"limit_seconds"`
	Above seconds `json:"above_seconds,omitempty"` // the median with latency less that without; 0 if either did not finish
	Ratio float64 `json:"ratio,omitempty"`         // of Above to Limit; below 1 where the provider works while it waits
}

// newResult is of at least one measurement each on the networks zero and far.
func newResult(w workload, runs map[network][]measurement) result {
	r := result{workload: w, Near: newSeries(runs[zero]), Far: newSeries(runs[far]), Limit: seconds(far.limit(w))}
	if stalled := runs[stalling]; len(stalled) > 0 {
		s := newSeries(stalled)
		r.Stalls = &s
	}
	if r.Near.finished() && r.Far.finished() {
		r.Above = r.Far.Median - r.Near.Median
		r.Ratio = ratio(r.Above, r.Limit)
	}
	return r
}

// ratio has three decimals.
func ratio(a, b seconds) float64 { return math.Round(1_000*float64(a)/float64(b)) / 1_000 }

// runs are those in which nothing stalls.
func (r result) runs() []measurement { return slices.Concat(r.Near.Runs, r.Far.Runs) }

// requests are those of the run that sent most.
func (r result) requests() int {
	return highest(r.runs(), func(m measurement) int { return m.Requests })
}

// connections are those of the run that opened most.
func (r result) connections() int {
	return highest(r.runs(), func(m measurement) int { return m.Connections })
}

// peakMemory is in bytes, 0 where it is not known.
func (r result) peakMemory() int64 {
	return highest(r.runs(), func(m measurement) int64 { return m.PeakMemory })
}

func highest[T int | int64](runs []measurement, of func(measurement) T) T {
	var found T
	for _, run := range runs {
		found = max(found, of(run))
	}
	return found
}
