// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"slices"
	"sync"
	"time"
)

// An answer is late when it takes hedgeFactor times as long as 95 of 100 of the
// latest answers did, and at least minHedgeDelay. Before the first answer it is
// late after firstHedgeDelay, which has to cover the handshake.
const (
	hedgeFactor     = 3
	minHedgeDelay   = 300 * time.Millisecond
	firstHedgeDelay = 500 * time.Millisecond
)

// Of the requests of a client, freeHedges and one in requestsPerHedge may be
// hedges: if the whole API is slow, more requests only make it slower.
const (
	freeHedges       = 2
	requestsPerHedge = 20
)

// latestAnswers is how many answers the delay of a hedge goes by: enough for a
// percentile, and few enough to follow an API that becomes slower.
const latestAnswers = 64

// hedgeBudget decides when a client sends a hedge, and how many.
type hedgeBudget struct {
	mu       sync.Mutex
	requests int // hedges included
	hedges   int
	answers  int
	latest   [latestAnswers]time.Duration
}

// countRequest counts a request that is no hedge and returns after what time it
// is late.
func (b *hedgeBudget) countRequest() (delay time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.requests++
	if b.answers == 0 {
		return firstHedgeDelay
	}
	sorted := b.latest // a copy
	known := sorted[:min(b.answers, latestAnswers)]
	slices.Sort(known)
	return max(hedgeFactor*known[(len(known)*95-1)/100], minHedgeDelay)
}

func (b *hedgeBudget) addAnswer(took time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.latest[b.answers%latestAnswers] = took
	b.answers++
}

// take counts a hedge if there is budget for it.
func (b *hedgeBudget) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hedges >= freeHedges+b.requests/requestsPerHedge {
		return false
	}
	b.hedges++
	b.requests++
	return true
}

// giveBack takes back a hedge that was not sent.
func (b *hedgeBudget) giveBack() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hedges--
	b.requests--
}
