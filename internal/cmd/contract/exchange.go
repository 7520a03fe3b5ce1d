// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// exchange is one request of the provider's client, and the response as it came.
type exchange struct {
	name     string // that the request was about
	key      string // that was sent
	response *http.Response
	body     []byte
	json     object // nil if the body is not a JSON object
	reused   bool   // whether the connection was open already
	state    *wachat.InstanceState
	err      error // the client's
}

// object is a JSON object.
type object map[string]any

// object returns a member that is an object, nil if it is not one.
func (o object) object(name string) object {
	inner, _ := o[name].(map[string]any)
	return inner
}

func (o object) text(name string) string {
	text, _ := o[name].(string)
	return text
}

// caller sends requests with one client.
type caller struct {
	client *wachat.Client
	key    string
	last   *exchange
}

// newCaller makes a client without retries, so that each question is one request.
func newCaller(config wachat.Config) (*caller, error) {
	c := &caller{key: config.Key}
	config.MaxRetries, config.NoHedges = 0, true
	config.OnResponse = c.record
	client, err := wachat.New(config)
	c.client = client
	return c, err
}

// record keeps the response, and what the client reads of its body.
func (c *caller) record(r *http.Response) {
	copied := *r
	c.last.response = &copied
	r.Body = recorder{r.Body, c.last}
}

type recorder struct {
	io.ReadCloser
	exchange *exchange
}

func (r recorder) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	r.exchange.body = append(r.exchange.body, p[:n]...)
	return n, err
}

// read sends a request about the instance.
func (c *caller) read(ctx context.Context, name string) *exchange {
	e := &exchange{name: name, key: c.key}
	c.last = e
	trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) { e.reused = info.Reused }}
	e.state, e.err = c.client.InstanceState(httptrace.WithClientTrace(ctx, trace), name)
	decoder := json.NewDecoder(bytes.NewReader(e.body))
	decoder.UseNumber()
	if decoder.Decode(&e.json) != nil {
		e.json = nil
	}
	return e
}

// status is 0 without a response.
func (e *exchange) status() int {
	if e.response == nil {
		return 0
	}
	return e.response.StatusCode
}

func (e *exchange) instance() object    { return e.json.object("instance") }
func (e *exchange) rawInstance() object { return e.json.object("data").object("instance") }

// isAnswer reports whether the response is about an instance: every assumption
// about its members needs one.
func (e *exchange) isAnswer() bool {
	return e != nil && e.status() == http.StatusOK && e.instance() != nil
}

// reported says what the provider makes of the response.
func (e *exchange) reported() string {
	var failure *wachat.Error
	switch {
	case e.err == nil:
		return "a state"
	case errors.As(e.err, &failure):
		return failure.Kind.String()
	}
	return "interrupted"
}
