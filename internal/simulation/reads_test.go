// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"errors"
	"slices"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// check checks that the outcome of a read is that of its last attempt, and that it
// is retried as DESIGN says.
func (r *reading) check() {
	r.checkRetries(r.attempts)
	r.checkReadDemand()
	failure, failed := errors.AsType[*wachat.Error](r.Err)
	state, mismatch := errors.AsType[*wachat.StateError](r.Err)
	n := len(r.attempts)
	var last *attempt
	if n > 0 {
		last = r.attempts[n-1]
	}
	switch {
	case errors.Is(r.Err, errLeft), errors.Is(r.Err, wachat.ErrNotRead) && n == 0:
	case tooLong(r.Err) && r.isPaused(r.start, r.end, r.config.RetryWaitMax):
	case n == 0 || last.kind != wachat.KindOf(r.Err) || last.succeeded() != (r.Err == nil || mismatch):
		r.fail("the outcome is %v, after %v", r.Err, last)
	case mismatch && (state.Found != last.answer.state || state.Found == state.Required || state.Polls != 1 || state.Waited != 0):
		r.fail("it is reported as %+v, and its answer was %q", *state, last.answer.state)
	case failed && (failure.Attempts != n || failure.Instance != r.name):
		r.fail("the error counts %d attempts for %s, and there were %d", failure.Attempts, failure.Instance, n)
	case failed && transient(failure.Kind) && !failure.TooLong && n != r.config.MaxRetries+1:
		r.fail("it failed after %d attempts: %v", n, failure)
	}
}

// checkRetries checks that only transient failures are retried, and that the
// attempts are at least retry_wait_min apart, and at least the Retry-After.
func (c *checker) checkRetries(attempts []*attempt) {
	for k := 1; k < len(attempts); k++ {
		before := attempts[k-1]
		if before.succeeded() || !transient(before.kind) {
			c.fail("%s follows %s, which ended with %v", attempts[k], before, before.Err)
		}
		shortest := c.config.RetryWaitMin
		if before.answer != nil {
			shortest = max(shortest, before.answer.fault.pause)
		}
		if gap := attempts[k].start - before.end; gap < shortest-tolerance || attempts[k].Number != before.Number+1 {
			c.fail("%s starts %s after %s ended, want at least %s", attempts[k], gap, before, shortest)
		}
	}
}

// minConsecutiveFailures is how many reads in a row have to fail, however few
// are in flight, before a fleet ends early.
const minConsecutiveFailures = 5

// checkFleet checks that a fleet ends early only for a reason that DESIGN names.
func (c *checker) checkFleet(o *outcome) {
	if !o.fleet {
		return
	}
	notRead, stopped, failed, unauthorized, counting := 0, 0, 0, false, 0
	for _, result := range o.results {
		state, mismatch := errors.AsType[*wachat.StateError](result.Err)
		kind := wachat.KindOf(result.Err)
		unauthorized = unauthorized || kind == wachat.KindUnauthorized
		switch {
		case errors.Is(result.Err, wachat.ErrNotRead):
			notRead++
		case mismatch && state.Stopped:
			stopped++
		case result.Err != nil && !errors.Is(result.Err, errLeft):
			failed++
		}
		if slices.Contains(everywhere, kind) {
			counting++
		}
	}
	aborts := unauthorized || counting >= max(minConsecutiveFailures, c.config.MaxConcurrentRequests)
	if notRead > 0 && !aborts {
		c.fail("operation %d: %d of %d instances are not read, without a reason", o.number, notRead, len(o.results))
	}
	if stopped > 0 && failed == 0 {
		c.fail("operation %d: the waits for %d instances were stopped though none failed", o.number, stopped)
	}
}
