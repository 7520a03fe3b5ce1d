// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"sync"
	"sync/atomic"
)

// trackingListener counts and keeps the connections that it accepts.
type trackingListener struct {
	net.Listener
	connections *connections
	wrap        func(net.Conn) net.Conn
}

func (l trackingListener) Accept() (net.Conn, error) {
	raw, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	conn := &connection{Conn: raw, raw: raw, forget: l.connections.remove}
	if l.wrap != nil {
		conn.Conn = l.wrap(raw)
	}
	l.connections.add(conn)
	return conn, nil
}

// connection is an accepted connection that can be reset, or go dead.
type connection struct {
	net.Conn
	raw    net.Conn
	forget func(*connection)

	mute     atomic.Bool
	dead     atomic.Bool
	peerGone atomic.Bool
}

func (c *connection) Read(p []byte) (int, error) {
	for {
		n, err := c.Conn.Read(p)
		if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			c.peerGone.Store(true)
		}
		switch {
		case !c.dead.Load():
			return n, err
		case err != nil:
			return 0, err
		}
	}
}

func (c *connection) Write(p []byte) (int, error) {
	if c.mute.Load() || c.dead.Load() {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

// Close leaves a dead connection open until the client closes it: a dead peer
// sends no end of the connection.
func (c *connection) Close() error {
	if c.dead.Load() && !c.peerGone.Load() {
		return nil
	}
	return c.drop()
}

func (c *connection) drop() error {
	c.forget(c)
	return c.Conn.Close()
}

// resetOnClose makes the coming Close send RST and nothing else: a TLS alert
// would come first if writes still went out.
func (c *connection) resetOnClose() {
	c.mute.Store(true)
	if tcp, ok := c.raw.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
}

type connectionKey struct{}

func withConnection(ctx context.Context, conn net.Conn) context.Context {
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	return context.WithValue(ctx, connectionKey{}, conn)
}

func connectionFrom(ctx context.Context) *connection {
	conn, ok := ctx.Value(connectionKey{}).(*connection)
	if !ok {
		panic("wachattest: a fault was given a request that is not the server's")
	}
	return conn
}

// connections are those of one server that are open, and how many there were.
type connections struct {
	mu       sync.Mutex
	open     map[*connection]struct{}
	accepted int
	closed   bool
}

func (cs *connections) add(conn *connection) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.closed {
		_ = conn.Conn.Close()
		return
	}
	if cs.open == nil {
		cs.open = make(map[*connection]struct{})
	}
	cs.open[conn] = struct{}{}
	cs.accepted++
}

func (cs *connections) remove(conn *connection) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	delete(cs.open, conn)
}

func (cs *connections) snapshot() []*connection {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	open := make([]*connection, 0, len(cs.open))
	for conn := range cs.open {
		open = append(open, conn)
	}
	return open
}

func (cs *connections) dropAll() {
	for _, conn := range cs.snapshot() {
		_ = conn.drop()
	}
}

func (cs *connections) shutDown() {
	cs.mu.Lock()
	cs.closed = true
	cs.mu.Unlock()
	cs.dropAll()
}

// Connections is how many connections the server has accepted so far.
func (s *Server) Connections() int {
	s.connections.mu.Lock()
	defer s.connections.mu.Unlock()
	return s.connections.accepted
}

// OpenConnections is how many accepted connections the server holds open now,
// idle ones too.
func (s *Server) OpenConnections() int { return len(s.connections.snapshot()) }

// CloseConnections drops all connections that are open now, whether idle or
// with a request on them. New ones are accepted.
func (s *Server) CloseConnections() { s.connections.dropAll() }

// GoDead turns all connections that are open now into black holes: what the
// client sends is lost, nothing comes back, and they are not closed until the
// client or [Server.Close] closes them. New connections work.
func (s *Server) GoDead() {
	for _, conn := range s.connections.snapshot() {
		conn.dead.Store(true)
	}
}
