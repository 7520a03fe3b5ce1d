// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

type interval struct{ from, to time.Duration }

func union(intervals ...[]interval) []interval {
	all := slices.Concat(intervals...)
	slices.SortFunc(all, func(a, b interval) int { return cmp.Compare(a.from, b.from) })
	var merged []interval
	for _, i := range all {
		if last := len(merged) - 1; last >= 0 && i.from <= merged[last].to+tolerance {
			merged[last].to = max(merged[last].to, i.to)
			continue
		}
		merged = append(merged, i)
	}
	return merged
}

// firstAfter returns the first time from then on that is in no interval of a
// union.
func firstAfter(then time.Duration, union []interval) time.Duration {
	for _, i := range union {
		if i.from <= then+tolerance && then < i.to {
			return i.to
		}
	}
	return then
}

// findPauses returns the time of each Retry-After, from the answer that had it.
func (c *checker) findPauses() {
	for _, a := range c.attempts {
		if a.failure != nil && a.answer != nil && a.answer.fault.pause > 0 {
			c.pauses = append(c.pauses, interval{a.end, a.end + a.answer.fault.pause})
		}
	}
}

// pauseEnd returns the end of the pauses that had begun by then.
func (c *checker) pauseEnd(then time.Duration) time.Duration {
	var end time.Duration
	for _, pause := range c.pauses {
		if pause.from <= then {
			end = max(end, pause.to)
		}
	}
	return end
}

// isPaused reports whether there is a pause of more than d between the times.
func (c *checker) isPaused(from, to, d time.Duration) bool {
	return slices.ContainsFunc(c.pauses, func(pause interval) bool {
		return pause.from <= to && pause.to-max(pause.from, from) > d
	})
}

// checkConnections checks that every connection has ended by itself, and that a
// handshake that never ends is bounded: request_timeout for the dial, and as
// long for the rest.
func (c *checker) checkConnections() {
	bound := 2*c.config.RequestTimeout + tolerance
	for _, connection := range c.connections {
		if connection.end == 0 || connection.ready == 0 && connection.end-connection.dialed > bound {
			c.fail("connection %d (%s) ended at %s (0 for never); the clock of its bound of %s began at its dial at %s",
				connection.number, connection.fault, connection.end, bound, connection.dialed)
		}
	}
}

// handshakeTime is how long others wait for the first connection.
const handshakeTime = time.Second

// checkHandshakes checks that an attempt that is alone in flight is the only one
// to open a connection: for the first second, while it has none, and until it
// fails. It also finds how long the others wait.
func (c *checker) checkHandshakes() {
	for _, a := range c.whole {
		dial := slices.IndexFunc(c.connections, func(c *connection) bool { return c.dialed == a.start })
		others := slices.ContainsFunc(c.whole, func(b *attempt) bool { return b != a && b.start <= a.start && a.start < b.end })
		if dial < 0 || others {
			continue
		}
		// One that ends at that time may still have been in flight.
		follows := slices.ContainsFunc(c.whole, func(b *attempt) bool { return b != a && b.end == a.start })
		until := min(a.end, a.first.end, a.start+handshakeTime)
		if own := c.connections[dial]; own.ready > 0 && a.first.Sent > 0 {
			until = min(until, own.ready)
		}
		c.holds = append(c.holds, interval{a.start, until})
		pooled := slices.ContainsFunc(c.connections, func(c *connection) bool { return c.dialed < a.start && (c.end == 0 || c.end >= a.start) })
		if own := c.connections[dial]; !pooled && !follows && own.ready > 0 && own.ready < a.start+handshakeTime && a.first.Sent > 1 {
			c.fail("%s is sent twice, and its first connection was a new one", a)
		}
		dials := 0
		for _, other := range c.connections {
			if other.ready >= a.start {
				until = min(until, other.ready) // an earlier dial may serve the attempt, too, even at its start
			}
		}
		for _, other := range c.connections {
			hedge := slices.ContainsFunc(c.attempts, func(b *attempt) bool {
				repeated := b.Sent > 1 && b.start <= other.dialed && other.dialed <= b.end
				return b.Hedge && (b.start == other.dialed || repeated)
			})
			if other.dialed >= a.start && other.dialed < until && !hedge {
				dials++
			}
		}
		if dials > 1 && a.first.Sent < 2 && !follows {
			c.fail("%d handshakes begin while %s opens the first connection, until %s", dials, a, until)
		}
	}
}

