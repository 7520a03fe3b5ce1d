// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// withRetries makes up to 1 + [Config.MaxRetries] attempts and waits between
// two of them as [retryBackOff] says.
func withRetries(next handler, l *limits, config Config) handler {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		attempts := 0
		wait := newRetryBackOff(config)
		attempt := func() (*InstanceState, error) {
			attempts++
			state, err := next(withAttemptNumber(ctx, attempts), name)
			return state, wait.after(err, l)
		}
		state, err := backoff.Retry(ctx, attempt,
			backoff.WithBackOff(wait),
			backoff.WithMaxTries(uint(config.MaxRetries)+1),
			backoff.WithMaxElapsedTime(0),
		)
		return state, countAttempts(err, attempts)
	}
}

// countAttempts returns err with the number of attempts that were sent, and
// without what [retryBackOff.after] put around it. It copies the error, which
// other reads may share.
func countAttempts(err error, attempts int) error {
	var permanent *backoff.PermanentError
	if errors.As(err, &permanent) {
		err = permanent.Unwrap()
	}
	var failure *Error
	if !errors.As(err, &failure) {
		return err
	}
	counted := *failure
	counted.Attempts += attempts - 1 // the last attempt counts itself, if it was sent
	return &counted
}

// retryBackOff gives the wait before the next attempt: exponential with full
// jitter between [Config.RetryWaitMin] and [Config.RetryWaitMax], so that reads
// that failed together are not repeated together, or the Retry-After of the
// last failure if that is longer.
type retryBackOff struct {
	backoff.ExponentialBackOff
	shortest   time.Duration
	retryAfter time.Duration
	jitter     func(limit time.Duration) time.Duration
}

// backoffBase is where the ceiling starts to double from when the shortest wait
// is less: from 0 it would never grow.
const backoffBase = 500 * time.Millisecond

func newRetryBackOff(config Config) *retryBackOff {
	b := &retryBackOff{
		shortest: config.RetryWaitMin,
		jitter:   config.Jitter,
		ExponentialBackOff: backoff.ExponentialBackOff{
			InitialInterval: min(config.RetryWaitMax, 2*max(config.RetryWaitMin, backoffBase)),
			Multiplier:      2,
			MaxInterval:     config.RetryWaitMax,
		},
	}
	if b.jitter == nil {
		b.jitter = randomJitter
	}
	b.Reset()
	return b
}

func randomJitter(limit time.Duration) time.Duration {
	return rand.N(limit + 1) //nolint:gosec // Jitter needs no secrecy.
}

// after takes the outcome of an attempt and returns it in the terms of package
// backoff. What is left of a Retry-After counts: a hedge may have met it long
// before the attempt ended. A longer pause that another read met is for the next
// attempt, which may not wait for it.
func (b *retryBackOff) after(err error, l *limits) error {
	if err == nil {
		return nil
	}
	var failure *Error
	if !errors.As(err, &failure) || !failure.Retryable() {
		return backoff.Permanent(err)
	}
	b.retryAfter = min(failure.RetryAfter, l.pauseLeft())
	return err
}

// NextBackOff returns the next wait.
func (b *retryBackOff) NextBackOff() time.Duration {
	spread := b.ExponentialBackOff.NextBackOff() - b.shortest
	return max(b.shortest+b.jitter(max(spread, 0)), b.retryAfter)
}
