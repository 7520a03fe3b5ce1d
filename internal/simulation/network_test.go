// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync"
	"syscall"
	"time"
)

// networkPlan is what a seed decides on the network.
type networkPlan struct {
	oneWay    time.Duration // latency in each direction
	bandwidth int           // bytes a second in each direction, 0 for no limit

	// The probability that a connection gets a fault, and the faults that it may
	// get.
	faultRate float64
	faults    []connectionFault
	// healthyFrom is the number of the first connection that gets no fault, so
	// that the network recovers.
	healthyFrom int
}

// connectionFault is what goes wrong with a connection.
type connectionFault int

const (
	noFault connectionFault = iota
	dialRefused
	dialStalls
	handshakeReset  // at a random byte of the server's part of the handshake
	handshakeStalls // likewise
	resetLater      // after a random time
	deadLater       // half-open: from then on, nothing arrives in either direction
)

var connectionFaultNames = map[connectionFault]string{
	noFault: "no fault", dialRefused: "dial refused", dialStalls: "dial stalls",
	handshakeReset: "handshake reset", handshakeStalls: "handshake stalls",
	resetLater: "reset later", deadLater: "dead later",
}

func (f connectionFault) String() string { return connectionFaultNames[f] }

// inHandshake reports whether the fault hits only the request that dials.
func (f connectionFault) inHandshake() bool {
	return f == dialRefused || f == dialStalls || f == handshakeReset || f == handshakeStalls
}

// roundTrip is the longest time from a request of size bytes to its answer, for
// an API that takes no time.
func (p networkPlan) roundTrip(size int) time.Duration {
	return 2*p.oneWay + p.transfer(size)
}

func (p networkPlan) transfer(size int) time.Duration {
	if p.bandwidth == 0 {
		return 0
	}
	return time.Duration(float64(size) / float64(p.bandwidth) * float64(time.Second))
}

// network dials simulated connections to the API.
type network struct {
	seed   uint64
	plan   networkPlan
	dial   func(ctx context.Context, network, addr string) (net.Conn, error)
	record *record

	mu    sync.Mutex
	calm  bool
	count int
}

// setCalm ends all latency and faults for connections that are dialed from now
// on.
func (n *network) setCalm() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.calm = true
}

func (n *network) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	number, plan := n.next()
	rng := newRandom(n.seed, "connection", number)
	fault := noFault
	if number < plan.healthyFrom && rng.chance(plan.faultRate) {
		fault = pick(rng, plan.faults...)
	}
	seen := n.record.dialed(number, fault)
	switch fault { //nolint:exhaustive // The others happen later.
	case dialRefused:
		if err := wait(ctx, 2*plan.oneWay); err != nil {
			return nil, err
		}
		return nil, syscall.ECONNREFUSED
	case dialStalls:
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if err := wait(ctx, 2*plan.oneWay); err != nil {
		return nil, err
	}
	conn, err := n.dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	seen.wasConnected()
	return newLink(conn, plan, fault, rng, seen), nil
}

func (n *network) next() (int, networkPlan) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.count++
	if n.calm {
		return n.count, networkPlan{}
	}
	return n.count, n.plan
}

// link is the client's end of a simulated connection: what goes through it is
// late, and it may break.
type link struct {
	net.Conn // the API's end of an unbuffered pipe
	plan     networkPlan
	seen     *connection

	up, down         chan packet
	upBusy, downBusy time.Time // until when the direction transfers what was sent
	rest             []byte

	closing  chan struct{} // closed by the client
	closeOne sync.Once
	broken   chan struct{} // closed by a reset
	breakOne sync.Once
	dead     chan struct{} // closed by the fault
	deadOne  sync.Once

	handshakeFault connectionFault
	handshakeLeft  int // bytes from the server until the handshake's fault
}

type packet struct {
	data []byte
	due  time.Time
	end  bool
}

// window is how many packets are on the way before a write waits.
const window = 64

func newLink(conn net.Conn, plan networkPlan, fault connectionFault, rng random, seen *connection) *link {
	l := &link{
		Conn: conn, plan: plan, seen: seen,
		up: make(chan packet, window), down: make(chan packet, window),
		closing: make(chan struct{}), broken: make(chan struct{}), dead: make(chan struct{}),
	}
	switch fault { //nolint:exhaustive // The others happen earlier.
	case handshakeReset, handshakeStalls:
		l.handshakeFault, l.handshakeLeft = fault, rng.IntN(600)
	case resetLater:
		time.AfterFunc(rng.duration(10*time.Millisecond, 20*time.Second), l.reset)
	case deadLater:
		time.AfterFunc(rng.duration(10*time.Millisecond, 20*time.Second), l.die)
	}
	go l.sendUp()
	go l.sendDown()
	return l
}