// tokensTaken finds when there is no rate token.
func (c *checker) tokensTaken() []interval {
	if c.config.RequestsPerSecond == 0 {
		return nil
	}
	var taken []interval
	token := time.Duration(float64(time.Second) / c.config.RequestsPerSecond)
	for i, a := range c.attempts {
		if i > 0 && a.start-c.attempts[i-1].start < token-tolerance {
			c.fail("%s and %s are above requests_per_second", c.attempts[i-1], a)
		}
		taken = append(taken, interval{a.start, a.start + token})
	}
	return taken
}

// slotsTaken finds when no slot is free. A hedge needs none.
func (c *checker) slotsTaken() []interval {
	var taken []interval
	inFlight, since := 0, time.Duration(0)
	for _, e := range changes(c.whole) {
		switch {
		case inFlight > c.config.MaxConcurrentRequests:
			c.fail("%d attempts in flight at %s, more than max_concurrent_requests", inFlight, since)
		case inFlight == c.config.MaxConcurrentRequests && e.at > since:
			taken = append(taken, interval{since, e.at})
		}
		inFlight += e.by
		since = e.at
	}
	return taken
}

// change is the start or the end of an attempt.
type change struct {
	at time.Duration
	by int
}

// changes are in the order of time, ends before starts.
func changes(attempts []*attempt) []change {
	changes := make([]change, 0, 2*len(attempts))
	for _, a := range attempts {
		if a.end > a.start {
			changes = append(changes, change{a.start, 1}, change{a.end, -1})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.by, b.by)) })
	return changes
}

// checkPauses lets an attempt start at the time at which the pause begins: the
// two cannot be told apart.
func (c *checker) checkPauses() {
	for _, pause := range c.pauses {
		for _, a := range c.attempts {
			if a.start > pause.from && a.start < pause.to-tolerance {
				c.fail("%s starts in the pause from %s to %s", a, pause.from, pause.to)
				return
			}
		}
	}
}

// longestBackoff returns how long a read waits after some retries at most, but
// for pauses.
func (c *checker) longestBackoff(retries int) time.Duration {
	return min(c.config.RetryWaitMax, max(c.config.RetryWaitMin, 500*time.Millisecond)<<min(retries+1, 20))
}

// checkDemand checks that an attempt starts as soon as it may: when it is due,
// and no pause, no limit and no full set of slots holds it back. So no slot and
// no rate token is lost.
func (r *reading) checkDemand(a *attempt, due time.Duration) {
	if first := firstAfter(due, r.blocked); a.start > first+tolerance {
		r.fail("%s was due at %s and could have started at %s", a, due, first)
	}
}

// checkReadDemand checks the attempts of a read. A fleet's names wait for those
// before them. A read that is between attempts, or waits for one, fails at once
// when there is a pause that it does not wait for.
func (r *reading) checkReadDemand() {
	due := r.start
	for k, a := range r.attempts {
		if k > 0 || !r.fleet {
			r.checkDemand(a, due)
		}
		due = a.end + r.longestBackoff(k)
	}
	if r.fleet {
		return
	}
	if first := firstAfter(due, r.blocked); errors.Is(r.Err, errLeft) && r.end > first+tolerance {
		r.fail("no attempt at %s, when one was due, until the caller left at %s", first, r.end)
	}
	for _, pause := range r.pauses {
		from := max(pause.from, due)
		if pause.to-from > r.config.RetryWaitMax+tolerance && r.end > from+tolerance {
			r.fail("it ends at %s; from %s on it only waited for the end of a pause at %s", r.end, from, pause.to)
		}
	}
}

func tooLong(err error) bool {
	failure, ok := errors.AsType[*wachat.Error](err)
	return ok && failure.TooLong
}
