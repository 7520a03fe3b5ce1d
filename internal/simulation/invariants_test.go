// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// check returns all violations of an invariant.
func check(p *plan, r *record) []string {
	c := &checker{plan: p, record: r, users: map[string]int{}}
	for _, o := range p.operations {
		for _, name := range o.names {
			c.users[name]++
		}
	}
	c.pauses = c.findPauses()
	c.blocked = c.findBlocked()
	c.checkAttempts()
	c.checkConcurrency()
	c.checkRate()
	c.checkPauses()
	c.checkArrivals()
	c.checkHedges()
	c.explainFailures()
	for _, o := range r.outcomes {
		c.checkOutcome(o)
		c.checkFleet(o)
		c.checkBound(o)
		for i, name := range o.operation.names {
			c.checkSecrets(o, o.results[i].Err)
			c.checkProvenance(o, name, o.results[i].State)
			if c.users[name] > 1 {
				continue // its attempts may belong to another operation
			}
			polls := newPolls(c.attemptsOf(o.operation, name))
			if o.operation.requirement.Timeout > 0 || o.operation.requirement.StableFor > 0 {
				c.checkWait(o, i, polls)
			} else {
				c.checkRead(o, i, polls)
			}
			c.checkDemand(o, i, polls)
		}
	}
	return c.problems
}

// tolerance is for what is not exact in virtual time: the rounding of the rate
// limit.
const tolerance = 2 * time.Millisecond

type checker struct {
	*plan
	*record
	users    map[string]int // operations by instance
	pauses   []interval
	blocked  []interval
	problems []string
}

type interval struct{ from, to time.Duration }

func (c *checker) fail(format string, args ...any) {
	c.problems = append(c.problems, "- "+fmt.Sprintf(format, args...))
}

// findPauses returns the time of each Retry-After, from the answer that had it.
func (c *checker) findPauses() []interval {
	var pauses []interval
	for _, a := range c.attempts {
		if seen := c.answers[a.RequestID]; seen != nil && seen.fault != nil && seen.fault.pause > 0 {
			pauses = append(pauses, interval{a.end, a.end + seen.fault.pause})
		}
	}
	return pauses
}

// findBlocked returns when no attempt can start: during a pause, while every
// slot is taken, and until there is a rate token.
func (c *checker) findBlocked() []interval {
	blocked := slices.Clone(c.pauses)
	for _, a := range c.attempts {
		if a.failure != nil && a.failure.RetryAfter > 0 {
			blocked = append(blocked, interval{a.end, a.end + a.failure.RetryAfter})
		}
	}
	if rate := c.config.RequestsPerSecond; rate > 0 {
		token := time.Duration(float64(time.Second) / rate)
		for _, a := range c.attempts {
			blocked = append(blocked, interval{a.start, a.start + token})
			if a.kind == wachat.KindTimeout {
				// Its hedge may have taken a token at the same time.
				blocked = append(blocked, interval{a.end, a.end + token})
			}
		}
		for _, pause := range c.pauses {
			// A token that was taken as the pause began is lost.
			blocked = append(blocked, interval{pause.from, pause.to + token})
		}
	}
	blocked = append(blocked, c.slotsTaken()...)
	return union(blocked)
}

