// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"fmt"
	"net/url"
)

// Client reads the state of instances. It is safe for concurrent use and meant
// to be shared: its limits hold over all its reads, and its connections are
// kept and used again by all of them.
type Client struct {
	config Config
	base   *url.URL
	http   *opening
	sanitizer  sanitizer
	limits *limits

	attempt handler // one look, no more
	read    handler // with retries
}

// handler reads the state of the instance called name. A client is a chain of
// them, each of which does one thing and leaves the rest to the next.
type handler func(ctx context.Context, name string) (*InstanceState, error)

// New makes a client. It fails on a configuration that is out of bounds, all of
// which the error names; a missing key is the error of the reads instead.
func New(config Config) (*Client, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	base, err := ParseBaseURL(config.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("the base URL cannot be used: %w", err)
	}
	transport, err := newTransport(config)
	if err != nil {
		return nil, err
	}
	c := &Client{
		config: config,
		base:   base,
		http:   newOpening(transport),
		sanitizer:  newSanitizer(config.Key),
		limits: newLimits(config.MaxConcurrentRequests, config.RequestsPerSecond),
	}
	c.assemble()
	return c, nil
}

// assemble puts the chain together, from the request up to what a caller calls.
func (c *Client) assemble() {
	attempt := handler(c.exchange)                             // one request, one answer,
	attempt = withTimeout(attempt, c.config.RequestTimeout) // in its time,
	attempt = c.withObserver(attempt)                       // is told of,
	attempt = withLimits(attempt, c.limits)                 // waits for its turn,
	c.attempt = withFlights(attempt)                        // and is shared.

	read := withRetries(c.attempt, c.config.MaxRetries, c.config.RetryWaitMin, c.config.RetryWaitMax)
	c.read = withFlights(read) // A read shares its backoff, too.
}

// InstanceState reads the state of the instance whose unique API name is name
// (GET /instance/state, "Get Instance State" in Wachat's API reference). The
// error is an [*Error], or the cause of ctx's end.
func (c *Client) InstanceState(ctx context.Context, name string) (*InstanceState, error) {
	if err := c.ready(name); err != nil {
		return nil, err
	}
	return c.read(ctx, name)
}

// ready refuses what must not be sent.
func (c *Client) ready(name string) error {
	if c.config.Key == "" {
		return &Error{Kind: KindMissingKey, Instance: name}
	}
	if err := CheckName(name); err != nil {
		return &Error{Kind: KindBadRequest, Instance: name, Reason: err.Error()}
	}
	return nil
}

// CloseIdleConnections closes the connections that no read is using.
func (c *Client) CloseIdleConnections() { c.http.next.CloseIdleConnections() }
