// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"cmp"
	"slices"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// explainFailures checks that each failed attempt has a cause in the plan: a
// fault of its own instance, or a fault of a connection. A fault in a handshake
// may fail only the one request that dialed.
func (c *checker) explainFailures() {
	byEnd := slices.Clone(c.attempts)
	slices.SortStableFunc(byEnd, func(a, b *attempt) int { return cmp.Compare(a.end, b.end) })
	charged := map[*connection]bool{}
	for _, a := range byEnd {
		if a.cutOff() || c.isExplained(a) {
			continue
		}
		if connection := c.handshakeFault(a, charged); connection != nil {
			charged[connection] = true
			continue
		}
		c.fail("the attempt for %s from %s to %s has no reason to fail: %v", a.Instance, a.start, a.end, a.Err)
	}
}

func (c *checker) isExplained(a *attempt) bool {
	if seen := c.answers[a.RequestID]; seen != nil && a.kind == seen.kind() {
		return true
	}
	switch a.kind {
	case wachat.KindTimeout:
		return c.hasBreakingFault(a) || c.isTooSlow(a.Instance, a.Duration) || c.wasOnBrokenConnection(a)
	case wachat.KindConnection:
		return c.hasBreakingFault(a) || c.wasOnBrokenConnection(a)
	default:
		return false
	}
}

// kind is the kind of the error that the answer has to end with.
func (a *answer) kind() wachat.Kind {
	switch {
	case a.fault != nil && a.fault.kind != wachat.KindUnknown:
		return a.fault.kind
	case isNoState(a.state):
		return wachat.KindNoState
	default:
		return wachat.KindUnknown
	}
}

func (c *checker) hasBreakingFault(a *attempt) bool {
	for _, seen := range c.answersFor(a.Instance) {
		if seen.arrived >= a.start && seen.arrived <= a.end && seen.fault != nil && seen.fault.breaks {
			return true
		}
	}
	return false
}

// isTooSlow reports whether a healthy network and API may take longer than a
// request has: the wait for another request's handshake, three round trips to
// connect and to get an answer, and the API's own time.
func (c *checker) isTooSlow(name string, timeout time.Duration) bool {
	const handshake, exchange = 4 << 10, 2 << 10 // bytes
	needed := 3*2*c.network.oneWay + c.network.transfer(handshake+exchange*c.config.MaxConcurrentRequests)
	if c.protocol.tls {
		needed += min(time.Second, c.config.RequestTimeout/4)
	}
	instance := c.instances[name]
	latency := instance.latency
	if instance.slow > 0 {
		latency *= 10
	}
	return needed+latency >= timeout
}

// wasOnBrokenConnection reports whether the attempt may have used a connection
// that was reset or went dead after its handshake. The pings of HTTP/2 find a
// dead connection within a request timeout; HTTP/1.1 has none, and may try a
// connection that was idle for up to 90 seconds.
func (c *checker) wasOnBrokenConnection(a *attempt) bool {
	for _, connection := range c.connections {
		if !connection.broken || connection.fault.inHandshake() {
			continue
		}
		noticed := connection.at
		if connection.fault == deadLater {
			noticed += c.config.RequestTimeout
			if !c.protocol.http2 {
				noticed += 90 * time.Second
			}
		}
		if a.start <= noticed && a.end >= connection.at {
			return true
		}
	}
	for _, seen := range c.answers {
		noticed := seen.answered + c.network.roundTrip(4<<10)
		if seen.fault != nil && seen.fault.breaksOthers && a.start <= noticed && a.end >= seen.answered {
			return true
		}
	}
	return false
}

// handshakeFault returns a connection with a fault in its handshake that the
// attempt may have dialed, and that no other attempt was charged to.
func (c *checker) handshakeFault(a *attempt, charged map[*connection]bool) *connection {
	if a.kind != wachat.KindConnection && a.kind != wachat.KindTimeout {
		return nil
	}
	during := func(at time.Duration) bool { return a.start <= at && at <= a.end }
	for _, connection := range c.connections {
		// Without TLS the fault comes in the first answers, which may be short.
		happened := during(connection.dialed) || connection.broken && during(connection.at)
		if connection.fault.inHandshake() && !charged[connection] && happened {
			return connection
		}
	}
	return nil
}
