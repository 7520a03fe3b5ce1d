// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

// limits hold back the attempts of all reads of a client together.
type limits struct {
	slots *semaphore.Weighted
	rate  *rate.Limiter
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

// withLimits makes each attempt wait for a slot and then for a rate token. The
// slot is free again when the attempt has ended.
func withLimits(next look, l *limits) look {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		if err := l.slots.Acquire(ctx, 1); err != nil {
			return nil, context.Cause(ctx)
		}
		defer l.slots.Release(1)
		if err := l.token(ctx); err != nil {
			return nil, err
		}
		return next(ctx, name)
	}
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
