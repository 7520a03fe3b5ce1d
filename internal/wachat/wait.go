// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// DefaultPollInterval is the time between two polls where a [Requirement] gives
// none.
const DefaultPollInterval = 5 * time.Second

// Requirement is what a read has to find to succeed.
type Requirement struct {
	// State is the state that the instance has to be in. Empty, the default,
	// accepts any, and the other fields then have no effect.
	State string

	// Timeout is how long to wait for State. With 0, the default, the first
	// answer decides.
	Timeout time.Duration

	// StableFor is how long State has to hold, poll after poll, before the read
	// succeeds. With 0, the default, one answer is enough.
	StableFor time.Duration

	// PollInterval is the time between the end of one poll and the start of the
	// next. 0 means [DefaultPollInterval].
	PollInterval time.Duration

	// OnPoll, if set, is called with each poll when it has ended. Calls of a fleet may
	// be concurrent.
	OnPoll func(Poll)
}

// polls reports whether more than one answer may be needed.
func (r Requirement) polls() bool { return r.State != "" && (r.Timeout > 0 || r.StableFor > 0) }

// Poll is one poll of an instance and its outcome.
type Poll struct {
	State   string        // fit to be shown; empty if the poll failed
	Err     error         // nil if the poll gave State
	Elapsed time.Duration // since the start of the wait
	Held    time.Duration // how long the required state has held, or had before it was lost
}

// StateError reports that an instance is not in the required state, or did not
// stay in it for long enough. Its texts are fit to be shown.
type StateError struct {
	Instance    string
	DisplayName string // the name in Wachat's dashboard; empty if no answer gave it
	Found       string // the last state that was seen; empty if none was

	// Required, Timeout and StableFor are the requirement's.
	Required           string
	Timeout, StableFor time.Duration

	// Waited is how long the instance was polled, 0 if one answer decided, and
	// Polls the number of polls that got an answer or failed. Unanswered is set if
	// the last poll was sent, and the wait ended before there was an answer: that
	// poll does not count.
	Waited     time.Duration
	Polls      int
	Unanswered bool

	// Held is how long Required held before it was lost, and Changes how often the
	// state changed from poll to poll.
	Held    time.Duration
	Changes int

	// Last is the failure of the last poll; nil if that poll gave Found. Its
	// Attempts is 0 if no further poll was sent, because of a Retry-After that
	// another read met.
	Last *Error

	// Stopped is set if the wait of a fleet ended, because of another instance,
	// before this one's time was over.
	Stopped bool
}

// Error says in one line what was required and what was found.
func (e *StateError) Error() string {
	return fmt.Sprintf("instance %q: state is %q, not %q, after %s", e.Instance, e.Found, e.Required, e.Waited)
}

// Require reads the state of the instance whose unique API name is name (GET
// /instance/state, "Get Instance State" in Wachat's API reference), which has to
// meet the requirement. Without a timeout and a time to be stable that is one
// read. With one of them it polls, one attempt each: a transient failure does not
// end the wait, any other does at once.
//
// The error is an [*Error], a [*StateError], or the cause of ctx's end.
func (c *Client) Require(ctx context.Context, name string, r Requirement) (*InstanceState, error) {
	return c.require(ctx, name, r, func() {})
}

// require calls polled when a wait has had its first poll.
func (c *Client) require(ctx context.Context, name string, r Requirement, polled func()) (*InstanceState, error) {
	if err := c.check(name, r.State); err != nil {
		return nil, err
	}
	w := &wait{
		client: c, want: r, start: time.Now(), call: call{name: name, maxAge: maxAge},
		StateError: StateError{Instance: name, Required: r.State, Timeout: r.Timeout, StableFor: r.StableFor},
	}
	if r.polls() {
		return w.run(ctx, polled)
	}
	state, err := c.read(ctx, w.call, 1)
	if err != nil || r.State == "" || state.State == r.State {
		return state, err
	}
	w.Found, w.DisplayName, w.Polls = state.ShownState, state.DisplayName, 1
	return nil, &w.StateError
}

// maxStreakFailures is how many transient failures in a row end a streak.
const maxStreakFailures = 3

// wait polls one instance until it meets a requirement. All its times are those
// since its start.
type wait struct {
	client *Client
	call   call
	want   Requirement
	start  time.Time

	begun      time.Duration // when the last poll began
	slowest    time.Duration // answer
	pause      *Error        // kept the last poll from being sent
	streak     *streak       // nil unless the last answer gave the required state
	StateError               // what there is to report
}

// streak is a series of polls that all found the required state. It runs from
// the first answer to the last request: what the state was before that answer
// or after that request is not known.
type streak struct {
	first, end time.Duration
	failures   int // in a row
}

