// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"slices"
	"time"
)

// An answer is late after four times the smoothed answer time, and at least
// minHedgeDelay. Before the first answer, it is late after firstHedgeDelay.
const (
	minHedgeDelay   = 300 * time.Millisecond
	firstHedgeDelay = 500 * time.Millisecond
)

// checkHedges checks that a hedge is sent when the answer is late, not earlier,
// and as soon as budget, rate and pauses allow; that hedges are two and one in
// twenty requests at most; and that they have connections of their own. That a
// hedge keeps to pauses and limits is checked with all other requests.
func (c *checker) checkHedges() {
	hedges := 0
	limited := union(c.pauses, c.noTokens)
	for _, a := range c.whole {
		a.late = c.findLate(a.start)
	}
	for _, a := range c.whole {
		switch {
		case a.hedge == nil:
			c.checkMissingHedge(a, limited)
		case c.config.NoHedges:
			c.fail("%s is sent without hedges", a.hedge)
		case a.hedge.start < a.late.from-tolerance:
			c.fail("%s is sent when its attempt of %s is late at %s", a.hedge, a.start, a.late.from)
		case firstAfter(a.late.to, limited) < a.hedge.start-tolerance:
			c.fail("%s is sent too late: its attempt of %s is late at %s", a.hedge, a.start, a.late.to)
		}
	}
	for _, a := range c.attempts {
		if !a.Hedge {
			continue
		}
		hedges++
		requests := c.startedBefore(a.start + 1)
		if most := 2 + requests/20; hedges > most {
			c.fail("%s is number %d of %d requests, want at most %d", a, hedges, requests, most)
		}
		if hedges == 1 && a.start < a.end && !slices.ContainsFunc(c.connections, func(c *connection) bool { return c.dialed == a.start }) {
			c.fail("%s is the first one and opens no connection", a)
		}
	}
}

func (c *checker) startedBefore(then time.Duration) int {
	n := 0
	for _, a := range c.attempts {
		if a.start < then {
			n++
		}
	}
	return n
}

// checkMissingHedge checks that a late request has a hedge unless the budget, the
// rate or a pause prevents it. Every other request that is late by then and has
// no hedge yet may have taken the budget: it gives it back at its end.
func (c *checker) checkMissingHedge(a *attempt, limited []interval) {
	from, to := a.late.from, a.late.to
	taken := 0
	for _, other := range c.whole {
		if other.late.from <= to+tolerance && (other.hedge != nil || other != a && other.first.end >= from-tolerance) {
			taken++
		}
	}
	free := firstAfter(to, limited)
	if !c.config.NoHedges && a.first.end > free+tolerance && taken < 2+c.startedBefore(from)/20 && !c.isPaused(from, a.end, c.config.RetryWaitMax-time.Second) {
		c.fail("%s has no hedge; it is late at %s at the latest, and nothing is in the way from %s until its end at %s", a, to, free, a.first.end)
	}
}

// findLate returns the bounds of the time after which an attempt that starts then
// is late. The smoothed answer time is between the shortest and the longest one.
// An answer that comes at that time may count or not.
func (c *checker) findLate(start time.Duration) interval {
	delays := []time.Duration{}
	known := false
	for _, a := range c.attempts {
		if !a.succeeded() || a.end > start {
			continue
		}
		known = known || a.end < start
		delays = append(delays, 4*(a.end-a.answer.arrived+c.network.oneWay))
		if a.Sent > 1 {
			delays = append(delays, 4*a.Duration) // it counts from the first connection
		}
	}
	if !known {
		delays = append(delays, firstHedgeDelay)
	}
	return interval{start + max(minHedgeDelay, slices.Min(delays)), start + max(minHedgeDelay, slices.Max(delays))}
}
