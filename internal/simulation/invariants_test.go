// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"cmp"
	"encoding/json"
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
	slices.SortStableFunc(c.attempts, func(a, b *attempt) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	c.findWhole()
	c.findPauses()
	c.checkConnections()
	c.checkHandshakes()
	c.noTokens = c.tokensTaken()
	c.blocked = union(c.pauses, c.noTokens, c.slotsTaken(), c.holds)
	c.checkAttempts()
	c.checkSent()
	c.checkPauses()
	c.checkHedges()
	for _, o := range r.outcomes {
		c.checkOutcome(o)
		c.checkFleet(o)
		for i, name := range o.names {
			r := &reading{checker: c, outcome: o, name: name, Result: o.results[i], attempts: c.wholeOf(o.operation, name)}
			r.checkSecrets()
			r.checkProvenance()
			switch {
			case c.users[name] > 1 || slices.ContainsFunc(r.attempts, func(a *attempt) bool { return a.tied }):
				// Its attempts may belong to another operation, or either request decided.
			case o.polls():
				(&waiting{reading: r, deadline: o.start + o.requirement.Timeout}).check()
			default:
				r.check()
			}
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
	whole    []*attempt     // each with the outcome of its hedge where that decided
	pauses   []interval
	holds    []interval // an attempt keeps its turn
	noTokens []interval
	blocked  []interval // no attempt can start: also while every slot is taken
	problems []string
}

func (c *checker) fail(format string, args ...any) {
	c.problems = append(c.problems, "- "+fmt.Sprintf(format, args...))
}

// reading is one name of an operation.
type reading struct {
	*checker
	*outcome
	wachat.Result
	name     string
	attempts []*attempt // whole ones
}

func (r *reading) fail(format string, args ...any) {
	r.checker.fail("operation %d, %s: "+format, append([]any{r.number, r.name}, args...)...)
}

// findWhole puts each request and its hedge together, and checks that there is
// one hedge at most, sent while the first request is in flight.
func (c *checker) findWhole() {
	for _, a := range c.attempts {
		if !a.Hedge {
			whole := *a
			whole.first = a
			c.whole = append(c.whole, &whole)
			continue
		}
		i := slices.IndexFunc(c.whole, func(w *attempt) bool {
			return w.operation == a.operation && w.Instance == a.Instance && w.Number == a.Number && w.start < a.start && a.start <= w.first.end && w.hedge == nil
		})
		if i < 0 {
			c.fail("%s belongs to no attempt that is in flight and has no hedge", a)
			continue
		}
		c.whole[i].merge(a)
	}
}

// merge takes the outcome of the hedge where that decides.
func (a *attempt) merge(hedge *attempt) {
	first := a.first
	tied := first.decides() && hedge.decides() && first.end == hedge.end
	switch {
	case hedge.decides() && (!first.decides() || hedge.end < first.end), !first.decides() && hedge.cutOff():
		*a = *hedge
		a.start, a.Hedge = first.start, false
	case !first.decides():
		a.end = max(first.end, hedge.end)
	}
	a.first, a.hedge, a.tied = first, hedge, tied
}

func (c *checker) wholeOf(o *operation, name string) []*attempt {
	var found []*attempt
	for _, a := range c.whole {
		if a.operation == o && a.Instance == name {
			found = append(found, a)
		}
	}
	return found
}

// checkAttempts checks that request_timeout bounds each request, and that its
// outcome is that of the answer.
func (c *checker) checkAttempts() {
	for _, a := range c.attempts {
		timedOut := a.kind == wachat.KindTimeout && (a.Hedge || a.Duration >= c.config.RequestTimeout-tolerance)
		switch {
		case a.cutOff() || timedOut || a.kind == wachat.KindConnection:
		case a.answer == nil:
			c.fail("%s has the outcome %v without an answer", a, a.Err)
		case a.answer.name != a.Instance:
			c.fail("%s has the answer %s", a, a.answer.id)
		case a.kind != a.answer.kind(a.operation.maxAge()) && (!a.answer.fault.breaks || !a.succeeded()):
			c.fail("%s ended with %v; its answer was %s in state %q", a, a.Err, a.answer.fault, a.answer.state)
		}
	}
	for _, a := range c.whole {
		if a.end > a.start+c.config.RequestTimeout+tolerance {
			c.fail("%s ends at %s, later than request_timeout", a, a.end)
		}
	}
}

// checkSent checks that no request is sent three times, and that the API gets
// none that the client does not count.
func (c *checker) checkSent() {
	sent := map[string]int{}
	for _, a := range c.attempts {
		sent[a.Instance] += a.Sent
		if a.Sent > 2 {
			c.fail("%s was sent %d times", a, a.Sent)
		}
		if strings.Contains(fmt.Sprintf("%+v %v", a.Attempt, a.Err), wachattest.DefaultKey) {
			c.fail("the key is in %s: %+v", a, a.Attempt)
		}
	}
	for name := range c.instances {
		if c.arrivals[name] > sent[name] {
			c.fail("%d requests for %s arrived at the API, and the client counts %d", c.arrivals[name], name, sent[name])
		}
	}
}

// checkOutcome checks that every name has exactly one outcome, and that a
// caller that leaves gets its context's cause at once.
func (c *checker) checkOutcome(o *outcome) {
	leaves := o.leavesAfter
	if leaves > 0 && o.end-o.start > leaves {
		c.fail("operation %d: its caller leaves %s after its start at %s, and it returns after %s", o.number, leaves, o.start, o.end-o.start)
	}
	for i, result := range o.results {
		name := o.names[i]
		if (result.State == nil) == (result.Err == nil) {
			c.fail("operation %d: %s has the state %v and the error %v", o.number, name, result.State, result.Err)
		}
		if errors.Is(result.Err, errLeft) && (leaves == 0 || o.end-o.start != leaves) {
			c.fail("operation %d: %s ended with its caller, who had not left", o.number, name)
		}
		if required := o.requirement.State; result.State != nil && required != "" && result.State.State != required {
			c.fail("operation %d: %s is %q, not %q", o.number, name, result.State.State, required)
		}
	}
}

// checkProvenance checks that a state comes from an answer about that instance,
// to a request that was in flight after the read had begun.
func (r *reading) checkProvenance() {
	if r.State == nil {
		return
	}
	var raw struct{ Answer string }
	_ = json.Unmarshal([]byte(r.State.Raw), &raw)
	source := r.answers[raw.Answer]
	switch {
	case source == nil || source.name != r.name || r.State.Name != r.name:
		r.fail("no answer gave the state %q", r.State.State)
	case source.state != r.State.State || source.kind(r.maxAge()) != noError && !source.fault.breaks:
		r.fail("the state is %q, and the API said %q with %s", r.State.State, source.state, source.fault)
	case !slices.ContainsFunc(r.checker.attempts, func(a *attempt) bool {
		return a.answer == source && a.succeeded() && a.end >= r.start && a.end <= r.end
	}):
		r.fail("the state is from before it began at %s", r.start)
	}
}

// checkSecrets looks for the key in all texts of a result, decoded where they are JSON.
func (r *reading) checkSecrets() {
	fields, _ := json.Marshal(r.Err)
	text := fmt.Sprint(r.Err) + string(fields)
	if r.State != nil {
		var decoded any
		_ = json.Unmarshal([]byte(r.State.Raw), &decoded)
		text += r.State.Raw + fmt.Sprint(decoded)
	}
	if strings.Contains(text, wachattest.DefaultKey) {
		r.fail("the key is in the result: %s", text)
	}
}
