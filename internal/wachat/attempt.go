// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"time"
)

// Attempt is one request and its outcome, as [Config.OnAttempt] is told of it.
type Attempt struct {
	Instance  string        // the name that was asked for
	URL       string        // what was requested; it holds no secret
	Number    int           // 1 for the first attempt of a read
	Status    int           // HTTP status, 0 without an answer
	RequestID string        // the answer's x-request-id or cf-ray
	Duration  time.Duration // from the first byte sent, or connecting, to the outcome
	Err       error         // nil if the attempt gave a state
}

type attemptNumberKey struct{}

func withAttemptNumber(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, attemptNumberKey{}, n)
}

// attemptNumber is 1 where nobody counts.
func attemptNumber(ctx context.Context) int {
	if n, ok := ctx.Value(attemptNumberKey{}).(int); ok {
		return n
	}
	return 1
}

// withTimeout gives each attempt its time. An attempt that fails because the
// caller has left returns the caller's cause, whatever the failure looked like.
func withTimeout(next handler, timeout time.Duration) handler {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		attempt, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		state, err := next(attempt, name)
		switch {
		case err == nil:
			return state, nil
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case attempt.Err() != nil && KindOf(err) == KindConnection:
			return nil, &Error{Kind: KindTimeout, Instance: name, Reason: "no complete answer within " + timeout.String()}
		}
		return nil, err
	}
}
