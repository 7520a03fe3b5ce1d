// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"errors"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// checkWait checks the outcome of a wait, with and without stable_for.
func (c *checker) checkWait(o *outcome, i int, polls *polls) {
	number, name, result := o.operation.number, o.operation.names[i], o.results[i]
	if !o.operation.fleet {
		c.checkOnPoll(o, polls)
	}
	var failure *wachat.Error
	var state *wachat.StateError
	switch {
	case errors.Is(result.Err, errLeft), errors.Is(result.Err, wachat.ErrNotRead):
	case result.Err == nil:
		c.checkStreak(o, name, polls)
	case errors.As(result.Err, &state):
		c.checkStateError(o, name, state, polls)
	case errors.As(result.Err, &failure):
		c.checkWaitFailure(o, name, failure, polls)
	default:
		c.fail("operation %d: the wait for %s has the error %v", number, name, result.Err)
	}
	if o.operation.requirement.StableFor == 0 {
		c.checkDuePoll(o, i, polls)
	}
}

// found reports whether an attempt found the state that the operation requires,
// in an answer from no cache if it has to be stable.
func (c *checker) found(o *outcome, a *attempt) bool {
	seen := c.answers[a.RequestID]
	if !a.succeeded() || seen.state != o.operation.requirement.State {
		return false
	}
	return o.operation.requirement.StableFor == 0 || seen.fault == nil || seen.fault.age == 0
}

// checkStreak checks a success: the state held from the first answer of the
// streak to the last request, at least for stable_for, and no poll between them
// found another state. Fewer than three in a row may have failed.
func (c *checker) checkStreak(o *outcome, name string, polls *polls) {
	last := polls.last()
	if last == nil || !c.found(o, last) {
		c.fail("operation %d: the wait for %s succeeds, and its last poll did not find the state", o.operation.number, name)
		return
	}
	first, failures := last, 0
	for k := len(polls.completed) - 2; k >= 0; k-- {
		a := polls.completed[k]
		switch {
		case c.found(o, a):
			first, failures = a, 0
		case a.succeeded() && c.answers[a.RequestID].state != o.operation.requirement.State:
			k = 0 // the streak began after it
		default:
			if failures++; failures == 3 {
				k = 0
			}
		}
	}
	held := last.requested - first.answered
	if last == first {
		held = 0
	}
	if held < o.operation.requirement.StableFor-tolerance {
		c.fail("operation %d: %s held the state for %s, and the read succeeds", o.operation.number, name, held)
	}
}

// isEnd reports whether the wait for one instance may have ended then.
func (o *outcome) isEnd(then time.Duration) bool {
	return then == o.end || then == o.start+o.operation.requirement.Timeout
}

// checkStateError checks that a wait that fails took its time, and that the
// error says what the polls found.
//
// A poll that ends at the same time as the wait may or may not count.
func (c *checker) checkStateError(o *outcome, name string, state *wachat.StateError, polls *polls) {
	number, requirement := o.operation.number, o.operation.requirement
	if last := polls.last(); last != nil && o.isEnd(last.end) && state.Polls == c.countPolls(o, polls)-1 {
		polls = polls.withoutLast()
	}
	if took := o.end - o.start; took < requirement.Timeout-tolerance && !state.Stopped && !c.isPausedBeyond(o) {
		c.fail("operation %d: the wait for %s ends after %s, before its time of %s: %v", number, name, took, requirement.Timeout, state)
	}
	if state.Polls != c.countPolls(o, polls) {
		c.fail("operation %d: the error of %s counts %d polls, and there were %d", number, name, state.Polls, c.countPolls(o, polls))
	}
	if state.Last != nil && state.Last.Attempts == 0 {
		// A pause that another read met, and not the failure of a poll. A limit
		// may have kept the next poll back when it was over.
		if !c.isPausedFor(o, 0) {
			c.fail("operation %d: the error of %s has a pause that was none: %+v", number, name, *state)
		}
		return
	}
	last := polls.last()
	if last == nil {
		if state.Found != "" || state.Last != nil {
			c.fail("operation %d: the error of %s has a state or a failure without a poll: %+v", number, name, *state)
		}
		return
	}
	if (state.Last == nil) != last.succeeded() && !c.isFromCache(last) {
		c.fail("operation %d: the error of %s has the failure %v, and its last poll ended with %v", number, name, state.Last, last.Err)
	}
	// Either failure says what was wrong where both requests of a poll failed.
	if state.Last != nil && last.failure != nil && state.Last.Kind != last.kind && state.Last.Kind != last.otherKind {
		c.fail("operation %d: the error of %s has the failure %v, and its last poll ended with %v", number, name, state.Last, last.Err)
	}
	if found := c.lastState(o, polls); state.Found != found {
		c.fail("operation %d: the error of %s has the state %q, and the last one was %q", number, name, state.Found, found)
	}
	if requirement.StableFor == 0 {
		for _, a := range polls.completed {
			if c.found(o, a) {
				c.fail("operation %d: a poll at %s found %s in the state, and the wait fails", number, a.start, name)
			}
		}
	}
}

