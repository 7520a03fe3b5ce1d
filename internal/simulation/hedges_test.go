// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import "time"

// minHedgeDelay is the least time after which an answer is late.
const minHedgeDelay = 300 * time.Millisecond

// checkHedges checks that an attempt has one hedge at most, while its first
// request is in flight and within its request_timeout; that hedges are at most
// one in twenty requests beyond the first two; and that a network without
// faults needs none. That a hedge keeps to the pauses and the limits is checked
// with all other requests.
func (c *checker) checkHedges() {
	hedges := 0
	hedged := map[*attempt]bool{}
	for i, a := range c.attempts {
		if !a.Hedge {
			continue
		}
		hedges++
		if most := 2 + (i+1)/20; hedges > most {
			c.fail("the hedge for %s at %s is number %d of %d requests, want at most %d", a.Instance, a.start, hedges, i+1, most)
		}
		first := c.firstRequest(a)
		switch {
		case first == nil:
			c.fail("the hedge for %s at %s belongs to no attempt", a.Instance, a.start)
			continue
		case hedged[first]:
			c.fail("the attempt for %s at %s has two hedges", first.Instance, first.start)
		case a.start < first.start+minHedgeDelay:
			c.fail("the hedge for %s at %s is sent %s after the first request", a.Instance, a.start, a.start-first.start)
		case a.end > first.start+c.config.RequestTimeout+tolerance:
			c.fail("the hedge for %s ends at %s, later than the request_timeout of its attempt at %s", a.Instance, a.end, first.start)
		}
		hedged[first] = true
	}
	if hedges > 0 && c.isClean() {
		c.fail("%d hedges on a network without faults", hedges)
	}
}

// firstRequest returns the first request of a hedge's attempt.
func (c *checker) firstRequest(hedge *attempt) *attempt {
	for _, a := range c.attempts {
		if !a.Hedge && a.operation == hedge.operation && a.Instance == hedge.Instance && a.Number == hedge.Number &&
			a.start < hedge.start && hedge.start <= a.end {
			return a
		}
	}
	return nil
}

// isClean reports whether every answer comes well before it would be late.
func (c *checker) isClean() bool {
	for name, instance := range c.instances {
		if len(instance.faults) > 0 || c.isTooSlow(name, minHedgeDelay) {
			return false
		}
	}
	return c.network.faultRate == 0
}
