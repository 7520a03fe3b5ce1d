// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// networkPlan is what a seed decides on the network.
type networkPlan struct {
	oneWay time.Duration // latency in each direction

	// The probability that a connection gets a fault, and the faults that it may
	// get.
	faultRate float64
	faults    []connectionFault
	// healthyFrom is the number of the first connection that gets no fault, so
	// that the network recovers.
	healthyFrom int
}

// connectionFault is what goes wrong with a connection.
type connectionFault string

const (
	noFault         connectionFault = "no fault"
	dialRefused     connectionFault = "dial refused"
	dialStalls      connectionFault = "dial stalls"
	handshakeCloses connectionFault = "handshake closes" // at a random byte of the server's part
	handshakeStalls connectionFault = "handshake stalls"
	closedLater     connectionFault = "closed later" // after a random time
	deadLater       connectionFault = "dead later"   // half-open: from then on, nothing arrives in either direction

	// These two need HTTP/2. The API answers no request on such a connection.
	goesAway       connectionFault = "GOAWAY"
	refusesStreams connectionFault = "REFUSED_STREAM"
)

// network connects the client to a server.
type network struct {
	plan   *plan
	record *record
	server *server
	dials  atomic.Int32
}

func (n *network) DialContext(ctx context.Context, _, _ string) (net.Conn, error) {
	plan := n.plan.network
	number := int(n.dials.Add(1))
	rng := newRandom(n.plan.seed, "connection", number)
	fault := noFault
	if number < plan.healthyFrom && rng.chance(plan.faultRate) {
		fault = pick(rng, plan.faults...)
	}
	seen := &connection{number: number, fault: fault, dialed: n.record.now()}
	n.record.change(func() { n.record.connections = append(n.record.connections, seen) }, "connection %d is dialed (%s)", number, fault)
	ended := func() { n.record.change(func() { seen.end = n.record.now() }, "connection %d ends", number) }
	roundTrip := 2 * plan.oneWay
	if fault == dialStalls {
		roundTrip = time.Hour
	}
	err := wait(ctx, roundTrip)
	if err == nil && fault == dialRefused {
		err = syscall.ECONNREFUSED
	}
	if err != nil {
		ended()
		return nil, err
	}
	handshake := time.Duration(0)
	if n.plan.protocol.tls {
		handshake = roundTrip
	}
	if !n.plan.protocol.tls || fault != handshakeCloses && fault != handshakeStalls {
		seen.ready = n.record.now() + handshake
	}
	client, server := newLink(plan.oneWay, fault, rng, handshake)
	client.closed = ended
	switch fault {
	case goesAway:
		go n.server.reject(server, 0)
	case refusesStreams:
		go n.server.reject(server, rng.between(1, 4))
	default:
		n.server.accept <- server
	}
	return client, nil
}

// end is one end of a connection. What is written to it arrives at the other end
// after some time.
type end struct {
	net.Conn // what has arrived
	out      chan packet
	oneWay   time.Duration
	closing  sync.Once
	closed   func()
}

// packet is on the way; one without data is the end of the connection.
type packet struct {
	data string
	due  time.Time
}

func newLink(oneWay time.Duration, fault connectionFault, rng random, handshake time.Duration) (client, server *end) {
	client, toClient := newEnd(oneWay)
	server, toServer := newEnd(oneWay)
	var dead atomic.Bool
	die := func() { dead.Store(true) }
	cut := func() {
		_ = toClient.Close()
		_ = toServer.Close()
	}
	later := handshake + rng.duration(10*time.Millisecond, 20*time.Second)
	var fail func()
	failAt := rng.IntN(600) // bytes from the server
	switch fault {          //nolint:exhaustive // The others happen elsewhere.
	case handshakeCloses:
		fail = cut
	case handshakeStalls:
		fail = die
	case closedLater:
		time.AfterFunc(later, cut)
	case deadLater:
		time.AfterFunc(later, die)
	}
	go client.carry(toServer, &dead, func(int) {})
	go server.carry(toClient, &dead, func(n int) {
		if failAt -= n; failAt <= 0 && fail != nil {
			fail()
		}
	})
	return client, server
}

func newEnd(oneWay time.Duration) (e *end, arriving net.Conn) {
	received, arriving := net.Pipe()
	return &end{Conn: received, out: make(chan packet, 1000), oneWay: oneWay, closed: func() {}}, arriving
}

func (e *end) Write(p []byte) (int, error) {
	e.out <- packet{string(p), time.Now().Add(e.oneWay)}
	return len(p), nil
}

// Close returns at once. What has been written still arrives.
func (e *end) Close() error {
	e.closing.Do(func() {
		_ = e.Conn.Close()
		_, _ = e.Write(nil)
		e.closed()
	})
	return nil
}

// carry brings what is written to the other end, unless the connection is dead.
func (e *end) carry(other net.Conn, dead *atomic.Bool, pass func(bytes int)) {
	for next := range e.out {
		time.Sleep(time.Until(next.due))
		pass(len(next.data))
		switch {
		case next.data == "" && !dead.Load():
			_ = other.Close()
			return
		case next.data == "":
			return
		case !dead.Load():
			_, _ = other.Write([]byte(next.data))
		}
	}
}

// wait waits for d, or returns the error of the context if it ends first.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
