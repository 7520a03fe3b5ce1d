// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Result is the outcome of one read of a fleet: a state or an error.
type Result struct {
	State *InstanceState
	Err   error
}

// ErrNotRead is the error of the instances that a fleet did not read because it
// was aborted.
var ErrNotRead = errors.New("not read: the reads of other instances failed in a way that affects all instances")

// minConsecutiveFailures is the least number of reads in a row that have to
// fail before a fleet is aborted, however few are in flight.
const minConsecutiveFailures = 5

// RequireAll reads the instances called names concurrently, as [Client.Require]
// does each, and returns a result for each name, in their order.
//
// The failure of one read does not affect the others. The fleet is aborted when
// the API refuses the key, and when as many reads in a row as may be in flight,
// at least five, failed in a way that every read would. The instances that were
// not read by then have [ErrNotRead]. A fleet that polls also ends when one
// instance has failed for good and all names were polled: the others have a
// [StateError] with what was last seen.
func (c *Client) RequireAll(ctx context.Context, names []string, r Requirement) []Result {
	results := make([]Result, len(names))
	starts, abort := context.WithCancelCause(ctx) // ends when no read may start
	defer abort(nil)
	f := &fleet{
		maxConsecutive: max(minConsecutiveFailures, c.config.MaxConcurrentRequests),
		unpolled:       len(names),
		abort:          abort,
	}
	var group errgroup.Group
	if r.polls() {
		ctx = starts // a read that has begun ends by itself, a wait does not
	} else {
		// Waits run all at once, as all their deadlines do. A wait holds nothing
		// between two polls.
		group.SetLimit(c.config.MaxConcurrentRequests)
	}
	for i, name := range names {
		group.Go(func() error {
			results[i].Err = context.Cause(starts)
			if results[i].Err == nil {
				polled := sync.OnceFunc(f.polled)
				results[i].State, results[i].Err = c.require(ctx, name, r, polled)
				f.record(results[i].Err)
				polled()
			}
			return nil
		})
	}
	_ = group.Wait() // each result has its own error
	return results
}

// fleet decides when the reads of the other instances end.
type fleet struct {
	maxConsecutive int // failures
	abort          context.CancelCauseFunc

	mu          sync.Mutex
	consecutive int  // failures that every instance would have
	failed      bool // no later poll of one instance can succeed
	unpolled    int  // names without a poll
}

// polled counts a name that has had its first poll.
func (f *fleet) polled() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unpolled--
	if f.failed && f.unpolled == 0 {
		f.abort(ErrNotRead)
	}
}

// record takes the outcome of a read. An answer about one instance shows that
// the API answers. A wait that ends at its deadline does not end the others.
func (f *fleet) record(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	mismatch, ok := errors.AsType[*StateError](err)
	timedOut := ok && mismatch.StableFor == 0 && mismatch.Waited >= mismatch.Timeout
	f.failed = f.failed || err != nil && !timedOut
	f.consecutive++
	if !KindOf(err).everyInstance {
		f.consecutive = 0
	}
	if f.consecutive >= f.maxConsecutive || KindOf(err) == KindUnauthorized || f.failed && f.unpolled == 0 {
		f.abort(ErrNotRead)
	}
}
