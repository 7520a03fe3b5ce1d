// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"time"
)

// call is what a read is about. Concurrent calls that are equal share one.
type call struct {
	name string

	// maxAge is how long the answer may have been in a cache.
	maxAge time.Duration

	// poll is set for a poll of a wait: one attempt, which is not sent during a
	// pause. The wait decides for how long it honors a pause, a read by
	// RetryWaitMax, so the two do not share.
	poll bool
}

// maxAge is how old an answer from a cache may be to be believed.
const maxAge = time.Minute

// read makes attempts until one gives a state or another could not: one for a
// poll, or else up to 1 + [Config.MaxRetries]. The first attempt has the given
// number. Each caller leaves when its own context ends; the context of the
// attempts ends when the last caller has left.
func (c *Client) read(ctx context.Context, what call, number int) (*InstanceState, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	state, _, err := c.reads.Do(ctx, what, func(ctx context.Context) (*InstanceState, error) {
		return c.retry(ctx, what, number)
	})
	if err != nil && ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return state, err
}

func (c *Client) retry(ctx context.Context, what call, number int) (*InstanceState, error) {
	for attempts := 0; ; attempts++ {
		state, err := c.attempt(ctx, what, number+attempts)
		failure, failed := errors.AsType[*Error](err)
		if !failed {
			return state, err
		}
		failure.TooLong = failure.TooLong && !what.poll // a wait honors a Retry-After that a read would not
		if what.poll || !failure.Transient() || attempts == c.config.MaxRetries {
			failure.Instance = what.name
			failure.Attempts += attempts // the last attempt counts itself, if it was sent
			return nil, failure
		}
		sleep(ctx, c.backoff(attempts), nil)
	}
}

// minBackoff is the least ceiling of a backoff before it doubles: 0 would never grow.
const minBackoff = 500 * time.Millisecond

// backoff returns the wait after some retries: exponential with full jitter, so
// that reads that failed together are not repeated together. A Retry-After is a
// matter of the limiter.
func (c *Client) backoff(retries int) time.Duration {
	shortest, longest := c.config.RetryWaitMin, c.config.RetryWaitMax
	ceiling := min(max(shortest, minBackoff), longest)
	for range retries + 1 {
		ceiling += min(ceiling, longest-ceiling)
	}
	return shortest + c.config.Jitter(ceiling-shortest)
}

// attempt waits for its turn and then has the request timeout.
func (c *Client) attempt(ctx context.Context, what call, number int) (*InstanceState, error) {
	maxPause := c.config.RetryWaitMax
	if what.poll {
		maxPause = 0
	}
	connected, release, err := c.limiter.acquire(ctx, what.name, maxPause)
	if err != nil {
		return nil, err
	}
	defer release()
	late := &Error{Kind: KindTimeout, Reason: "no complete answer within " + c.config.RequestTimeout.String()}
	ctx, cancel := context.WithTimeoutCause(ctx, c.config.RequestTimeout, late)
	defer cancel()
	known := Attempt{Instance: what.name, Number: number}
	return c.hedged(ctx, request{call: what, Attempt: known, transport: c.transport, connected: connected})
}
