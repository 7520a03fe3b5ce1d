// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"
)

// connectionGate keeps many first requests from opening a connection each
// before HTTP/2 can share one. While no connection is open, the first request
// opens it and the others wait until its handshake is complete. A dial that
// fails or takes longer than maxWait is that request's own problem: the others
// then dial for themselves.
type connectionGate struct {
	next    *http.Transport
	maxWait time.Duration

	mu          sync.Mutex
	open        int           // connections
	established bool          // a handshake is complete, and a connection is open
	dialing     chan struct{} // closed when the first request's dial has a result; nil without one
}

// newConnectionGate also counts the connections that next dials.
func newConnectionGate(next *http.Transport, maxWait time.Duration) *connectionGate {
	g := &connectionGate{next: next, maxWait: maxWait}
	dial := next.DialContext
	next.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		g.open++
		return &countedConn{Conn: conn, onClose: sync.OnceFunc(g.connectionClosed)}, nil
	}
	return g
}

// RoundTrip sends the request as soon as it can share a connection, or has to
// open one.
func (g *connectionGate) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" {
		return g.next.RoundTrip(r) // no handshake, no HTTP/2
	}
	release, err := g.acquire(r.Context())
	if err != nil {
		return nil, err
	}
	defer release(false)
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { release(true) }}
	return g.next.RoundTrip(r.WithContext(httptrace.WithClientTrace(r.Context(), trace)))
}

// acquire returns when the request may start. The request calls release with
// the result of its dial.
func (g *connectionGate) acquire(ctx context.Context) (release func(connected bool), err error) {
	g.mu.Lock()
	dialing := g.dialing
	switch {
	case g.established:
		g.mu.Unlock()
		return func(bool) {}, nil
	case dialing == nil:
		dialing = make(chan struct{})
		g.dialing = dialing
		g.mu.Unlock()
		return func(connected bool) { g.release(dialing, connected) }, nil
	}
	g.mu.Unlock()
	timer := time.NewTimer(g.maxWait)
	defer timer.Stop()
	select {
	case <-dialing:
	case <-timer.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return func(connected bool) { g.release(dialing, connected) }, nil
}

// release ends the wait of the others. Any request may be the first to
// connect, also one that has waited for another.
func (g *connectionGate) release(dialing chan struct{}, connected bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if connected {
		g.established = g.open > 0 // it may be closed already
	}
	if g.dialing == dialing {
		g.dialing = nil
		close(dialing)
	}
}

func (g *connectionGate) connectionClosed() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open--; g.open == 0 {
		g.established = false
	}
}

// countedConn reports its first Close.
type countedConn struct {
	net.Conn
	onClose func()
}

func (c *countedConn) Close() error {
	c.onClose()
	return c.Conn.Close()
}
