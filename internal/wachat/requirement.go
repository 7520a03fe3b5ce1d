// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Requirement is what a read has to find to succeed.
type Requirement struct {
	// State is the state that the instance has to be in; empty takes any.
	State string

	// Timeout is how long to wait for State. 0 is not at all: the first
	// answer decides.
	Timeout time.Duration

	// PollInterval is the time between the end of one look and the start of
	// the next while waiting.
	PollInterval time.Duration

	// OnPoll, if set, is told of each look while waiting.
	OnPoll func(Poll)
}

// waits tells whether the state is waited for.
func (r Requirement) waits() bool { return r.State != "" && r.Timeout > 0 }

// Poll is one look at an instance while waiting for a state.
type Poll struct {
	State            string // fit to be shown; empty if the look failed
	Err              error
	Elapsed, Timeout time.Duration
}

// StateError says that an instance is not in the state that is required of it.
type StateError struct {
	Instance string
	Required string

	// Found is the last state that was seen, fit to be shown; empty if none was.
	Found string

	// Waited is how long the state was waited for, 0 if it was not, and Looks
	// how often the instance was looked at.
	Waited time.Duration
	Polls  int

	// Last is what was wrong with the last look; nil if it gave Found.
	Last *Error
}

// Error says in one line what was required and what was found.
func (e *StateError) Error() string {
	return fmt.Sprintf("instance %q: state is %q, not %q, after %s", e.Instance, e.Found, e.Required, e.Waited)
}

// Require reads the state of the instance called name, which has to meet the
// requirement. Without a timeout that is one read, as [Client.InstanceState]
// does it. With one, it looks again, an attempt each, until the instance is in
// the state or the timeout is over, which ends a look under way; what a read
// would retry is looked at again, what it would not ends the wait at once.
//
// The error is an [*Error], a [*StateError], or the cause of ctx's end.
func (c *Client) Require(ctx context.Context, name string, r Requirement) (*InstanceState, error) {
	if !r.waits() {
		state, err := c.InstanceState(ctx, name)
		if err == nil && r.State != "" && state.State != r.State {
			return nil, &StateError{Instance: name, Required: r.State, Found: c.sanitizer.sanitize(state.State, answerLimit), Polls: 1}
		}
		return state, err
	}
	if err := c.ready(name); err != nil {
		return nil, err
	}
	return c.wait(ctx, name, r)
}

// errWaitOver tells the end of a wait from the end of its caller's context.
var errWaitOver = errors.New("the wait is over")

// errNotYet is a look that found another state.
var errNotYet = errors.New("not yet in the required state")

func (c *Client) wait(ctx context.Context, name string, r Requirement) (*InstanceState, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, r.Timeout, errWaitOver)
	defer cancel()
	w := &wait{name: name, requirement: r, start: time.Now(), poll: c.attempt, clean: c.sanitizer}
	state, err := backoff.Retry(ctx, func() (*InstanceState, error) { return w.once(ctx) },
		backoff.WithBackOff(backoff.NewConstantBackOff(r.PollInterval)),
		backoff.WithMaxElapsedTime(0),
	)
	if errors.Is(err, errWaitOver) {
		return nil, w.failure()
	}
	return state, err
}

// wait is what is known of a wait under way.
type wait struct {
	name        string
	requirement Requirement
	start       time.Time
	poll        handler
	clean       sanitizer

	polls int
	found string
	last  *Error
}

// once looks once and says, in the terms of package backoff, whether to look
// again.
func (w *wait) once(ctx context.Context) (*InstanceState, error) {
	w.polls++
	state, err := w.poll(withAttemptNumber(ctx, w.polls), w.name)
	if err != nil && context.Cause(ctx) != nil {
		return nil, backoff.Permanent(context.Cause(ctx))
	}
	w.record(state, err)
	switch {
	case err != nil:
		return nil, w.afterFailure(ctx, err)
	case state.State != w.requirement.State:
		return nil, errNotYet
	}
	return state, nil
}

func (w *wait) record(state *InstanceState, err error) {
	seen := Poll{Err: err, Elapsed: time.Since(w.start), Timeout: w.requirement.Timeout}
	if w.last = nil; err == nil {
		w.found = w.clean.sanitize(state.State, answerLimit)
		seen.State = w.found
	} else {
		errors.As(err, &w.last)
	}
	if w.requirement.OnPoll != nil {
		w.requirement.OnPoll(seen)
	}
}

// afterFailure obeys a Retry-After that is longer than the poll interval. One
// beyond the deadline ends the wait, since nothing would come of it.
func (w *wait) afterFailure(ctx context.Context, err error) error {
	pause := w.requirement.PollInterval
	switch {
	case w.last == nil || !w.last.Retryable():
		return backoff.Permanent(err)
	case w.last.HasRetryAfter:
		pause = max(pause, w.last.RetryAfter)
	default:
		return err
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < pause {
		return backoff.Permanent(errWaitOver)
	}
	return &pausedError{w.last, &backoff.RetryAfterError{Duration: pause}}
}

func (w *wait) failure() *StateError {
	return &StateError{
		Instance: w.name,
		Required: w.requirement.State,
		Found:    w.found,
		Waited:   time.Since(w.start),
		Polls:    w.polls,
		Last:     w.last,
	}
}
