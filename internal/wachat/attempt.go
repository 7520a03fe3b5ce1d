// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"time"
)

// Attempt is a request and its outcome, as [Config.OnAttempt] gets it.
type Attempt struct {
	Instance  string        // the name in the request
	URL       string        // what was requested; it holds no secret
	Number    int           // 1 for the first attempt of a read, or the first poll of a wait
	Hedge     bool          // it repeats the request of an attempt whose answer is late
	Status    int           // HTTP status, 0 without an answer
	RequestID string        // the answer's x-request-id or cf-ray, empty without one
	Duration  time.Duration // from the start of the request, which may have to connect, to its outcome
	Err       error         // nil if the attempt gave a state
}

type attemptNumberKey struct{}

func withAttemptNumber(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, attemptNumberKey{}, n)
}

// attemptNumber is 1 where nothing counts attempts.
func attemptNumber(ctx context.Context) int {
	if n, ok := ctx.Value(attemptNumberKey{}).(int); ok {
		return n
	}
	return 1
}

// errAttemptTimeout is the cause of the end of an attempt's context.
var errAttemptTimeout = errors.New("the attempt took longer than the request timeout")

// withTimeout bounds an attempt.
func withTimeout(next handler, timeout time.Duration) handler {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		ctx, cancel := context.WithTimeoutCause(ctx, timeout, errAttemptTimeout)
		defer cancel()
		return next(ctx, name)
	}
}

// withContextErrors returns a failure that comes from the end of the context as
// what it is: a timeout of the attempt, or the caller's own cause.
func withContextErrors(next handler, timeout time.Duration) handler {
	return func(ctx context.Context, name string) (*InstanceState, error) {
		state, err := next(ctx, name)
		cause := context.Cause(ctx)
		if err == nil || cause == nil {
			return state, err
		}
		if !errors.Is(cause, errAttemptTimeout) {
			return nil, cause
		}
		if KindOf(err) == KindConnection {
			return nil, withInstance(name, &Error{Kind: KindTimeout, Reason: "no complete answer within " + timeout.String()})
		}
		return nil, err
	}
}
