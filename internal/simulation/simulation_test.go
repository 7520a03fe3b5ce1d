// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
)

var (
	seeds    = flag.Int("seeds", 50, "number of seeds to simulate")
	from     = flag.Uint64("from", 1, "first seed")
	onlySeed = flag.Uint64("seed", 0, "the one seed to simulate, with its trace")
)

func TestSimulation(t *testing.T) {
	t.Parallel()
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
	synctest.Test(t, func(t *testing.T) {
		p := newPlan(seed)
		r, problems := simulate(t, p)
		if *onlySeed != 0 {
			t.Logf("seed %d:\n%s\n%s", seed, p, r.trace())
		}
		if len(problems) > 0 {
			t.Errorf("seed %d (make simulate SEED=%d prints the trace), theme %s:\n%s", seed, seed, p.theme, strings.Join(problems, "\n"))
		}
	})
}
