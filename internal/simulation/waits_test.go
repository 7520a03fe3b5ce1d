// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// waiting follows the wait for one instance, poll after poll, by the rules of
// DESIGN. Times are since the start of the run.
type waiting struct {
	*reading
	deadline time.Duration

	polls, changes int
	found          string
	last           *attempt // of the last poll
	begun          time.Duration
	slowest        time.Duration
	streak         *interval // from the first answer to the last request; nil if the state was not found
	failures       int       // in a row, in the streak
	held           time.Duration
	cutOff         bool // the poll under way was
}

// check checks that the polls come when they are due, and that the outcome is
// what they found. A poll that ends at the same time as the wait may or may not
// count: then nothing more is checked.
func (w *waiting) check() {
	due, more := w.start, true
	attempts := w.attempts
	for len(attempts) > 0 {
		first := attempts[0]
		isRead, sure := w.isRead(due, first.start)
		if !sure {
			return
		}
		if !more || first.start < due-tolerance {
			w.fail("%s polls when one is due at %s, or none (%t); the clock began with the poll before, or at %s", first, due, !more, w.start)
			return
		}
		w.checkDemand(first, due)
		poll := attempts[:w.pollLength(attempts, isRead)]
		attempts = attempts[len(poll):]
		last := poll[len(poll)-1]
		if last.end == last.start {
			return // cut off as it started
		}
		if last.cutOff() {
			w.cutOff = true
			w.checkCutOff(last, len(attempts))
			break
		}
		if last.end == w.deadline || last.end == w.end && w.isLeft() || !w.isComplete(poll, isRead) {
			return
		}
		w.checkRetries(poll)
		w.begun = due
		if end := w.pauseEnd(first.start); !isRead && end > due { // a read waits for the end of a pause by itself
			w.begun = min(end, first.start)
		}
		over := w.record(last, isRead)
		if over {
			w.checkOver(last, len(attempts))
			return
		}
		begun := slices.DeleteFunc(slices.Clone(w.pauses), func(pause interval) bool { return pause.from != last.end })
		if len(begun) > 1 {
			return // the wait may know of the others' pauses, or not
		}
		due, more = w.next(last.end)
	}
	w.checkTimedOut(due, more)
}

// pollLength returns how many of the attempts are one poll: more than one where it
// is a read with its retries.
func (c *checker) pollLength(attempts []*attempt, isRead bool) int {
	for k, a := range attempts {
		if !isRead || k == c.config.MaxRetries || a.decides() || a.cutOff() || a.failure.TooLong {
			return k + 1
		}
	}
	return len(attempts)
}

// isComplete reports whether the attempts are all of a poll.
func (c *checker) isComplete(poll []*attempt, isRead bool) bool {
	last := poll[len(poll)-1]
	return !isRead || len(poll) > c.config.MaxRetries || last.decides() || last.failure != nil && last.failure.TooLong
}

// isRead reports whether the poll that was due is a read with its retries: one that
// decides alone. It is not sure where a pause may have moved the poll to the end
// of the streak, or kept a read from being sent.
func (w *waiting) isRead(due, start time.Duration) (isRead, sure bool) {
	first := w.polls == 0 && w.requirement.Timeout == 0
	switch {
	case first || w.streak != nil && due >= w.streakEnd():
		return true, !w.isPaused(due, w.end, w.config.RetryWaitMax-time.Second)
	case w.streak != nil && start >= w.streakEnd():
		return false, !w.isPaused(due, start, 0)
	default:
		return false, true
	}
}

func (w *waiting) streakEnd() time.Duration { return w.streak.from + w.requirement.StableFor }

func (w *waiting) isLeft() bool {
	state, mismatch := errors.AsType[*wachat.StateError](w.Err)
	return errors.Is(w.Err, errLeft) || errors.Is(w.Err, wachat.ErrNotRead) || mismatch && state.Stopped
}

// isFinal reports whether no later poll can succeed.
func isFinal(a *attempt, required string) bool {
	if a.succeeded() {
		return a.answer.state != required && strings.EqualFold(a.answer.state, required)
	}
	return !transient(a.kind)
}

// record takes the outcome of a poll and reports whether it ends the wait.
func (w *waiting) record(last *attempt, isRead bool) (over bool) {
	w.polls++
	w.last = last
	over = isFinal(last, w.requirement.State)
	switch {
	case !last.succeeded():
		w.failures++
		if w.failures == 3 || isRead {
			w.endStreak()
		}
		return over || w.requirement.Timeout == 0 && w.polls == 1
	case w.found != "" && w.found != last.answer.state:
		w.changes++
	}
	w.found, w.failures = last.answer.state, 0
	w.slowest = max(w.slowest, last.end-last.requested)
	switch {
	case w.found != w.requirement.State:
		w.endStreak()
		return over
	case w.streak == nil:
		w.streak = &interval{last.end, last.end}
	default:
		w.streak.to = last.requested
	}
	return w.streak.to >= w.streakEnd()
}

