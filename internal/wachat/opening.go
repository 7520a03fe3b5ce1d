// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync"
)

// opening keeps a storm of first requests from opening a connection each before
// HTTP/2 can share one. While no connection is open, one request leads; the
// others follow when its handshake has told the protocol, not when its answer
// has come, which costs a round trip more. Over HTTP/1.1, too, which shares
// nothing, that is all they wait for.
type opening struct {
	next *http.Transport

	mu      sync.Mutex
	open    int   // connections
	ready   bool  // a handshake is over, and its connection open
	leading *lead // nil without a leader
}

// lead is what the others wait for.
type lead struct {
	over chan struct{}
	err  error // why there is no connection, for the others as for the leader
}

// newOpening puts itself between the transport and the connections that it
// dials.
func newOpening(next *http.Transport) *opening {
	o := &opening{next: next}
	dial := next.DialContext
	next.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return o.count(conn), nil
	}
	return o
}

// RoundTrip sends a request when there is a connection or it is the one to open
// it.
func (o *opening) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" {
		return o.next.RoundTrip(r) // no handshake, no HTTP/2
	}
	leads, err := o.turn(r.Context())
	switch {
	case err != nil:
		return nil, err
	case !leads:
		return o.next.RoundTrip(r)
	}
	return o.lead(r)
}

// lead sends the request that opens the connection. Who waits for it shares its
// failure, rather than try the same one after another; but not its leaving.
func (o *opening) lead(r *http.Request) (*http.Response, error) {
	var once sync.Once
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { once.Do(func() { o.arrived(true, nil) }) }}
	response, err := o.next.RoundTrip(r.WithContext(httptrace.WithClientTrace(r.Context(), trace)))
	once.Do(func() {
		if r.Context().Err() != nil {
			o.arrived(false, nil)
			return
		}
		o.arrived(false, err)
	})
	return response, err
}

// turn returns when the request may start, and whether it leads.
func (o *opening) turn(ctx context.Context) (leads bool, err error) {
	for {
		o.mu.Lock()
		leading := o.leading
		if o.ready || leading == nil {
			if leads = !o.ready; leads {
				o.leading = &lead{over: make(chan struct{})}
			}
			o.mu.Unlock()
			return leads, nil
		}
		o.mu.Unlock()
		select {
		case <-leading.over:
			if leading.err != nil {
				return false, leading.err
			}
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
}

// arrived ends the leader's part. Its connection may be gone again already.
func (o *opening) arrived(connected bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ready = connected && o.open > 0
	o.leading.err = err
	close(o.leading.over)
	o.leading = nil
}

func (o *opening) count(conn net.Conn) net.Conn {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open++
	return &countedConn{Conn: conn, closed: sync.OnceFunc(o.closed)}
}

func (o *opening) closed() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.open--; o.open == 0 {
		o.ready = false
	}
}

// countedConn tells once when it is closed.
type countedConn struct {
	net.Conn
	closed func()
}

func (c *countedConn) Close() error {
	c.closed()
	return c.Conn.Close()
}