func (w *wait) run(ctx context.Context, polled func()) (*InstanceState, error) {
	if w.StableFor > 0 {
		w.call.maxAge = 0 // an answer from a cache says nothing about how long the state has held
	}
	for {
		begun := w.now()
		state, err := w.poll(ctx, begun)
		failure, isFailure := errors.AsType[*Error](err)
		w.pause = nil
		switch {
		case err != nil && !isFailure: // the deadline or the caller has cut off the poll
			w.Unanswered = w.client.limiter.hasStarted(w.call.name, w.start.Add(begun))
			return nil, w.stopped(ctx)
		case isFailure && failure.Attempts == 0 && (w.call.poll || w.streak != nil):
			w.pause = failure
		default:
			w.begun = begun
			over := w.record(state, err)
			polled()
			if over {
				return state, err
			}
		}
		pause, _, _ := w.client.limiter.pauseLeft(0) // a wait decides itself what is too long
		due, more := w.next(w.now(), pause)
		sleep(ctx, due-w.now(), nil)
		if !more || ctx.Err() != nil {
			w.Last = cmp.Or(w.pause, w.Last)
			return nil, w.stopped(ctx)
		}
	}
}

func (w *wait) now() time.Duration { return time.Since(w.start) }

// poll is cut off by the deadline unless it is part of a streak, or the first
// poll, which may always begin one. It is a read with its retries where it decides
// alone: at the end of a streak, and at the start if there is no time to wait.
func (w *wait) poll(ctx context.Context, begun time.Duration) (*InstanceState, error) {
	first := w.Polls == 0
	if w.streak == nil && (!first || w.StableFor == 0) {
		deadline, cancel := context.WithDeadline(ctx, w.start.Add(w.Timeout))
		defer cancel()
		ctx = deadline
	}
	decides := first && w.Timeout == 0 || w.streak != nil && begun >= w.streak.end
	w.call.poll = !decides
	return w.client.read(ctx, w.call, w.Polls+1)
}

// record takes the outcome of a poll that was sent and says if that ends the wait
// with it: a state that has held for long enough, or a failure that no later poll
// can undo.
func (w *wait) record(state *InstanceState, err error) (over bool) {
	w.Polls++
	switch {
	case err == nil:
		w.recordState(state)
		over = w.streak != nil && w.Held >= w.StableFor
	case KindOf(err).transient && (w.Timeout > 0 || w.Polls > 1):
		w.recordFailure(err)
	default:
		over = true // also the first poll if there is no time to wait: it has had its retries
	}
	if w.want.OnPoll != nil {
		poll := Poll{Err: err, Elapsed: w.now(), Held: w.Held}
		if err == nil {
			poll.State = w.Found
		}
		w.want.OnPoll(poll)
	}
	return over
}

func (w *wait) recordState(state *InstanceState) {
	if w.Found != "" && w.Found != state.ShownState {
		w.Changes++
	}
	w.Found, w.DisplayName, w.Last = state.ShownState, state.DisplayName, nil
	w.slowest = max(w.slowest, state.answered.Sub(state.requested))
	requested, answered := state.requested.Sub(w.start), state.answered.Sub(w.start)
	switch {
	case state.State != w.Required:
		w.streak = nil
	case w.streak == nil:
		w.streak, w.Held = &streak{first: answered, end: answered + w.StableFor}, 0
	default:
		// The request may be older than the streak where another wait sent it.
		w.streak.failures, w.Held = 0, max(w.Held, requested-w.streak.first)
	}
}

func (w *wait) recordFailure(err error) {
	w.Last, _ = errors.AsType[*Error](err)
	if w.streak != nil {
		w.streak.failures++
		if w.streak.failures == maxStreakFailures || !w.call.poll {
			w.streak = nil
		}
	}
}

// next returns when the next poll is due; without more, when the wait ends. A poll
// waits for the end of a pause that would keep it from being sent. A wait for which
// there is no time for another poll lasts to its deadline, so that a fleet can tell
// it from one that has failed.
func (w *wait) next(now, pause time.Duration) (due time.Duration, more bool) {
	end := w.Timeout
	lastPoll := end - min(max(2*w.slowest, time.Second), end/2) // so that its answer comes in time
	due = now + cmp.Or(w.want.PollInterval, DefaultPollInterval)
	switch {
	case w.streak != nil:
		due, end = min(due, w.streak.end), max(end, w.streak.end+w.client.config.RetryWaitMax)
	case w.Last == nil && strings.EqualFold(w.Found, w.Required):
		return now, false // another spelling never becomes the required state
	case w.begun < lastPoll:
		due = max(now, min(due, lastPoll))
	case w.pause == nil:
		return end, false
	}
	switch {
	case w.pause != nil:
		due = now + pause // the poll that was due was not sent
	case w.Last != nil && w.Last.RetryAfter > 0:
		due = max(due, now+pause)
	}
	if due > end {
		return now, false // the API allows no further poll in time
	}
	return due, true
}

// stopped returns what was last seen, or the cause of the end of the caller's context,
// unless that is the end of a fleet's wait.
func (w *wait) stopped(ctx context.Context) error {
	if ctx.Err() != nil {
		if !errors.Is(context.Cause(ctx), ErrNotRead) || w.Polls == 0 {
			return context.Cause(ctx)
		}
		_, w.Stopped = w.next(w.now(), 0)
	}
	w.Waited = w.now()
	return &w.StateError
}