func (c *checker) slotsTaken() []interval {
	var taken []interval
	inFlight, since := 0, time.Duration(0)
	for _, e := range c.changes() {
		if inFlight == c.config.MaxConcurrentRequests && e.at > since {
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
func (c *checker) changes() []change {
	changes := make([]change, 0, 2*len(c.attempts))
	for _, a := range c.attempts {
		if a.end > a.start {
			changes = append(changes, change{a.start, 1}, change{a.end, -1})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.by, b.by)) })
	return changes
}

func union(intervals []interval) []interval {
	slices.SortFunc(intervals, func(a, b interval) int { return cmp.Compare(a.from, b.from) })
	var merged []interval
	for _, i := range intervals {
		if last := len(merged) - 1; last >= 0 && i.from <= merged[last].to+tolerance {
			merged[last].to = max(merged[last].to, i.to)
			continue
		}
		merged = append(merged, i)
	}
	return merged
}

// firstUnblocked returns the first time from then on at which an attempt can
// start.
func (c *checker) firstUnblocked(from time.Duration) time.Duration {
	for _, b := range c.blocked {
		if b.from <= from+tolerance && from < b.to {
			return b.to
		}
	}
	return from
}

// checkAttempts holds each attempt to its time: whatever comes,
// request_timeout bounds it.
func (c *checker) checkAttempts() {
	for _, a := range c.attempts {
		if a.Duration > c.config.RequestTimeout+tolerance {
			c.fail("an attempt for %s at %s took %s, more than request_timeout", a.Instance, a.start, a.Duration)
		}
	}
}

func (c *checker) checkConcurrency() {
	inFlight := 0
	for _, e := range c.changes() {
		if inFlight += e.by; inFlight > c.config.MaxConcurrentRequests {
			c.fail("%d attempts in flight at %s, more than max_concurrent_requests", inFlight, e.at)
			return
		}
	}
}

func (c *checker) checkRate() {
	if c.config.RequestsPerSecond == 0 {
		return
	}
	shortest := time.Duration(float64(time.Second) / c.config.RequestsPerSecond)
	for i := 1; i < len(c.attempts); i++ {
		if gap := c.attempts[i].start - c.attempts[i-1].start; gap < shortest-tolerance {
			c.fail("attempts at %s and %s are %s apart, above requests_per_second", c.attempts[i-1].start, c.attempts[i].start, gap)
			return
		}
	}
}

// checkPauses lets an attempt start at the time at which the pause begins: the
// two cannot be told apart.
func (c *checker) checkPauses() {
	for _, pause := range c.pauses {
		for _, a := range c.attempts {
			if a.start > pause.from && a.start < pause.to-tolerance {
				c.fail("an attempt for %s starts at %s, in the pause from %s to %s", a.Instance, a.start, pause.from, pause.to)
				return
			}
		}
	}
}

// checkArrivals checks that the API gets no request but those that belong to an
// attempt. A request that is cut off may arrive after the end of its attempt.
func (c *checker) checkArrivals() {
	late := c.network.roundTrip(4 << 10)
	for _, seen := range c.answers {
		if !slices.ContainsFunc(c.attempts, func(a *attempt) bool {
			return a.Instance == seen.name && a.start <= seen.arrived && seen.arrived <= a.end+late
		}) {
			c.fail("request %s arrives at %s, outside every attempt", seen.id, seen.arrived)
		}
	}
}

// checkOutcome checks that every name has exactly one outcome, and that a
// caller that leaves gets its context's cause at once.
func (c *checker) checkOutcome(o *outcome) {
	leaves := o.operation.leavesAfter
	if leaves > 0 && o.end-o.start > leaves {
		c.fail("operation %d: its caller leaves after %s, and it returns after %s", o.operation.number, leaves, o.end-o.start)
	}
	if len(o.results) != len(o.operation.names) {
		c.fail("operation %d: %d results for %d names", o.operation.number, len(o.results), len(o.operation.names))
		return
	}
	for i, result := range o.results {
		name := o.operation.names[i]
		if (result.State == nil) == (result.Err == nil) {
			c.fail("operation %d: %s has the state %v and the error %v", o.operation.number, name, result.State, result.Err)
		}
		if errors.Is(result.Err, errLeft) && (leaves == 0 || o.end-o.start != leaves) {
			c.fail("operation %d: %s ended with its caller, who had not left", o.operation.number, name)
		}
		if required := o.operation.requirement.State; result.State != nil && required != "" && result.State.State != required {
			c.fail("operation %d: %s is %q, not %q", o.operation.number, name, result.State.State, required)
		}
	}
}

// checkProvenance checks that a state comes from an answer about that instance,
// to a request that was in flight after the read had begun.
func (c *checker) checkProvenance(o *outcome, name string, state *wachat.InstanceState) {
	if state == nil {
		return
	}
	var source *answer
	for _, seen := range c.answersFor(name) {
		if strings.Contains(state.Raw, answerMember(seen.id)) {
			source = seen
		}
	}
	switch {
	case source == nil:
		c.fail("operation %d: no answer gave %s the state %q", o.operation.number, name, state.State)
		return
	case state.Name != name || source.state != state.State:
		c.fail("operation %d: %s is %q, and the API said %q", o.operation.number, name, state.State, source.state)
	case source.fault != nil && source.fault.kind != wachat.KindUnknown:
		c.fail("operation %d: %s has a state from an answer with %s", o.operation.number, name, source.fault)
	}
	if !slices.ContainsFunc(c.attempts, func(a *attempt) bool {
		return a.RequestID == source.id && a.succeeded() && a.end >= o.start && a.end <= o.end
	}) {
		c.fail("operation %d: the state of %s is from before it began", o.operation.number, name)
	}
}

func (c *checker) checkSecrets(o *outcome, err error) {
	if err == nil {
		return
	}
	text := err.Error()
	var failure *wachat.Error
	var state *wachat.StateError
	if errors.As(err, &failure) {
		text += fmt.Sprintf("%+v", *failure)
	}
	if errors.As(err, &state) {
		text += fmt.Sprintf("%+v %+v", *state, state.Last)
	}
	if strings.Contains(text, wachattest.DefaultKey) {
		c.fail("operation %d: the key is in an error: %s", o.operation.number, text)
	}
}

// checkBound holds an operation to the time that its configuration implies.
//
//	a read     (max_retries + 1) * request_timeout + max_retries * retry_wait_max
//	a fleet    a read for each name, since all of them may share one slot
//	a wait     wait_timeout; a fleet waits for all names at the same time
//	a streak   wait_timeout + stable_for + two reads
//
// To all but a wait, which its deadline cuts off, come the queues: a rate token
// for each attempt of the run, and for each time that all slots are taken, a
// request_timeout; and the pauses.
func (c *checker) checkBound(o *outcome) {
	read := c.config.RequestTimeout
	for range c.config.MaxRetries {
		read += c.config.RetryWaitMax + c.config.RequestTimeout
	}
	requirement := o.operation.requirement
	var bound time.Duration
	switch {
	case requirement.StableFor > 0:
		bound = requirement.Timeout + requirement.StableFor + 2*read + c.queues()
	case requirement.Timeout > 0:
		bound = requirement.Timeout
	default:
		bound = time.Duration(len(o.operation.names))*read + c.queues()
	}
	if took := o.end - o.start; took > bound+tolerance {
		c.fail("operation %d took %s, more than %s", o.operation.number, took, bound)
	}
}

func (c *checker) queues() time.Duration {
	attempts := len(c.attempts) + 1
	queues := time.Duration(attempts/c.config.MaxConcurrentRequests+1) * c.config.RequestTimeout
	if c.config.RequestsPerSecond > 0 {
		queues += time.Duration(float64(attempts) / c.config.RequestsPerSecond * float64(time.Second))
	}
	for _, pause := range union(slices.Clone(c.pauses)) {
		queues += pause.to - pause.from
	}
	return queues
}

// checkDemand checks that an attempt starts as soon as it may: when it is due,
// and no pause, no limit and no full set of slots holds it back. So no slot and
// no rate token is lost.
func (c *checker) checkDemand(o *outcome, i int, polls *polls) {
	requirement := o.operation.requirement
	waits := requirement.Timeout > 0 || requirement.StableFor > 0
	due := o.start
	if o.operation.fleet && !waits {
		due = o.end // it has to wait for the names before it
	}
	for _, a := range polls.all {
		if first := c.firstUnblocked(due); a.start > max(due, first)+tolerance {
			c.fail("operation %d: the attempt for %s at %s could have started at %s", o.operation.number, a.Instance, a.start, first)
			return
		}
		due = a.end + c.config.RetryWaitMax
		if waits {
			due = max(due, a.end+requirement.PollInterval)
		}
		if a.failure != nil {
			due = max(due, a.end+a.failure.RetryAfter)
		}
	}
	left := errors.Is(o.results[i].Err, errLeft)
	if !o.operation.fleet && !tooLong(o.results[i].Err) && (len(polls.all) == 0 || left && !waits) {
		if first := c.firstUnblocked(due); o.end > max(due, first)+tolerance {
			c.fail("operation %d: no attempt for %s at %s, when one was due", o.operation.number, o.operation.names[i], first)
		}
	}
}

func tooLong(err error) bool {
	var failure *wachat.Error
	return errors.As(err, &failure) && failure.TooLong
}
