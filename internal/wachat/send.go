// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"time"
)

// request is one request of an attempt. net/http sends it again by itself after
// GOAWAY, REFUSED_STREAM or the end of a connection that was idle, as often as that
// happens. Once is allowed, and only if the first time was over a connection that was
// idle before: that one may have ended at any time.
type request struct {
	call
	Attempt   // what became of it so far
	transport *http.Transport
	connected func()                  // called when it has a connection
	end       context.CancelCauseFunc // of its context

	reused bool      // the connection was idle before
	begun  time.Time // when it had a connection
}

// Attempt is a request and its outcome, as [Config.OnAttempt] gets it.
type Attempt struct {
	Instance  string        // the name in the request
	URL       string        // what was requested; it holds no secret
	Number    int           // 1 for the first attempt of a read, or the first poll of a wait
	Hedge     bool          // it repeats the request of an attempt whose answer is late
	Sent      int           // 2 if it was sent again because its connection ended, 0 without a connection
	Status    int           // HTTP status, 0 without an answer
	RequestID string        // the answer's x-request-id or cf-ray, empty without one
	Duration  time.Duration // from the start of the request, which may have to connect, to its outcome
	Err       error         // nil if the attempt gave a state
}

// send makes one request and says what became of it. The error is an [*Error], or
// the cause of the end of the caller's context.
func (c *Client) send(ctx context.Context, r request) (*InstanceState, error) {
	c.budget.requests.Add(1)
	start := time.Now()
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	r.end = end
	trace := &httptrace.ClientTrace{GotConn: r.gotConn}
	address := *c.endpoint
	address.RawQuery = url.Values{"instanceName": {r.name}}.Encode()
	outgoing := &http.Request{Method: http.MethodGet, URL: &address, Header: http.Header{
		"Authorization": {"Bearer " + c.config.Key},
		"Accept":        {"application/json"},
		"Cache-Control": {"no-cache"}, // a caching proxy must not answer for the API
		"User-Agent":    {c.config.UserAgent},
	}}
	r.URL = address.String()

	state, err := c.exchange(outgoing.WithContext(httptrace.WithClientTrace(ctx, trace)), &r)
	r.connected() // no other attempt has to wait for a connection that failed
	if failure, failed := errors.AsType[*Error](err); failed {
		failure.Instance, failure.Attempts = r.name, 1
		failure.Status, failure.RequestID = r.Status, r.RequestID
		c.limiter.pause(failure)
	}
	if err == nil {
		state.requested, state.answered = start, time.Now()
		c.budget.addAnswer(time.Since(r.begun))
	}
	r.Duration, r.Err = time.Since(start), err
	if c.config.OnAttempt != nil {
		c.config.OnAttempt(ctx, r.Attempt)
	}
	return state, err
}

// exchange sends the request and reads the answer. It does not use [http.Client],
// which would follow a redirect or at least parse its Location: no other host may
// say what state the instance is in.
func (c *Client) exchange(outgoing *http.Request, r *request) (*InstanceState, error) {
	response, err := r.transport.RoundTrip(outgoing)
	if err != nil {
		return nil, c.transportError(outgoing.Context(), err)
	}
	defer response.Body.Close()
	r.Status = response.StatusCode
	r.RequestID = c.clean.showID(cmp.Or(response.Header.Get("X-Request-Id"), response.Header.Get("Cf-Ray")))
	return c.parse(outgoing.Context(), response, r.call)
}

// gotConn counts how often the request is sent, and ends one that net/http repeats.
func (r *request) gotConn(info httptrace.GotConnInfo) {
	switch {
	case r.Sent == 0:
		r.Sent, r.reused, r.begun = 1, info.Reused, time.Now()
		r.connected()
	case r.Sent == 1 && r.reused:
		r.Sent = 2
	default:
		r.end(&Error{Kind: KindConnection, Reason: "the server or the network keeps ending connections without an answer"})
		if secure, ok := info.Conn.(*tls.Conn); !ok || secure.ConnectionState().NegotiatedProtocol != "h2" {
			_ = info.Conn.Close() // HTTP/1.1 would still write the request
		}
	}
}

// transportError says why there is no answer, or not a whole one. It is the cause of
// ctx's end if the caller has left.
func (c *Client) transportError(ctx context.Context, err error) error {
	cause := cmp.Or(context.Cause(ctx), err)
	if failure, failed := errors.AsType[*Error](cause); failed {
		own := *failure // a hedge may have the same one
		return &own
	}
	if ctx.Err() != nil {
		return cause
	}
	// The names and addresses in it may be long.
	known := []string{c.endpoint.Hostname()}
	op, ok := errors.AsType[*net.OpError](err)
	if !ok {
		op = &net.OpError{Err: err}
	}
	if op.Addr != nil {
		known = append(known, op.Addr.String())
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		known = append(known, dns.Name, dns.Server)
	}
	failure := &Error{Kind: KindConnection, Reason: c.clean.show(source.ReplaceAllString(err.Error(), ""), messageLimit, known...)}
	_, unverified := errors.AsType[*tls.CertificateVerificationError](err)
	whose := "the server's: "
	if op.Op == "proxyconnect" {
		whose = "the proxy's: "
	}
	switch {
	case unverified:
		failure.Kind, failure.Reason = KindCertificate, whose+failure.Reason
	case clientCertificateAlerts[op.Err.Error()]:
		failure.Kind = KindClientCertificate
	case op.Op == "socks connect":
		failure.Kind = KindProxy
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		failure.Reason = "the connection was closed before the answer was complete"
	}
	return failure
}

// clientCertificateAlerts are what servers send to a client without a certificate,
// since TLS 1.3 and before.
var clientCertificateAlerts = map[string]bool{"tls: certificate required": true, "tls: bad certificate": true}

// source matches the local address in an error of package net, which is another
// one each time.
var source = regexp.MustCompile(`\S+->`)
