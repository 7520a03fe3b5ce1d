// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Bounds of [Config] that have no natural limit of their own.
const (
	MinConcurrentRequests = 1
	MaxConcurrentRequests = 1000
)

// Config says how a [Client] reaches the API. Start from [DefaultConfig]: the
// zero value has no base URL and no time for an attempt, and [New] refuses it.
type Config struct {
	// BaseURL is the API's root, as [ParseBaseURL] accepts it. Defaults to the
	// hosted API, https://app.wachat.net/api/v1.
	BaseURL string

	// Key is the account's API key, sent as a bearer token. No error and no log
	// holds it. No default: the reads of a client without a key fail with
	// [KindMissingKey].
	Key string

	// UserAgent is sent with each request. Defaults to Go's own.
	UserAgent string

	// RequestTimeout bounds one attempt: connect, headers and body. Above 0,
	// 15s by default.
	RequestTimeout time.Duration

	// MaxRetries is the number of attempts after the first. 0 or more, 3 by
	// default.
	MaxRetries int

	// RetryWaitMin and RetryWaitMax bound the backoff between two attempts; 0 or
	// more, 500ms and 30s by default. RetryWaitMax is also the longest
	// Retry-After that a read honors; a wait honors any up to its deadline.
	RetryWaitMin, RetryWaitMax time.Duration

	// MaxConcurrentRequests bounds the attempts in flight over all reads of the
	// client. From [MinConcurrentRequests] to [MaxConcurrentRequests], 10 by
	// default.
	MaxConcurrentRequests int

	// RequestsPerSecond bounds the rate at which attempts start. 0, the default,
	// is no limit.
	RequestsPerSecond float64

	// NoHedges keeps an attempt whose answer is late from sending its request a
	// second time, for a caller that counts or observes requests. False by default.
	NoHedges bool

	// CACertPEM holds certificates, in PEM, that are trusted in addition to the
	// system's roots. Empty by default.
	CACertPEM string

	// OnAttempt, if set, is called with each attempt when it has ended, and with
	// the context of the read that started it. Calls may be concurrent.
	OnAttempt func(context.Context, Attempt)

	// OnResponse, if set, is called with each response before its body is read.
	// It may replace the body with one that records what is read. Calls may be
	// concurrent.
	OnResponse func(*http.Response)

	// DialContext opens the connections. Defaults to a [net.Dialer]'s.
	DialContext func(ctx context.Context, network, addr string) (net.Conn, error)

	// Jitter returns the random part of a backoff, from 0 to limit. Defaults to
	// a uniform distribution; a test sets it to repeat a run.
	Jitter func(limit time.Duration) time.Duration
}

// DefaultConfig returns the configuration of a client of the hosted API,
// complete but for the key.
func DefaultConfig() Config {
	return Config{
		BaseURL:               "https://app.wachat.net/api/v1",
		RequestTimeout:        15 * time.Second,
		MaxRetries:            3,
		RetryWaitMin:          500 * time.Millisecond,
		RetryWaitMax:          30 * time.Second,
		MaxConcurrentRequests: 10,
	}
}

func (c Config) check() error {
	var keyErr error
	if c.Key != "" {
		keyErr = CheckKey(c.Key)
	}
	return errors.Join(
		keyErr,
		require(c.RequestTimeout > 0, "the request timeout is %s, not above 0", c.RequestTimeout),
		require(c.MaxRetries >= 0, "the number of retries is %d, below 0", c.MaxRetries),
		require(c.RetryWaitMin >= 0, "the shortest retry wait is %s, below 0", c.RetryWaitMin),
		require(c.RetryWaitMax >= c.RetryWaitMin, "the longest retry wait, %s, is below the shortest, %s", c.RetryWaitMax, c.RetryWaitMin),
		require(c.MaxConcurrentRequests >= MinConcurrentRequests && c.MaxConcurrentRequests <= MaxConcurrentRequests,
			"the number of concurrent requests is %d, not from %d to %d", c.MaxConcurrentRequests, MinConcurrentRequests, MaxConcurrentRequests),
		require(c.RequestsPerSecond >= 0, "the number of requests per second is %g, not 0 or more", c.RequestsPerSecond),
	)
}

func require(ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, args...)
}
