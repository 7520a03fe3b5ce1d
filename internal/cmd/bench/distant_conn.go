// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"net"
	"sync"
	"time"
)

// distantConn is the server's end of a connection to a client that is a round
// trip away: what the server writes arrives that much later. The whole round
// trip is on the way back, which the client cannot tell from half on each.
//
// Each chunk is due by itself, however many are on the way: there is no limit to
// the bandwidth.
type distantConn struct {
	net.Conn
	roundTrip time.Duration
	connected time.Time // when the client would know that it is connected
	onTheWay  chan chunk

	closing chan struct{}
	close   sync.Once
}

type chunk struct {
	data []byte
	due  time.Time
}

// maxOnTheWay is far above what the API writes in a round trip. One chunk more
// waits, as for room in a socket's buffer.
const maxOnTheWay = 4 << 10

// newDistantConn wraps a connection that was accepted just now. The caller
// closes it.
func newDistantConn(conn net.Conn, roundTrip time.Duration) *distantConn {
	c := &distantConn{
		Conn:      conn,
		roundTrip: roundTrip,
		connected: time.Now().Add(roundTrip),
		onTheWay:  make(chan chunk, maxOnTheWay),
		closing:   make(chan struct{}),
	}
	go c.deliver()
	return c
}

// Read charges the client the round trip of TCP's handshake: on loopback it
// could connect and write at once.
func (c *distantConn) Read(p []byte) (int, error) {
	if wait := time.Until(c.connected); wait > 0 {
		select {
		case <-time.After(wait):
		case <-c.closing:
			return 0, net.ErrClosed
		}
	}
	return c.Conn.Read(p)
}

func (c *distantConn) Write(p []byte) (int, error) {
	next := chunk{data: bytes.Clone(p), due: time.Now().Add(c.roundTrip)}
	select {
	case <-c.closing:
		return 0, net.ErrClosed
	default:
	}
	select {
	case <-c.closing:
		return 0, net.ErrClosed
	case c.onTheWay <- next:
		return len(p), nil
	}
}

// Close returns at once. What is on the way still arrives, and then the
// client sees the end.
func (c *distantConn) Close() error {
	c.close.Do(func() {
		close(c.closing)
		_ = c.SetReadDeadline(time.Unix(1, 0)) // ends a Read
	})
	return nil
}

// deliver is the network. It ends when the connection is closed and nothing is
// on the way, or when the client has left.
func (c *distantConn) deliver() {
	defer c.Conn.Close()
	for {
		select {
		case next := <-c.onTheWay:
			if !c.arrive(next) {
				return
			}
		case <-c.closing:
			c.deliverRest()
			return
		}
	}
}

func (c *distantConn) deliverRest() {
	for {
		select {
		case next := <-c.onTheWay:
			if !c.arrive(next) {
				return
			}
		default:
			return
		}
	}
}

// arrive writes a chunk to the client when it is due, and reports whether the
// client was still there.
func (c *distantConn) arrive(next chunk) bool {
	time.Sleep(time.Until(next.due))
	if _, err := c.Conn.Write(next.data); err != nil {
		_ = c.Close()
		return false
	}
	return true
}
