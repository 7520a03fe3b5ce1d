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

// withRetries makes up to 1 + retries attempts, with backoff between them or
// with the pause that the API asked for.
func withRetries(next handler, retries int, shortest, longest time.Duration) handler {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		attempts := 0
		attempt := func() (*InstanceState, error) {
			attempts++
			state, err := next(withAttemptNumber(ctx, attempts), name)
			return state, retryRule(err)
		}
		state, err := backoff.Retry(ctx, attempt,
			backoff.WithBackOff(newFullJitter(shortest, longest)),
			backoff.WithMaxTries(uint(retries)+1),
			backoff.WithMaxElapsedTime(0),
		)
		return state, countAttempts(err, attempts)
	}
}

// retryRule puts a failed attempt in the terms of package backoff.
func retryRule(err error) error {
	var failure *Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &failure) || !failure.Retryable():
		return backoff.Permanent(err)
	case failure.HasRetryAfter:
		return &pausedError{failure, &backoff.RetryAfterError{Duration: failure.RetryAfter}}
	}
	return err
}

// pausedError is a failed attempt for which the API named the time of the next.
type pausedError struct {
	failure *Error
	pause   *backoff.RetryAfterError
}

func (e *pausedError) Error() string   { return e.failure.Error() }
func (e *pausedError) Unwrap() []error { return []error{e.failure, e.pause} }

// countAttempts takes off what retryRule put around err. The copy is for the
// reads that may share the error.
func countAttempts(err error, attempts int) error {
	var failure *Error
	if !errors.As(err, &failure) {
		return err
	}
	counted := *failure
	counted.Attempts = attempts
	return &counted
}

// fullJitter waits a random time between shortest and a ceiling that doubles
// with each wait up to longest, so that reads that failed together do not come
// back together.
type fullJitter struct {
	*backoff.ExponentialBackOff
	shortest time.Duration
}

// backoffBase is where the ceiling starts to double from when the shortest wait
// is less: from 0 it would never grow.
const backoffBase = 500 * time.Millisecond

func newFullJitter(shortest, longest time.Duration) *fullJitter {
	return &fullJitter{
		shortest: shortest,
		ExponentialBackOff: &backoff.ExponentialBackOff{
			InitialInterval: min(longest, 2*max(shortest, backoffBase)),
			Multiplier:      2,
			MaxInterval:     longest,
		},
	}
}

// NextBackOff returns the next wait.
func (j *fullJitter) NextBackOff() time.Duration {
	spread := j.ExponentialBackOff.NextBackOff() - j.shortest
	return j.shortest + rand.N(max(spread, 0)+1) //nolint:gosec // Jitter needs no secrecy.
}
