// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"fmt"
	"net/url"
)

// Client reads the state of instances. It is safe for concurrent use and meant
// to be shared: its limits hold over all its reads, which also share its
// connections.
type Client struct {
	config    Config
	base      *url.URL
	http      *connectionGate
	hedgeHTTP *connectionGate // of the hedges, see New
	sanitizer sanitizer
	limits    *limits
	hedges    hedgeBudget

	read handler // up to 1 + MaxRetries attempts
	poll handler // one attempt
}

// handler reads the state of the instance called name. A client is a chain of
// handlers, each of which does one thing and leaves the rest to the next.
type handler func(ctx context.Context, name string) (*InstanceState, error)

// New makes a client. Its error names every value of the configuration that is
// out of bounds; a missing key is the error of the reads instead.
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
	maxWait := maxHandshakeWait(config.RequestTimeout)
	c := &Client{
		config: config,
		base:   base,
		// A hedge has connections of its own: the one that stalls may be why the
		// answer is late.
		hedgeHTTP: newConnectionGate(transport.Clone(), maxWait),
		http:      newConnectionGate(transport, maxWait),
		sanitizer: newSanitizer(config.Key),
		limits:    newLimits(config),
	}
	c.read = withSharedCalls(withRetries(c.attempt(), c.limits, config))
	c.poll = withSharedCalls(c.attempt())
	return c, nil
}

// attempt returns the chain of one attempt, innermost handler first. The limits
// are outside the timeout: an attempt that waits for them does not use up the
// time of its request.
func (c *Client) attempt() handler {
	h := handler(c.exchange)
	h = withContextErrors(h, c.config.RequestTimeout)
	h = withSharedPauses(h, c.limits)
	h = c.withObserver(h)
	if !c.config.NoHedges {
		h = (&hedger{next: h, limits: c.limits, budget: &c.hedges}).handle
	}
	h = withTimeout(h, c.config.RequestTimeout)
	return withLimits(h, c.limits)
}

// InstanceState reads the state of the instance whose unique API name is name
// (GET /instance/state, "Get Instance State" in Wachat's API reference). The
// error is an [*Error], or the cause of ctx's end.
func (c *Client) InstanceState(ctx context.Context, name string) (*InstanceState, error) {
	if err := c.check(name); err != nil {
		return nil, err
	}
	return c.read(ctx, name)
}

// check refuses what must not be sent.
func (c *Client) check(name string) error {
	if c.config.Key == "" {
		return &Error{Kind: KindMissingKey, Instance: name}
	}
	if err := CheckName(name); err != nil {
		return &Error{Kind: KindBadRequest, Instance: name, Reason: err.Error()}
	}
	return nil
}

// Sanitize returns text from outside fit to be shown, at most 200 characters of
// it: without control characters, phone numbers and the API key.
func (c *Client) Sanitize(text string) string { return c.sanitizer.sanitize(text, answerLimit) }

// CloseIdleConnections closes the connections that no read is using.
func (c *Client) CloseIdleConnections() {
	c.http.next.CloseIdleConnections()
	c.hedgeHTTP.next.CloseIdleConnections()
}
