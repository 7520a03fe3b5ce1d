// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

// limits hold back the attempts of all reads of a client together.
type limits struct {
	slots *semaphore.Weighted
	turns *semaphore.Weighted // of the attempts that take a rate token, see token
	rate  *rate.Limiter

	maxPause time.Duration // that an attempt waits for

	mu    sync.Mutex
	pause sharedPause
}

// sharedPause is a Retry-After that holds for every read of the client.
type sharedPause struct {
	end   time.Time
	cause *Error
}

func newLimits(config Config) *limits {
	limit := rate.Limit(config.RequestsPerSecond)
	if limit == 0 {
		limit = rate.Inf
	}
	return &limits{
		slots:    semaphore.NewWeighted(int64(config.MaxConcurrentRequests)),
		turns:    semaphore.NewWeighted(1),
		rate:     rate.NewLimiter(limit, 1),
		maxPause: config.RetryWaitMax,
	}
}

// withLimits makes each attempt wait for the end of a shared pause, a slot and
// a rate token. The slot is free again when the attempt has ended. A pause that
// is longer than [Config.RetryWaitMax] is an error at once: a read fails with it,
// and a wait decides whether it has the time.
func withLimits(next handler, l *limits) handler {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		release, err := l.acquire(ctx, name)
		if err != nil {
			return nil, err
		}
		defer release()
		return next(ctx, name)
	}
}

// withSharedPauses makes a Retry-After hold for every read of the client, so
// that a fleet does not meet the same limit once for each instance.
func withSharedPauses(next handler, l *limits) handler {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		state, err := next(ctx, name)
		var failure *Error
		if errors.As(err, &failure) {
			l.extendPause(failure)
		}
		return state, err
	}
}

// acquire returns when a request may be sent: there is no pause, not even one
// that began meanwhile, and the request has a slot and a rate token. It holds no
// slot during a pause, so that a read behind it notices a pause that is too long.
// The caller calls release when the request has ended.
func (l *limits) acquire(ctx context.Context, name string) (release func(), err error) {
	for {
		if err := l.checkPause(name); err != nil {
			return nil, err
		}
		if err := sleep(ctx, l.pauseLeft()); err != nil {
			return nil, err
		}
		if err := l.slots.Acquire(ctx, 1); err != nil {
			return nil, context.Cause(ctx)
		}
		if l.pauseLeft() <= 0 {
			err = l.token(ctx)
		}
		if err == nil && l.pauseLeft() <= 0 {
			return func() { l.slots.Release(1) }, nil
		}
		l.slots.Release(1)
		if err != nil {
			return nil, err
		}
	}
}

// extendPause never shortens a pause. Most failures have a Retry-After of 0.
func (l *limits) extendPause(cause *Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if end := time.Now().Add(cause.RetryAfter); end.After(l.pause.end) {
		l.pause = sharedPause{end: end, cause: cause}
	}
}

func (l *limits) pauseLeft() time.Duration {
	return time.Until(l.pauseEnd())
}

func (l *limits) pauseEnd() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pause.end
}

// checkPause returns an error about the instance called name if a pause ends
// later than maxPause from now. Its Attempts is 0: nothing was sent.
func (l *limits) checkPause(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := time.Until(l.pause.end)
	if left <= l.maxPause {
		return nil
	}
	failure := *l.pause.cause
	// Rounding must not take it down to maxPause: the message names both.
	failure.RetryAfter = max(left.Round(time.Second), l.maxPause+time.Second)
	failure.TooLong, failure.RetryWaitMax = true, l.maxPause
	failure.Instance = name
	failure.Attempts = 0
	return &failure
}

// token waits for the rate limit. One attempt at a time has a reservation:
// [rate.Reservation.Cancel] gives a token back only if no later one was
// reserved. [rate.Limiter.Wait] would give up at once where the wait ends after
// ctx's deadline, instead of at the deadline.
func (l *limits) token(ctx context.Context) error {
	if err := l.turns.Acquire(ctx, 1); err != nil {
		return context.Cause(ctx)
	}
	defer l.turns.Release(1)
	reservation := l.rate.Reserve()
	if err := sleep(ctx, reservation.Delay()); err != nil {
		reservation.Cancel()
		return err
	}
	return nil
}

// sleep waits for d, or returns the cause of ctx's end if that comes first.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return context.Cause(ctx)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
