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
	rate  *rate.Limiter

	mu    sync.Mutex
	until time.Time // no attempt starts before
}

func newLimits(concurrent int, perSecond float64) *limits {
	limit := rate.Limit(perSecond)
	if perSecond == 0 {
		limit = rate.Inf
	}
	return &limits{
		slots: semaphore.NewWeighted(int64(concurrent)),
		rate:  rate.NewLimiter(limit, 1),
	}
}

// withLimits makes each attempt wait for a slot and for its turn. The slot is
// free again when the attempt has ended. A pause that the API asks for is one
// for all, so that a fleet does not run into the same wall once an instance.
func withLimits(next handler, l *limits) handler {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		if err := l.slots.Acquire(ctx, 1); err != nil {
			return nil, context.Cause(ctx)
		}
		defer l.slots.Release(1)
		if err := l.wait(ctx); err != nil {
			return nil, err
		}
		state, err := next(ctx, name)
		var failure *Error
		if errors.As(err, &failure) && failure.HasRetryAfter && failure.Retryable() {
			l.pause(failure.RetryAfter)
		}
		return state, err
	}
}

// wait waits for the end of a pause and then for a rate token: a token that was
// taken before the end would let the attempt start together with all others. A
// pause that has begun meanwhile is waited for, too.
func (l *limits) wait(ctx context.Context) error {
	for {
		if err := sleep(ctx, l.left()); err != nil {
			return err
		}
		if err := l.token(ctx); err != nil {
			return err
		}
		if l.left() <= 0 {
			return nil
		}
	}
}

// pause never shortens one that is under way.
func (l *limits) pause(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.until) {
		l.until = until
	}
}

func (l *limits) left() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.until)
}

// token waits for the rate limit. [rate.Limiter.Wait] would give up at once
// where the wait ends after ctx's deadline; a caller who set a deadline is told
// of it when it has come.
func (l *limits) token(ctx context.Context) error {
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
