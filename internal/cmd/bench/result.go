// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"math"
	"slices"
)

// series are the measurements of one workload at one distance.
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
	Near series `json:"zero_latency"`
	Far  series `json:"with_latency"`

	Above seconds `json:"above_seconds"` // the median with latency less that without
	Limit seconds `json:"limit_seconds"`
	Ratio float64 `json:"ratio"` // below 1 where the provider works while it waits
}

func newResult(w workload, near, distant []measurement) result {
	r := result{workload: w, Near: newSeries(near), Far: newSeries(distant), Limit: seconds(far.limit(w))}
	r.Above = r.Far.Median - r.Near.Median
	r.Ratio = ratio(r.Above, r.Limit)
	return r
}

// ratio is rounded to what is worth reading.
func ratio(a, b seconds) float64 { return math.Round(1_000*float64(a)/float64(b)) / 1_000 }

func (r result) runs() []measurement { return slices.Concat(r.Near.Runs, r.Far.Runs) }

// requests are those of the run that made most.
func (r result) requests() int {
	return highest(r.runs(), func(m measurement) int { return m.Requests })
}

// connections are those of the run that made most.
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
