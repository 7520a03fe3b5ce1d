// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// record is all that happened in a run. Times are since its start.
type record struct {
	start time.Time

	mu          sync.Mutex
	attempts    []*attempt
	answers     map[string]*answer // by request ID
	connections []*connection
	outcomes    []*outcome
}

// attempt is what the client reports through Config.OnAttempt: a request, which
// may be a hedge.
type attempt struct {
	wachat.Attempt
	operation  *operation // that started it; others may have joined
	start, end time.Duration
	kind       wachat.Kind
	failure    *wachat.Error // nil if it gave a state, or was cut off

	// requested and answered are the start and the end of the request that
	// decided, which is not the first one if the hedge was answered first.
	requested, answered time.Duration

	otherKind wachat.Kind // of the failure of the request that did not decide
}

// cutOff reports whether the attempt ended because its callers had left, or
// because a deadline had passed.
func (a *attempt) cutOff() bool { return a.Err != nil && a.failure == nil }

func (a *attempt) succeeded() bool { return a.Err == nil }

// answer is a request that arrived at the API, and what became of it.
type answer struct {
	id       string
	name     string
	fault    *fault
	arrived  time.Duration
	answered time.Duration // 0 if the client left before
	latency  time.Duration // until the API answers
	state    string        // of the instance when it was answered
}

// connection is a dial and what became of it.
type connection struct {
	record *record
	number int
	fault  connectionFault
	dialed time.Duration

	mu        sync.Mutex
	connected bool
	broken    bool
	at        time.Duration // when the fault happened
	closed    bool          // by the client
}

// outcome is how an operation ended.
type outcome struct {
	operation  *operation
	start, end time.Duration
	results    []wachat.Result // one for each of the operation's names
	polls      []wachat.Poll
}

func newRecord() *record {
	return &record{start: time.Now(), answers: map[string]*answer{}}
}

func (r *record) now() time.Duration { return time.Since(r.start) }

func (r *record) attempted(ctx context.Context, a wachat.Attempt) {
	now := r.now()
	seen := &attempt{Attempt: a, start: now - a.Duration, end: now, kind: wachat.KindOf(a.Err)}
	seen.requested, seen.answered = seen.start, seen.end
	seen.operation, _ = ctx.Value(operationKey{}).(*operation)
	errors.As(a.Err, &seen.failure)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.attempts = append(r.attempts, seen)
}

func (r *record) arrived(a *answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers[a.id] = a
}

func (r *record) answering(a *answer, state string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a.answered, a.state = r.now(), state
}

func (r *record) ended(o *outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcomes = append(r.outcomes, o)
}

func (r *record) dialed(number int, fault connectionFault) *connection {
	c := &connection{record: r, number: number, fault: fault, dialed: r.now()}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.connections = append(r.connections, c)
	return c
}

func (c *connection) wasConnected() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.connected = true
}

func (c *connection) broke() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.broken && !c.closed {
		c.broken, c.at = true, c.record.now()
	}
}

func (c *connection) clientClosed() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}

// sort puts everything in the order of time.
func (r *record) sort() {
	r.mu.Lock()
	defer r.mu.Unlock()
	slices.SortStableFunc(r.attempts, func(a, b *attempt) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	slices.SortStableFunc(r.outcomes, func(a, b *outcome) int { return cmp.Compare(a.operation.number, b.operation.number) })
}

// answersFor returns the requests for one instance in the order of arrival.
func (r *record) answersFor(name string) []*answer {
	var found []*answer
	for _, a := range r.answers {
		if a.name == name {
			found = append(found, a)
		}
	}
	slices.SortFunc(found, func(a, b *answer) int { return cmp.Compare(a.arrived, b.arrived) })
	return found
}

// attemptsOf returns the requests that an operation started for one instance,
// hedges included.
func (r *record) attemptsOf(o *operation, name string) []*attempt {
	var found []*attempt
	for _, a := range r.attempts {
		if a.operation == o && a.Instance == name {
			found = append(found, a)
		}
	}
	return found
}

// trace lists all events in the order of time.
func (r *record) trace() string {
	type event struct {
		at   time.Duration
		text string
	}
	var events []event
	add := func(at time.Duration, format string, args ...any) {
		events = append(events, event{at, fmt.Sprintf(format, args...)})
	}
	for _, c := range r.connections {
		add(c.dialed, "connection %d is dialed (%s)", c.number, c.fault)
		if c.broken {
			add(c.at, "connection %d: %s", c.number, c.fault)
		}
	}
	for _, a := range r.attempts {
		what := fmt.Sprintf("attempt %d of operation %d for %s", a.Number, a.operation.number, a.Instance)
		if a.Hedge {
			what = "hedge of " + what
		}
		add(a.start, "%s starts", what)
		add(a.end, "%s ends: %s", what, describeError(a.Err, "state from answer "+a.RequestID))
	}
	for _, a := range r.answers {
		add(a.arrived, "request %s arrives (%s, latency %s)", a.id, a.fault, a.latency)
		if a.answered > 0 {
			add(a.answered, "request %s is answered in state %q (%s)", a.id, a.state, a.fault)
		}
	}
	for _, o := range r.outcomes {
		add(o.start, "operation %d starts: %s", o.operation.number, o.operation)
		for i, result := range o.results {
			state := "nothing"
			if result.State != nil {
				state = fmt.Sprintf("state %q", result.State.State)
			}
			add(o.end, "operation %d ends for %s: %s", o.operation.number, o.operation.names[i], describeError(result.Err, state))
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	var b strings.Builder
	for _, e := range events {
		fmt.Fprintf(&b, "%12s  %s\n", e.at, e.text)
	}
	return b.String()
}

func describeError(err error, otherwise string) string {
	var state *wachat.StateError
	switch {
	case err == nil:
		return otherwise
	case errors.As(err, &state):
		return fmt.Sprintf("%+v", *state)
	}
	return err.Error()
}
