// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

func TestTable_print(t *testing.T) {
	f := sampleFigures()
	f.Machine.Cores = 2
	f.find(wideFleet).Near.Runs = nil
	for i := range f.find(wideFleet).Far.Runs {
		f.find(wideFleet).Far.Runs[i].PeakMemory = 0
	}
	f.Targets[1].Met = false
	f.Results, f.Targets = f.Results[7:11], f.Targets[:2]

	var out strings.Builder
	f.print(&out)

	const want = `
Plans with Terraform v1.11.4, -parallelism=10; 50 ms of round trip, 20 ms of work in the API; 2 cores.
Times are medians of 3 runs; plans above 15 s run once.
The limit is ceil(instances / in flight) x (round trip + work) + 2 round trips.
A plan that takes 60 s more than its limit is stopped: it did not finish.

         instances  in flight  zero latency  with latency    above    limit  ratio  requests  connections  peak memory
  fleet      1,000         10        0.38 s        8.19 s   7.81 s   7.10 s   1.10     1,000            2       30 MiB
  fleet     10,000         10        2.62 s       79.73 s  77.11 s  70.10 s   1.10    10,000            2      120 MiB
  fleet      1,000        100        0.38 s        1.25 s   0.88 s   0.80 s   1.10     1,000            2             
  http           1         10        0.13 s        0.31 s   0.19 s   0.17 s   1.10         1            2       20 MiB

  1 in 100 stalls  instances  without stalls  with stalls  times  requests
  fleet                1,000          8.19 s       8.69 s   1.06     1,010

  target                                                               measured          goal         
  for_each, 100 instances: time above zero latency, against the limit       1.1  at most 1.15      met
  fleet, 1,000 instances, 10 in flight: the same                            1.1  at most 1.15  not met
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
