// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"errors"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// polls are the attempts of one operation for one instance that nothing else
// reads.
type polls struct {
	all       []*attempt
	completed []*attempt // without those that were cut off
}

func newPolls(requests []*attempt) *polls {
	p := &polls{all: withHedges(requests)}
	for _, a := range p.all {
		if !a.cutOff() {
			p.completed = append(p.completed, a)
		}
	}
	return p
}

// withHedges returns the attempts, each with the outcome of its hedge where that
// decided.
func withHedges(requests []*attempt) []*attempt {
	var attempts []*attempt
	for _, a := range requests {
		if a.Hedge {
			attempts[len(attempts)-1].merge(a)
			continue
		}
		first := *a
		attempts = append(attempts, &first)
	}
	return attempts
}

// merge takes the outcome of the hedge: the first answer with a state decides,
// and a failure waits for the other request. Of two failures, a permanent one
// decides.
func (a *attempt) merge(hedge *attempt) {
	first := *a
	permanent := func(f *wachat.Error) bool { return f != nil && !f.Retryable() }
	decides := hedge.succeeded() && (!first.succeeded() || hedge.end < first.end) ||
		first.cutOff() && hedge.failure != nil ||
		first.failure != nil && !permanent(first.failure) && permanent(hedge.failure)
	a.otherKind = hedge.kind
	if decides {
		*a = *hedge
		a.start, a.otherKind = first.start, first.kind
	}
	if !a.succeeded() {
		a.end = max(first.end, hedge.end)
	}
}

func (p *polls) last() *attempt {
	if len(p.completed) == 0 {
		return nil
	}
	return p.completed[len(p.completed)-1]
}

func (p *polls) withoutLast() *polls {
	return &polls{all: p.all, completed: p.completed[:len(p.completed)-1]}
}

// checkRead checks that the outcome of a read is that of its last attempt, and
// that it is retried as DESIGN says.
func (c *checker) checkRead(o *outcome, i int, polls *polls) {
	c.checkRetryWaits(o, polls)
	c.checkHealthy(o, i)
	number, name, err := o.operation.number, o.operation.names[i], o.results[i].Err
	for _, a := range polls.completed[:max(len(polls.completed)-1, 0)] {
		if a.succeeded() || !transient(a.kind) {
			c.fail("operation %d: %s is read again after an attempt ended with %v", number, name, a.Err)
		}
	}
	last := polls.last()
	var failure *wachat.Error
	var state *wachat.StateError
	switch {
	case errors.Is(err, errLeft):
	case errors.Is(err, wachat.ErrNotRead):
		if len(polls.all) > 0 {
			c.fail("operation %d: %s was read %d times, and is reported as not read", number, name, len(polls.all))
		}
	case errors.As(err, &failure) && failure.TooLong && c.isPausedFor(o, c.config.RetryWaitMax):
	case last == nil:
		c.fail("operation %d: %s has an outcome without an attempt: %v", number, name, err)
	case err == nil:
		if !last.succeeded() {
			c.fail("operation %d: %s has a state, and its last attempt failed: %v", number, name, last.Err)
		}
	case errors.As(err, &state):
		if seen := c.answers[last.RequestID]; !last.succeeded() || state.Found != seen.state || state.Found == state.Required {
			c.fail("operation %d: %s is reported as %q, and the API said %q", number, name, state.Found, seen.state)
		}
	case errors.As(err, &failure):
		c.checkFailure(o, name, failure, polls)
	default:
		c.fail("operation %d: %s has the error %v", number, name, err)
	}
}

// checkHealthy checks that what is wrong with other instances and with a few
// connections does not affect an instance that is healthy throughout. Only a
// pause, the end of its fleet and its caller may end its read.
func (c *checker) checkHealthy(o *outcome, i int) {
	name, err := o.operation.names[i], o.results[i].Err
	if !c.instances[name].answersAlways() || c.isTooSlow(name, c.config.RequestTimeout) || wachat.KindOf(err) == wachat.KindUnknown {
		return
	}
	for _, seen := range c.answers {
		if seen.fault != nil && seen.fault.breaksOthers {
			return
		}
	}
	broken := 0 // connections, each of which may fail an attempt
	for _, connection := range c.connections {
		if connection.fault != noFault {
			broken++
		}
	}
	paused := tooLong(err) && c.isPausedFor(o, c.config.RetryWaitMax)
	if broken <= c.config.MaxRetries && !paused {
		c.fail("operation %d: %s is healthy, and its read fails: %v", o.operation.number, name, err)
	}
}

func (c *checker) checkFailure(o *outcome, name string, failure *wachat.Error, polls *polls) {
	last := polls.last()
	if last.kind != failure.Kind || failure.Instance != name {
		c.fail("operation %d: the error of %s is %v, and its last attempt ended with %v", o.operation.number, name, failure, last.Err)
	}
	if failure.Attempts != len(polls.all) {
		c.fail("operation %d: the error of %s counts %d attempts, and there were %d", o.operation.number, name, failure.Attempts, len(polls.all))
	}
	if transient(failure.Kind) && !failure.TooLong && len(polls.all) != c.config.MaxRetries+1 {
		c.fail("operation %d: %s failed after %d attempts: %v", o.operation.number, name, len(polls.all), failure)
	}
}

// isPausedFor reports whether there is a pause of more than d during the
// operation.
func (c *checker) isPausedFor(o *outcome, d time.Duration) bool {
	for _, pause := range c.pauses {
		if pause.from <= o.end && pause.to-max(pause.from, o.start) > d {
			return true
		}
	}
	return false
}

// checkRetryWaits checks that a read's attempts are at least retry_wait_min
// apart, and at least the Retry-After.
func (c *checker) checkRetryWaits(o *outcome, polls *polls) {
	for k := 1; k < len(polls.all); k++ {
		before := polls.all[k-1]
		shortest := c.config.RetryWaitMin
		if seen := c.answers[before.RequestID]; seen != nil && seen.fault != nil {
			shortest = max(shortest, seen.fault.pause)
		}
		if gap := polls.all[k].start - before.end; gap < shortest-tolerance {
			c.fail("operation %d: an attempt for %s starts %s after the one before it, want at least %s", o.operation.number, before.Instance, gap, shortest)
		}
	}
}
