// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"time"
)

// errWaitOver is the cause of the end of a poll that the deadline cut off.
var errWaitOver = errors.New("the wait is over")

// wait polls one instance until it meets a requirement.
type wait struct {
	client      *Client
	name        string
	requirement Requirement
	polled      func() // called after the first poll
	start       time.Time
	deadline    time.Time // until then a streak may begin

	streak  *streak       // nil unless the last answer gave the required state
	state   string        // that the last answer gave
	begun   time.Time     // the last poll
	pause   *Error        // that kept the last poll from being sent
	slowest time.Duration // answer
	result  StateError    // what there is to report
}

func newWait(c *Client, name string, r Requirement, polled func()) *wait {
	start := time.Now()
	return &wait{
		client:      c,
		name:        name,
		requirement: r,
		polled:      polled,
		start:       start,
		deadline:    start.Add(r.Timeout),
		result:      StateError{Instance: name, Required: r.State, StableFor: r.StableFor},
	}
}

func (w *wait) run(ctx context.Context) (*InstanceState, error) {
	for {
		state, err := w.poll(ctx)
		if cause := context.Cause(ctx); err != nil && cause != nil {
			return nil, w.stopped(cause)
		}
		if errors.Is(err, errWaitOver) {
			return nil, w.failed()
		}
		if err := w.record(state, err); err != nil {
			return nil, err
		}
		if w.streak.complete() {
			return state, nil
		}
		due, more := w.nextPoll()
		if err := sleep(ctx, time.Until(due)); err != nil {
			return nil, w.stopped(err)
		}
		if !more {
			return nil, w.failed()
		}
	}
}

// poll makes one attempt. The deadline cuts it off unless it is part of a
// streak, or the first poll, which may always begin one. Without a time to
// wait, the first poll is a read with its retries.
func (w *wait) poll(ctx context.Context) (*InstanceState, error) {
	w.begun, w.pause = time.Now(), nil
	first := w.result.Polls == 0
	if first && w.requirement.Timeout == 0 {
		return w.client.read(ctx, w.name)
	}
	if w.streak == nil && (!first || w.requirement.StableFor == 0) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadlineCause(ctx, w.deadline, errWaitOver)
		defer cancel()
	}
	return w.client.poll(withAttemptNumber(ctx, w.result.Polls+1), w.name)
}

// record takes the outcome of a poll and returns the error if it is permanent.
func (w *wait) record(state *InstanceState, err error) error {
	var failure *Error
	if errors.As(err, &failure) && failure.Attempts == 0 {
		return w.recordPause(*failure)
	}
	w.result.Polls++
	if w.result.Polls == 1 {
		defer w.polled()
	}
	if err == nil && w.isStale(state) {
		failure = withInstance(w.name, &Error{Kind: KindStale, Reason: "its Age is " + state.Age.String()})
		err = failure
	}
	if err == nil {
		w.recordState(state)
		w.report(nil)
		return nil
	}
	if failure == nil || !failure.Retryable() && !failure.TooLong {
		w.report(err)
		return err
	}
	w.recordFailure(*failure)
	w.report(err)
	if w.requirement.Timeout == 0 && w.result.Polls == 1 {
		return err // of a read
	}
	return nil
}

// isStale reports whether an answer with the required state says nothing about
// how long the state has held: it comes from a cache.
func (w *wait) isStale(state *InstanceState) bool {
	return w.requirement.StableFor > 0 && state.State == w.requirement.State && state.Age > 0
}

func (w *wait) recordState(state *InstanceState) {
	if w.state != "" && w.state != state.State {
		w.result.Changes++
	}
	w.state = state.State
	w.slowest = max(w.slowest, state.answered.Sub(state.requested))
	w.result.Found = w.client.sanitizer.sanitize(state.State, answerLimit)
	w.result.DisplayName = w.client.displayName(state)
	w.result.Last = nil
	switch {
	case state.State != w.requirement.State:
		w.endStreak()
	case w.streak == nil:
		w.streak = newStreak(state.answered, w.requirement.StableFor, w.client.config)
	default:
		w.streak.extend(state.requested)
	}
}

// recordPause takes a pause that another read met, and in which no poll was sent.
// It says nothing about this instance.
func (w *wait) recordPause(pause Error) error {
	if w.requirement.Timeout == 0 && w.result.Polls == 0 {
		return &pause // of a read
	}
	pause.TooLong = false // a wait honors a pause that a read would not
	w.pause = &pause
	return nil
}

func (w *wait) recordFailure(failure Error) {
	failure.TooLong = false // a wait honors a Retry-After that a read would not
	w.result.Last = &failure
	if w.streak != nil && w.streak.fail() {
		w.endStreak()
	}
}

func (w *wait) endStreak() {
	if w.streak != nil {
		w.result.Held = w.streak.held()
		w.streak = nil
	}
}

func (w *wait) report(err error) {
	if w.requirement.OnPoll == nil {
		return
	}
	poll := Poll{
		Err:     err,
		Elapsed: time.Since(w.start), Timeout: w.requirement.Timeout,
		Held: w.streak.held(), StableFor: w.requirement.StableFor,
	}
	if err == nil {
		poll.State = w.result.Found
	}
	w.requirement.OnPoll(poll)
}

// nextPoll returns when the next poll is due, or without another when the wait
// ends.
func (w *wait) nextPoll() (due time.Time, more bool) {
	now := time.Now()
	last := w.lastPoll()
	end := w.deadline
	if w.streak != nil {
		end = latest(end, w.streak.end(), now.Add(w.client.config.RetryWaitMax))
	}
	switch {
	case w.pause != nil:
		due = w.client.limits.pauseEnd() // the poll that was due was not sent
	case w.streak != nil:
		due = w.streak.nextPoll(now, w.requirement.PollInterval)
	case w.begun.Before(last):
		due = latest(now, earliest(now.Add(w.requirement.PollInterval), last))
	default:
		return w.deadline, false
	}
	if w.result.Last != nil && w.result.Last.RetryAfter > 0 {
		due = latest(due, w.client.limits.pauseEnd())
	}
	if due.After(end) { // the API allows no further poll in time
		if w.pause != nil {
			w.result.Last = w.pause
		}
		return now, false
	}
	return due, true
}

// lastPoll returns when the last poll that is not part of a streak is due, so
// that its answer comes before the deadline.
func (w *wait) lastPoll() time.Time {
	margin := min(max(2*w.slowest, time.Second), w.requirement.Timeout/2)
	return w.deadline.Add(-margin)
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(t time.Time, others ...time.Time) time.Time {
	for _, other := range others {
		if other.After(t) {
			t = other
		}
	}
	return t
}

// stopped returns the cause of the end of the caller's context, or what was
// last seen if that is the end of a fleet's wait.
func (w *wait) stopped(cause error) error {
	if !errors.Is(cause, ErrNotRead) || w.result.Polls == 0 {
		return cause
	}
	w.result.Stopped = true
	return w.failed()
}

func (w *wait) failed() *StateError {
	w.endStreak()
	w.result.Waited = time.Since(w.start)
	return &w.result
}
