// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// exchange sends one request and reads one answer.
func (c *Client) exchange(ctx context.Context, name string) (*InstanceState, error) {
	requested := time.Now()
	response, err := c.send(ctx, name)
	if err != nil {
		return nil, withInstance(name, c.transportError(err))
	}
	if c.config.OnResponse != nil {
		c.config.OnResponse(response)
	}
	defer response.Body.Close()

	state, failure := c.parseResponse(response, name)
	if failure != nil {
		failure.Status = response.StatusCode
		failure.RequestID = c.requestID(response.Header)
		return nil, withInstance(name, failure)
	}
	state.status = response.StatusCode
	state.requestID = c.requestID(response.Header)
	state.requested, state.answered = requested, time.Now()
	return state, nil
}

func withInstance(name string, failure *Error) *Error {
	failure.Instance = name
	failure.Attempts = 1
	return failure
}

// send does not use [http.Client], which would follow a redirect or at least
// parse its Location: no other host may say what state the instance is in.
func (c *Client) send(ctx context.Context, name string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url(name), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.config.Key)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Cache-Control", "no-cache") // a caching proxy must not answer for the API
	if c.config.UserAgent != "" {
		request.Header.Set("User-Agent", c.config.UserAgent)
	}
	if isHedge(ctx) {
		return c.hedgeHTTP.RoundTrip(request)
	}
	return c.http.RoundTrip(request)
}

func (c *Client) url(name string) string {
	endpoint := c.base.JoinPath("instance", "state")
	endpoint.RawQuery = url.Values{"instanceName": {name}}.Encode()
	return endpoint.String()
}

// withObserver calls [Config.OnAttempt] with each attempt.
func (c *Client) withObserver(next handler) handler {
	if c.config.OnAttempt == nil {
		return next
	}
	return func(ctx context.Context, name string) (*InstanceState, error) {
		start := time.Now()
		state, err := next(ctx, name)
		attempt := Attempt{
			Instance: name,
			URL:      c.url(name),
			Number:   attemptNumber(ctx),
			Hedge:    isHedge(ctx),
			Duration: time.Since(start),
			Err:      err,
		}
		var failure *Error
		switch {
		case err == nil:
			attempt.Status, attempt.RequestID = state.status, state.requestID
		case errors.As(err, &failure):
			attempt.Status, attempt.RequestID = failure.Status, failure.RequestID
		}
		c.config.OnAttempt(ctx, attempt)
		return state, err
	}
}