func (w *waiting) endStreak() {
	if w.streak != nil {
		w.held = w.streak.to - w.streak.from
		w.streak = nil
	}
}

// next returns when the next poll is due, or the time at which the wait ends without
// one. The last poll is due before the deadline by twice the slowest answer, at
// least a second and at most half of the wait.
func (w *waiting) next(now time.Duration) (due time.Duration, more bool) {
	end := w.deadline
	lastPoll := end - min(max(2*w.slowest, time.Second), w.requirement.Timeout/2)
	due = now + w.requirement.PollInterval
	switch {
	case w.streak != nil:
		due, end = min(due, w.streakEnd()), max(end, w.streakEnd()+w.config.RetryWaitMax)
	case w.begun < lastPoll:
		due = max(now, min(due, lastPoll))
	default:
		return max(now, end), false
	}
	if w.last.failure != nil && w.last.failure.RetryAfter > 0 {
		due = max(due, w.pauseEnd(now))
	}
	if due > end {
		return now, false
	}
	return max(now, due), true
}

// checkCutOff checks that a poll without an answer is the last one, and that only
// the deadline cuts it off, or the end of the caller's context or of the fleet.
func (w *waiting) checkCutOff(last *attempt, further int) {
	atDeadline := last.end == w.deadline && w.streak == nil
	leaves := w.isLeft() || w.end == w.deadline && w.leavesAfter > 0
	if further > 0 || !atDeadline && !leaves {
		w.fail("%s was cut off at %s (deadline %s), before %d more attempts; the wait ends with %v", last, last.end, w.deadline, further, w.Err)
	}
}

// checkOver checks the outcome of a wait that a poll decided.
func (w *waiting) checkOver(last *attempt, further int) {
	state, mismatch := errors.AsType[*wachat.StateError](w.Err)
	end := w.end
	if mismatch {
		end = w.start + state.Waited
	}
	switch {
	case further > 0 || end > last.end+tolerance && !w.fleet:
		w.fail("%s decided the wait at %s, which ended at %s, after %d more attempts", last, last.end, end, further)
	case w.isLeft() && last.end == w.end:
	case mismatch != (last.succeeded() && w.streak == nil), !mismatch && wachat.KindOf(w.Err) != last.kind:
		w.fail("%s decided the wait, which ended with %v", last, w.Err)
	case mismatch:
		w.checkReport(state)
	}
}

// checkTimedOut checks the outcome of a wait that no poll decided: it took its
// time, unless the API allowed no further poll within it.
func (w *waiting) checkTimedOut(due time.Duration, more bool) {
	state, mismatch := errors.AsType[*wachat.StateError](w.Err)
	_, sure := w.isRead(due, due)
	moved := w.streak != nil && w.isPaused(due, w.end, 0) // to the end of the streak
	if !sure || moved || tooLong(w.Err) && w.polls == 0 || w.isLeft() && !mismatch {
		return
	}
	if !mismatch {
		w.fail("no poll decided, and the wait ends with %v", w.Err)
		return
	}
	end := w.start + state.Waited
	if end == w.deadline && w.fleet && w.isLeft() {
		return
	}
	free := firstAfter(due, w.blocked)
	within := w.deadline
	if w.streak != nil {
		within = max(within, w.streakEnd()+w.config.RetryWaitMax)
	}
	paused := w.pauseEnd(end) > within-tolerance
	switch {
	case state.Stopped, w.fleet && !more && end == w.end: // it would not have polled again
	case !more && (end < due-tolerance || end > due+tolerance):
		w.fail("the wait ends at %s, want %s; its clock began at %s", end, due, w.start)
	case more && free < end-tolerance && !w.cutOff:
		w.fail("no poll at %s, when one was due, until the end at %s", free, end)
	case more && end < w.deadline-tolerance && !paused:
		w.fail("the wait ends at %s, before its deadline at %s", end, w.deadline)
	case more && w.pauseEnd(due) > within+tolerance && end > due+tolerance && w.pauseEnd(due-1) == w.pauseEnd(due):
		w.fail("the wait ends at %s; at %s it was known that no poll is allowed in time", end, due)
	}
	w.checkReport(state)
}

// checkReport checks that the error says what the polls found.
func (w *waiting) checkReport(state *wachat.StateError) {
	w.endStreak()
	if state.Polls != w.polls || state.Found != w.found || state.Changes != w.changes || state.Held != w.held || state.Unanswered != w.cutOff {
		w.fail("the error is %+v, want %d polls, state %q, %d changes, held for %s, unanswered %t", *state, w.polls, w.found, w.changes, w.held, w.cutOff)
	}
}
