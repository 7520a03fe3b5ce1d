// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"
	"time"
)

const second = seconds(time.Second)

func TestMedian_values(t *testing.T) {
	for name, row := range map[string]struct {
		values []seconds
		want   seconds
	}{
		"one":          {[]seconds{7}, 7},
		"odd number":   {[]seconds{9, 1, 5}, 5},
		"even number":  {[]seconds{8, 2, 4, 100}, 6},
		"one slow run": {[]seconds{1_000_000, 3, 2, 3, 2}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			if got := median(row.values); got != row.want {
				t.Errorf("got %v, want %v", int64(got), int64(row.want))
			}
		})
	}
}

func TestMedian_order(t *testing.T) {
	values := []seconds{3, 1, 2}
	median(values)
	if values[0] != 3 || values[1] != 1 || values[2] != 2 {
		t.Errorf("they are %v now", values)
	}
}

func TestResult_values(t *testing.T) {
	near := []measurement{{Time: 2 * second, Connections: 4, PeakMemory: 30}, {Time: second, Requests: 100}, {Time: 3 * second}}
	distant := []measurement{{Time: 3 * second, Connections: 9, PeakMemory: 20}, {Time: 4 * second}, {Time: 2 * second}}

	r := newResult(workload{forEach, 100, 10}, map[network][]measurement{
		zero: near, far: distant, stalling: {{Time: 9 * second, Requests: 101}, {Time: 4 * second, Requests: 103}, {Time: 5 * second}},
	})

	if r.Near.Median != 2*second || r.Far.Median != 3*second || r.Above != second {
		t.Errorf("medians %v and %v, %v above", r.Near.Median, r.Far.Median, r.Above)
	}
	if limit := second * 8 / 10; r.Limit != limit || r.Ratio != 1.25 {
		t.Errorf("the limit is %v and the ratio %v, want %v and 1.25", r.Limit, r.Ratio, limit)
	}
	if r.requests() != 100 || r.connections() != 9 || r.peakMemory() != 30 {
		t.Errorf("most of all runs: %d requests, %d connections, %d bytes", r.requests(), r.connections(), r.peakMemory())
	}
	if r.Stalls == nil || r.Stalls.Median != 5*second || r.Stalls.requests() != 103 {
		t.Errorf("with stalls it is %+v", r.Stalls)
	}
}

func TestResult_unfinished(t *testing.T) {
	r := newResult(workload{peerHTTP, 10, 10}, map[network][]measurement{
		zero: {{Time: second}}, far: {{Time: 2 * second}, {Time: 60 * second, Unfinished: true}},
	})
	if r.Above != 0 || r.Ratio != 0 || r.Far.String() != "did not finish" || r.Near.String() != "1.00 s" || r.Stalls != nil {
		t.Errorf("got %+v", r)
	}
}
