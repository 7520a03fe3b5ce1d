// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// record is all that happened in a run. Times are since its start.
type record struct {
	start time.Time

	mu          sync.Mutex
	trace       strings.Builder // what happened, in the order of time
	attempts    []*attempt
	answers     map[string]*answer // by request ID
	arrivals    map[string]int     // requests by instance
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
	answer     *answer       // nil if none arrived

	// requested is the start of the request that decided, which is not the first
	// one if the hedge was answered first.
	requested time.Duration

	// Of an attempt as a whole: its requests, whether both decided at the same
	// time, and when its answer is late.
	first, hedge *attempt
	tied         bool
	late         interval
}

// cutOff reports whether the attempt ended because its callers had left, or
// because a deadline had passed.
func (a *attempt) cutOff() bool { return a.Err != nil && a.failure == nil }

func (a *attempt) succeeded() bool { return a.Err == nil }

// decides reports whether the other request of the attempt can have no better
// outcome.
func (a *attempt) decides() bool { return a.succeeded() || a.failure != nil && !transient(a.kind) }

func (a *attempt) String() string {
	return fmt.Sprintf("attempt %d (hedge: %t) of operation %d for %s at %s", a.Number, a.Hedge, a.operation.number, a.Instance, a.start)
}

// answer is a request that arrived at the API, and what became of it.
type answer struct {
	id      string
	name    string
	fault   *fault
	arrived time.Duration
	state   string // of the instance when it was answered
}

// kind is the kind of the error that the answer has to end with.
func (a *answer) kind(maxAge time.Duration) wachat.Kind {
	switch {
	case a.fault.kind != noError:
		return a.fault.kind
	case a.fault.age > maxAge:
		return wachat.KindStale
	case isNoState(a.state):
		return wachat.KindNoState
	default:
		return noError
	}
}

// connection is a dial and what became of it.
type connection struct {
	number int
	fault  connectionFault
	dialed time.Duration
	ready  time.Duration // its handshake is over; 0 for never
	end    time.Duration // the dial failed, or the client closed it; 0 for not yet
}

// outcome is how an operation ended.
type outcome struct {
	*operation
	start, end time.Duration
	results    []wachat.Result // one for each of the operation's names
}

func newRecord() *record {
	return &record{start: time.Now(), answers: map[string]*answer{}, arrivals: map[string]int{}}
}

func (r *record) now() time.Duration { return time.Since(r.start) }

// change lets only one goroutine at a time change the record, and adds a line to
// the trace.
func (r *record) change(change func(), format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change()
	fmt.Fprintf(&r.trace, "%12s  %s\n", r.now(), fmt.Sprintf(format, args...))
}

func (r *record) attempted(ctx context.Context, a wachat.Attempt) {
	now := r.now()
	seen := &attempt{Attempt: a, start: now - a.Duration, end: now, kind: wachat.KindOf(a.Err)}
	seen.requested = seen.start
	seen.operation, _ = ctx.Value(operationKey{}).(*operation)
	errors.As(a.Err, &seen.failure)
	id, _, _ := strings.Cut(a.RequestID, " ")
	r.change(func() {
		seen.answer = r.answers[id]
		r.attempts = append(r.attempts, seen)
	}, "%s ends, sent %d times: %v from answer %q", seen, a.Sent, a.Err, a.RequestID)
}

// arrive returns the number of a request for the instance.
func (r *record) arrive(name string) (number int) {
	r.change(func() {
		r.arrivals[name]++
		number = r.arrivals[name]
	}, "a request for %s arrives at the API", name)
	return number
}