// reset ends the connection on both sides at once.
func (l *link) reset() {
	l.breakOne.Do(func() {
		l.seen.broke()
		close(l.broken)
		_ = l.Conn.Close()
	})
}

// die makes the connection half-open. The API learns of nothing any more, not
// even of the connection's end.
func (l *link) die() {
	l.deadOne.Do(func() {
		l.seen.broke()
		close(l.dead)
	})
}

func (l *link) isDead() bool {
	select {
	case <-l.dead:
		return true
	default:
		return false
	}
}

func (l *link) Write(p []byte) (int, error) {
	now := time.Now()
	l.upBusy = latest(now, l.upBusy).Add(l.plan.transfer(len(p)))
	select {
	case <-l.closing:
		return 0, net.ErrClosed
	case <-l.broken:
		return 0, syscall.ECONNRESET
	case l.up <- packet{data: bytes.Clone(p), due: l.upBusy.Add(l.plan.oneWay)}:
		return len(p), nil
	}
}

func (l *link) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		next, err := l.receive()
		if err != nil {
			return 0, err
		}
		l.rest = next
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func (l *link) receive() ([]byte, error) {
	for {
		select {
		case <-l.closing:
			return nil, net.ErrClosed
		case <-l.broken:
			return nil, syscall.ECONNRESET
		case next := <-l.down:
			if err := l.await(next.due); err != nil {
				return nil, err
			}
			switch {
			case l.isDead():
				continue
			case next.end:
				return nil, io.EOF
			}
			return next.data, nil
		}
	}
}

// await waits until a packet is due.
func (l *link) await(due time.Time) error {
	timer := time.NewTimer(time.Until(due))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-l.closing:
		return net.ErrClosed
	case <-l.broken:
		return syscall.ECONNRESET
	}
}

// sendUp carries what the client writes to the API, and then the end of the
// connection.
func (l *link) sendUp() {
	for {
		select {
		case next := <-l.up:
			time.Sleep(time.Until(next.due))
			if !l.isDead() {
				_, _ = l.Conn.Write(next.data)
			}
		case <-l.broken:
			return
		case <-l.closing:
			if len(l.up) > 0 {
				continue
			}
			time.Sleep(l.plan.oneWay)
			if !l.isDead() {
				_ = l.Conn.Close()
			}
			return
		}
	}
}

// sendDown carries what the API writes to the client.
func (l *link) sendDown() {
	buffer := make([]byte, 16<<10)
	for {
		n, err := l.Conn.Read(buffer)
		data := l.throughHandshake(bytes.Clone(buffer[:n]))
		l.downBusy = latest(time.Now(), l.downBusy).Add(l.plan.transfer(n))
		next := packet{data: data, due: l.downBusy.Add(l.plan.oneWay), end: err != nil}
		select {
		case l.down <- next:
		case <-l.closing: // nobody reads: discard
		case <-l.broken:
		}
		if err != nil {
			return
		}
	}
}

// throughHandshake applies the fault of a handshake and returns what passes.
func (l *link) throughHandshake(data []byte) []byte {
	if l.handshakeFault == noFault {
		return data
	}
	if len(data) < l.handshakeLeft {
		l.handshakeLeft -= len(data)
		return data
	}
	if l.handshakeFault == handshakeReset {
		time.AfterFunc(l.plan.oneWay, l.reset)
	} else {
		l.die()
	}
	return nil
}

// Close returns at once. What the client has written still arrives.
func (l *link) Close() error {
	l.closeOne.Do(func() {
		l.seen.clientClosed()
		close(l.closing)
	})
	return nil
}

// SetDeadline and SetReadDeadline are not implemented: the client sets none on
// a connection. A write never waits for long.
func (l *link) SetDeadline(time.Time) error      { panic("simulation: SetDeadline") }
func (l *link) SetReadDeadline(time.Time) error  { panic("simulation: SetReadDeadline") }
func (l *link) SetWriteDeadline(time.Time) error { return nil }

// wait waits for d, or returns the error of the context if it ends first.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
