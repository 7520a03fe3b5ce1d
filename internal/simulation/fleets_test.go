// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"errors"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// minConsecutiveFailures is how many reads in a row have to fail, however few
// are in flight, before a fleet ends early.
const minConsecutiveFailures = 5

// checkFleet checks that a fleet ends early only for a reason that DESIGN names,
// and that a fleet that waits does end then.
func (c *checker) checkFleet(o *outcome) {
	if !o.operation.fleet {
		return
	}
	notRead, stopped, failed := 0, 0, 0
	for _, result := range o.results {
		var state *wachat.StateError
		switch {
		case errors.Is(result.Err, wachat.ErrNotRead):
			notRead++
		case errors.As(result.Err, &state) && state.Stopped:
			stopped++
		case wachat.KindOf(result.Err) != wachat.KindUnknown:
			failed++
		}
	}
	if notRead > 0 && !c.mayAbort(o) {
		c.fail("operation %d: %d of %d instances are not read, without a reason: %v", o.operation.number, notRead, len(o.results), c.kinds(o))
	}
	failedAt, polledAt := c.failedAndPolled(o)
	if stopped > 0 && failed == 0 {
		c.fail("operation %d: the waits for %d instances were stopped though none failed", o.operation.number, stopped)
	}
	waits := o.operation.requirement.Timeout > 0
	if waits && failedAt >= 0 && polledAt >= 0 && o.end > max(failedAt, polledAt)+tolerance {
		c.fail("operation %d waits until %s, and an instance had failed for good at %s, when all were polled at %s", o.operation.number, o.end, failedAt, polledAt)
	}
}

// mayAbort reports whether the key was refused, or as many reads as may be in
// flight, at least five, failed in a way that every read would.
func (c *checker) mayAbort(o *outcome) bool {
	failures := 0
	for _, result := range o.results {
		kind := wachat.KindOf(result.Err)
		if kind == wachat.KindUnauthorized {
			return true
		}
		if affectsAll(kind) {
			failures++
		}
	}
	return failures >= max(minConsecutiveFailures, c.config.MaxConcurrentRequests)
}

func (c *checker) kinds(o *outcome) map[string]int {
	kinds := map[string]int{}
	for _, result := range o.results {
		switch {
		case result.Err == nil:
			kinds["read"]++
		case errors.Is(result.Err, wachat.ErrNotRead):
			kinds["not read"]++
		default:
			kinds[wachat.KindOf(result.Err).String()]++
		}
	}
	return kinds
}

// failedAndPolled returns when the first permanent failure came, and when every
// name had its first poll; less than 0 for never, or if other operations share
// the names.
func (c *checker) failedAndPolled(o *outcome) (failed, polled time.Duration) {
	failed = -1
	for _, name := range o.operation.names {
		p := newPolls(c.attemptsOf(o.operation, name))
		if len(p.completed) == 0 || c.users[name] > 1 {
			return failed, -1
		}
		polled = max(polled, p.completed[0].end)
		for _, a := range p.completed {
			if a.failure != nil && !transient(a.kind) && (failed < 0 || a.end < failed) {
				failed = a.end
			}
		}
	}
	return failed, polled
}
