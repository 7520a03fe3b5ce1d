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
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	f := &fleet{
		maxConsecutiveFailures: max(minConsecutiveFailures, c.config.MaxConcurrentRequests),
		unpolled:               len(names),
		stopWaits:              func() { stop(ErrNotRead) },
	}
	var group errgroup.Group
	if r.polls() {
		// All of them, since all deadlines run at the same time. A wait holds
		// nothing between two polls.
		group.SetLimit(-1)
	} else {
		group.SetLimit(c.config.MaxConcurrentRequests)
		f.stopWaits = func() {} // a read that has begun ends by itself
	}
	for i, name := range names {
		group.Go(func() error {
			if f.isAborted() {
				results[i].Err = ErrNotRead
				return nil
			}
			polled := sync.OnceFunc(f.polled)
			results[i].State, results[i].Err = c.require(ctx, name, r, polled)
			polled()
			f.record(results[i].Err)
			return nil
		})
	}
	_ = group.Wait() // each result has its own error
	return results
}

// fleet decides when the reads of the other instances end.
type fleet struct {
	maxConsecutiveFailures int
	stopWaits              func()

	mu          sync.Mutex
	consecutive int  // failures that affect all instances
	aborted     bool // no read starts
	failed      bool // one instance has failed for good
	unpolled    int  // names without a poll
}

func (f *fleet) isAborted() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.aborted
}

// polled counts a name that has had its first poll.
func (f *fleet) polled() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unpolled--
	f.endWaits()
}

// record takes the outcome of a read. An answer about one instance shows that
// the API answers.
func (f *fleet) record(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var failure *Error
	f.failed = errors.As(err, &failure) || f.failed
	if failure != nil && failure.affectsAllInstances() {
		f.consecutive++
	} else {
		f.consecutive = 0
	}
	if f.consecutive >= f.maxConsecutiveFailures || KindOf(err) == KindUnauthorized {
		f.aborted = true
	}
	f.endWaits()
}

func (f *fleet) endWaits() {
	if f.aborted || f.failed && f.unpolled == 0 {
		f.stopWaits()
	}
}
