// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"cmp"
	"context"
	"fmt"
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
	// next. 0 means [DefaultPollInterval]; a negative value polls without a wait.
	PollInterval time.Duration

	// OnPoll, if set, is called with each poll when it has ended.
	OnPoll func(Poll)
}

// polls reports whether more than one answer may be needed.
func (r Requirement) polls() bool { return r.State != "" && (r.Timeout > 0 || r.StableFor > 0) }

// Poll is one poll of an instance and its outcome.
type Poll struct {
	State            string        // fit to be shown; empty if the poll failed
	Err              error         // nil if the poll gave State
	Elapsed, Timeout time.Duration // time since the start of the wait, and the requirement's Timeout
	Held, StableFor  time.Duration // how long the required state has held, and the requirement's StableFor
}

// StateError reports that an instance is not in the required state, or did not
// stay in it for long enough.
type StateError struct {
	Instance    string
	DisplayName string // the name in Wachat's dashboard, fit to be shown; empty if no answer gave it
	Required    string

	// Found is the last state that was seen, fit to be shown; empty if none was.
	Found string

	// Waited is how long the instance was polled, 0 if one answer decided, and
	// Polls the number of polls that got an answer or failed. A poll that the
	// deadline cut off does not count.
	Waited time.Duration
	Polls  int

	// Held is how long Required held before it was lost, StableFor how long it
	// had to, and Changes how often the state changed from poll to poll.
	Held, StableFor time.Duration
	Changes         int

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

// Require reads the state of the instance called name, which has to meet the
// requirement. Without a timeout and a time to be stable that is one read, as
// [Client.InstanceState] does it. With one of them it polls, one attempt each:
// a transient failure does not end the wait, any other does at once.
//
// The error is an [*Error], a [*StateError], or the cause of ctx's end.
func (c *Client) Require(ctx context.Context, name string, r Requirement) (*InstanceState, error) {
	return c.require(ctx, name, r, func() {})
}

// require calls polled after the first poll, if there is one.
func (c *Client) require(ctx context.Context, name string, r Requirement, polled func()) (*InstanceState, error) {
	if err := c.check(name); err != nil {
		return nil, err
	}
	if r.polls() {
		r.PollInterval = cmp.Or(r.PollInterval, DefaultPollInterval)
		return newWait(c, name, r, polled).run(ctx)
	}
	state, err := c.read(ctx, name)
	if err == nil && r.State != "" && state.State != r.State {
		return nil, &StateError{
			Instance: name, DisplayName: c.displayName(state),
			Required: r.State, Found: c.sanitizer.sanitize(state.State, answerLimit), Polls: 1,
		}
	}
	return state, err
}

func (c *Client) displayName(state *InstanceState) string {
	return c.sanitizer.sanitize(state.Text("instanceName"), answerLimit)
}
