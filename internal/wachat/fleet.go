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

// ErrNotRead is the error of the instances that a fleet did not ask about
// after it gave up.
var ErrNotRead = errors.New("not asked: the reads of other instances failed in a way that this one would have too")

// RequireAll reads the instances called names side by side, as [Client.Require]
// does each, and returns a result for each name, in their order.
//
// A failure of one read is no other's. It gives up early, which leaves
// [ErrNotRead] for the rest, when the API refuses the key, and when as many
// reads in a row as may be in flight have used up their attempts, or have none
// because of what every read would meet: what comes next would only come to the
// same end. ErrNotAsked is also the end of a read that was still waiting then.
func (c *Client) RequireAll(ctx context.Context, names []string, r Requirement) []Result {
	results := make([]Result, len(names))
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	f := &fleet{maxConsecutiveFailures: c.config.MaxConcurrentRequests}

	var group errgroup.Group
	group.SetLimit(c.concurrency(r))
	for i, name := range names {
		group.Go(func() error {
			if f.isAborted() {
				results[i].Err = ErrNotRead
				return nil
			}
			results[i].State, results[i].Err = c.Require(ctx, name, r)
			if f.record(results[i].Err) && r.waits() {
				stop(ErrNotRead) // all reads of a wait have begun already
			}
			return nil
		})
	}
	_ = group.Wait() // each result has its own error
	return results
}

// concurrency is how many reads go concurrency by concurrency: as many as may have an attempt under
// way, or all of them where they wait for a state, holding nothing between two
// looks, since all deadlines run at the same time.
func (c *Client) concurrency(r Requirement) int {
	if r.waits() {
		return -1
	}
	return c.config.MaxConcurrentRequests
}

// fleet decides when to give up.
type fleet struct {
	maxConsecutiveFailures int // reads in a row that may use up their attempts

	mu     sync.Mutex
	consecutive    int
	aborted bool
}

func (f *fleet) isAborted() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.aborted
}

// record takes the outcome of a read and tells whether to give up. An answer, be
// it that there is no such instance, shows that the API answers.
func (f *fleet) record(err error) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	var failure *Error
	if errors.As(err, &failure) && failure.affectsAllInstances() {
		f.consecutive++
	} else {
		f.consecutive = 0
	}
	if f.consecutive >= f.maxConsecutiveFailures || KindOf(err) == KindUnauthorized {
		f.aborted = true
	}
	return f.aborted
}
