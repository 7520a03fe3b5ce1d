// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// The hybrid key exchange is a fifth of the time of a run.
//
//go:debug tlsmlkem=0
package simulation_test

import (
	"flag"
	"fmt"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

var (
	seeds    = flag.Int("seeds", 50, "number of seeds to simulate")
	from     = flag.Uint64("from", 1, "first seed")
	onlySeed = flag.Uint64("seed", 0, "the one seed to simulate, with its trace")

	// deadlocked is set by the first seed that ends in a deadlock. The others do
	// not start any more.
	deadlocked atomic.Bool
)

func TestSimulation(t *testing.T) {
	t.Parallel()
	certificate()
	debug.SetGCPercent(400) // a seed needs little memory
	if *onlySeed != 0 {
		testSeed(t, *onlySeed)
		return
	}
	for i := range *seeds {
		seed := *from + uint64(i)
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			t.Parallel()
			testSeed(t, seed)
		})
	}
}

func testSeed(t *testing.T, seed uint64) {
	t.Helper()
	if deadlocked.Load() {
		t.Skip("another seed ended in a deadlock")
	}
	p := newPlan(seed)
	var problems []string
	var r *record
	defer func() {
		if cause := recover(); cause != nil {
			deadlocked.Store(true)
			problems = append(problems, fmt.Sprintf("- %v; goroutines of the client:\n%s%s", cause, stacks(), r.trace.String()))
		}
		if len(problems) > 0 {
			t.Errorf("seed %d (make simulate SEED=%d prints the trace), theme %s:\n%s", seed, seed, p.theme, strings.Join(problems, "\n"))
		}
	}()
	synctest.Test(t, func(t *testing.T) {
		r = newRecord()
		problems = simulate(t, p, r)
		if *onlySeed != 0 {
			t.Logf("seed %d:\n%s\n%s", seed, p, r.trace.String())
		}
	})
}