// countPolls counts a read with its retries, which is what the first poll is
// without a time to wait, as one poll.
func (c *checker) countPolls(o *outcome, polls *polls) int {
	n := len(polls.completed)
	if o.operation.requirement.Timeout > 0 {
		return n
	}
	for k, a := range polls.completed {
		if a.succeeded() || !transient(a.kind) || k == c.config.MaxRetries {
			return n - k
		}
	}
	return min(n, 1)
}

// isFromCache reports whether the answer counts as a failure because it is from
// a cache.
func (c *checker) isFromCache(a *attempt) bool {
	seen := c.answers[a.RequestID]
	return seen != nil && seen.fault != nil && seen.fault.age > 0
}

func (c *checker) lastState(o *outcome, polls *polls) string {
	state := ""
	for _, a := range polls.completed {
		if a.succeeded() && (c.found(o, a) || c.answers[a.RequestID].state != o.operation.requirement.State) {
			state = c.answers[a.RequestID].state
		}
	}
	return state
}

// isPausedBeyond reports whether the API allows no request before the wait is
// over.
func (c *checker) isPausedBeyond(o *outcome) bool {
	deadline := o.start + o.operation.requirement.Timeout
	for _, pause := range c.pauses {
		if pause.from <= o.end && pause.to > deadline-tolerance {
			return true
		}
	}
	return false
}

// checkWaitFailure checks that a wait ends with a permanent failure only.
func (c *checker) checkWaitFailure(o *outcome, name string, failure *wachat.Error, polls *polls) {
	last := polls.last()
	isRead := o.operation.requirement.Timeout == 0 && c.countPolls(o, polls) <= 1
	switch {
	case isRead && failure.TooLong:
	case isRead && failure.Kind == wachat.KindStale && c.isFromCache(last):
	case last == nil || last.kind != failure.Kind:
		c.fail("operation %d: the wait for %s ends with %v, and its last poll did not", o.operation.number, name, failure)
	case transient(failure.Kind) && !isRead:
		c.fail("operation %d: the wait for %s ends after %s with a transient failure: %v", o.operation.number, name, o.end-o.start, failure)
	}
}

// checkDuePoll checks that a wait polls once more before its deadline: twice the
// slowest answer before it, at least a second and at most half of the wait.
// Where the instance is in the state from then on, the wait succeeds.
func (c *checker) checkDuePoll(o *outcome, i int, polls *polls) {
	name, timeout := o.operation.names[i], o.operation.requirement.Timeout
	if o.results[i].Err == nil || errors.Is(o.results[i].Err, errLeft) || o.end < o.start+timeout-tolerance || len(polls.completed) == 0 {
		return
	}
	var slowest, longest time.Duration
	for _, a := range polls.all {
		longest = max(longest, a.end-a.start)
		if a.succeeded() {
			slowest = max(slowest, a.answered-a.requested)
		}
		if a.failure != nil {
			return // it may be the poll that failed
		}
	}
	margin := min(max(2*slowest, time.Second), timeout/2)
	due := o.start + timeout - margin
	last := polls.all[len(polls.all)-1]
	if last.end >= due || c.firstUnblocked(due) > due || c.firstUnblocked(last.end) > due {
		return
	}
	c.fail("operation %d: the last poll for %s is at %s, and one was due at %s (deadline %s)", o.operation.number, name, last.start, due, o.start+timeout)
}

// checkOnPoll checks that the caller hears of each poll. One that ends at the
// same time as the wait may or may not count.
func (c *checker) checkOnPoll(o *outcome, polls *polls) {
	if last := polls.last(); last != nil && o.isEnd(last.end) && len(o.polls) == c.countPolls(o, polls)-1 {
		polls = polls.withoutLast()
	}
	if want := c.countPolls(o, polls); len(o.polls) != want && !errors.Is(o.results[0].Err, errLeft) && !tooLong(o.results[0].Err) {
		c.fail("operation %d: OnPoll is called %d times for %d polls", o.operation.number, len(o.polls), want)
	}
	for _, p := range o.polls {
		if p.Held > p.Elapsed || p.Held < 0 {
			c.fail("operation %d: a poll after %s reports that the state held for %s", o.operation.number, p.Elapsed, p.Held)
		}
	}
}
