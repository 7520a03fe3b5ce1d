// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"cmp"
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// An answer is late when it takes hedgeFactor times as long as the answers before
// it, and at least minHedgeDelay. Before the first answer it is late after
// firstHedgeDelay, which has to cover the handshake.
const (
	hedgeFactor     = 4
	minHedgeDelay   = 300 * time.Millisecond
	firstHedgeDelay = 500 * time.Millisecond
)

// Of the requests of a client, freeHedges and one in requestsPerHedge may be
// hedges: if the whole API is slow, more requests only make it slower.
const (
	freeHedges       = 2
	requestsPerHedge = 20
)

// errOtherAnswered is the cause of the end of a request whose answer is no longer
// needed.
var errOtherAnswered = errors.New("the other request of this attempt was answered first")

// outcome is what became of a request. A hedge that was not sent has neither a state
// nor an error.
type outcome struct {
	state *InstanceState
	err   error
	hedge bool
}

// decides reports whether the other request of the attempt can have no better
// outcome. A pause that is too long for the read does not decide: the other was
// sent before.
func (o outcome) decides() bool {
	return o.state != nil || o.err != nil && !KindOf(o.err).transient
}

// hedged sends the request of an attempt, and once more, the hedge, if the answer
// is late. It takes the first outcome that decides (Dean and Barroso, "The Tail at
// Scale", 2013). Both share the attempt's timeout.
func (c *Client) hedged(ctx context.Context, r request) (*InstanceState, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(errOtherAnswered)
	unsent, withdraw := context.WithCancel(ctx)
	defer withdraw()
	outcomes := make(chan outcome, 2)
	go func() {
		state, err := c.send(ctx, r)
		outcomes <- outcome{state, err, false}
	}()
	select {
	case got := <-outcomes:
		return got.state, got.err
	case <-time.After(c.budget.delay()):
	}
	go func() { outcomes <- c.sendHedge(ctx, unsent, r) }()
	got := <-outcomes
	withdraw() // a hedge would meet what the first request has met
	if !got.decides() {
		other := <-outcomes
		if got.hedge || other.decides() {
			got = other
		}
	}
	return got.state, got.err
}

// sendHedge sends the request once more when the budget and the limits allow it,
// unless unsent has ended by then.
func (c *Client) sendHedge(ctx, unsent context.Context, r request) outcome {
	if c.config.NoHedges || !c.budget.take() {
		return outcome{hedge: true}
	}
	if c.limiter.start(unsent, r.name, c.config.RetryWaitMax) != nil {
		c.budget.hedges.Add(-1)
		return outcome{hedge: true}
	}
	r.Hedge, r.transport, r.connected = true, c.hedgeTransport, func() {}
	state, err := c.send(ctx, r)
	return outcome{state, err, true}
}

// hedgeBudget decides when a client sends a hedge, and how many.
type hedgeBudget struct {
	requests, hedges atomic.Int64 // that were sent; hedges are requests, too
	smoothed         atomic.Int64 // time of an answer in nanoseconds, 0 before the first
}

// delay returns after what time an answer is late.
func (b *hedgeBudget) delay() time.Duration {
	smoothed := time.Duration(b.smoothed.Load())
	if smoothed == 0 {
		return firstHedgeDelay
	}
	return max(hedgeFactor*smoothed, minHedgeDelay)
}

// addAnswer smooths the time of answers as TCP does that of round trips (RFC 6298).
func (b *hedgeBudget) addAnswer(took time.Duration) {
	smoothed := cmp.Or(time.Duration(b.smoothed.Load()), took, 1)
	b.smoothed.Store(int64(smoothed + (took-smoothed)/8))
}

// take counts a hedge if there is budget for it.
func (b *hedgeBudget) take() bool {
	if b.hedges.Add(1) <= freeHedges+b.requests.Load()/requestsPerHedge {
		return true
	}
	b.hedges.Add(-1)
	return false
}
