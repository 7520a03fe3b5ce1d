// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"sync"
	"time"
)

// limiter holds back the attempts of all reads of a client together. Attempts
// start one after the other, each when there is no pause, a slot is free and the
// rate allows it.
type limiter struct {
	turn     chan struct{} // full while an attempt waits to start, or opens the first connection
	slots    chan struct{} // has an element for each attempt
	interval time.Duration // between the starts of two requests, 0 without a rate limit

	mu         sync.Mutex
	next       time.Time            // when the rate allows the next request
	pauseEnd   time.Time            // of a Retry-After, which holds for all reads
	pausedBy   *Error               // the answer with that Retry-After
	pauseMoved chan struct{}        // closed when pauseEnd moves
	started    map[string]time.Time // the last request for each name
}

// maxHandshakeWait is how long other attempts wait for the first connection. A
// handshake of two round trips fits into it on most networks.
const maxHandshakeWait = time.Second

func newLimiter(config Config) *limiter {
	l := &limiter{
		turn:       make(chan struct{}, 1),
		slots:      make(chan struct{}, config.MaxConcurrentRequests),
		pauseMoved: make(chan struct{}),
		started:    map[string]time.Time{},
	}
	if config.RequestsPerSecond > 0 {
		l.interval = time.Duration(min(float64(time.Second)/config.RequestsPerSecond, 1<<62))
	}
	return l
}

// acquire returns when an attempt may send its request. The attempt calls
// connected when it has a connection, and release at its end. A pause that ends
// later than maxPause from now is an error at once, also one that begins meanwhile.
// The other errors are the causes of ctx's end.
func (l *limiter) acquire(ctx context.Context, name string, maxPause time.Duration) (connected, release func(), err error) {
	if err := l.enter(ctx, l.turn, maxPause); err != nil {
		return nil, nil, err
	}
	passTurn := sync.OnceFunc(func() { <-l.turn })
	if err := l.enter(ctx, l.slots, maxPause); err != nil {
		passTurn()
		return nil, nil, err
	}
	release = func() { <-l.slots; passTurn() }
	if err := l.start(ctx, name, maxPause); err != nil {
		release()
		return nil, nil, err
	}
	// Many first requests would open a connection each before HTTP/2 can share one.
	// So an attempt that is alone keeps its turn until it has a connection. If that
	// fails, no other attempt is affected.
	if len(l.slots) == 1 {
		time.AfterFunc(maxHandshakeWait, passTurn)
	} else {
		passTurn()
	}
	return passTurn, release, nil
}

// enter waits for a place in the channel.
func (l *limiter) enter(ctx context.Context, places chan<- struct{}, maxPause time.Duration) error {
	for ctx.Err() == nil {
		_, moved, err := l.pauseLeft(maxPause)
		if err != nil {
			return err
		}
		select {
		case places <- struct{}{}:
			return nil
		case <-moved:
		case <-ctx.Done():
		}
	}
	return context.Cause(ctx)
}

// start waits for the end of a pause and until the rate allows a request. A hedge
// needs nothing else.
func (l *limiter) start(ctx context.Context, name string, maxPause time.Duration) error {
	for ctx.Err() == nil {
		left, moved, err := l.pauseLeft(maxPause)
		if err == nil && left <= 0 {
			left = l.takeToken(name)
		}
		if err != nil || left <= 0 {
			return err
		}
		sleep(ctx, left, moved)
	}
	return context.Cause(ctx)
}

// takeToken takes a token of the rate limit, or returns how long there is none.
func (l *limiter) takeToken(name string) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if now.Before(l.next) {
		return l.next.Sub(now)
	}
	l.next, l.started[name] = now.Add(l.interval), now
	return 0
}

// pauseLeft returns how long the pause lasts, with a channel that is closed when
// that changes. The error of a pause that lasts longer than maxPause has no
// Attempts: nothing was sent.
func (l *limiter) pauseLeft(maxPause time.Duration) (left time.Duration, moved <-chan struct{}, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	left = time.Until(l.pauseEnd)
	if left <= maxPause {
		return left, l.pauseMoved, nil
	}
	failure := *l.pausedBy
	// Rounding must not take it down to maxPause: the message has both.
	failure.RetryAfter = max(left.Round(time.Second), maxPause+time.Second)
	failure.TooLong = true
	failure.Attempts = 0
	return left, nil, &failure
}

// pause makes a Retry-After hold for every read of the client, so that a fleet
// does not meet the same limit once for each instance. It never shortens a pause.
func (l *limiter) pause(cause *Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	end := time.Now().Add(cause.RetryAfter)
	if cause.RetryAfter <= 0 || !end.After(l.pauseEnd) {
		return
	}
	answer := *cause // whose Attempts may still change
	l.pauseEnd, l.pausedBy = end, &answer
	close(l.pauseMoved)
	l.pauseMoved = make(chan struct{})
}

// hasStarted reports whether a request for the name has started since that time,
// whichever read of the name sent it.
func (l *limiter) hasStarted(name string, since time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.started[name].Before(since)
}

// sleep waits for d, or until ctx ends or wake is closed.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) {
	select {
	case <-time.After(d):
	case <-wake:
	case <-ctx.Done():
	}
}
