// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// plan is all that a seed decides.
type plan struct {
	seed       uint64
	theme      string
	config     wachat.Config // without what only a run knows
	protocol   protocol
	network    networkPlan
	instances  map[string]*instancePlan
	operations []*operation
}

type protocol struct {
	tls, http2 bool
}

var (
	plainHTTP1 = protocol{}
	tlsHTTP1   = protocol{tls: true}
	tlsHTTP2   = protocol{tls: true, http2: true}
)

// theme is what a seed tries most. What is not set is left to chance, or out.
type theme struct {
	name string

	protocols []protocol
	slots     []int
	rates     []float64 // requests a second

	// The first connections may have one of two of the faults.
	connectionFaults []connectionFault
	firstConnections int
	distant          bool // round trips of up to a third of the request timeout

	operations int   // at most
	sizes      []int // of fleets, at most
	together   bool  // they start, and their callers leave, at the same time
	waits      float64
	streaks    float64

	histories  bool // the states change
	faults     []faultSet
	neighbours bool // have the same fault
	stalls     bool // answers take long, some ten times as long, and few have a fault
}

var (
	fewSlots, manySlots = []int{1, 2, 3, 5, 10, 10, 20}, []int{5, 10, 20}
	anyRate             = []float64{0, 0, 0, 0, 0, 0, 0.5, 2, 5, 20}
	anyProtocol         = []protocol{plainHTTP1, tlsHTTP1, tlsHTTP1, tlsHTTP2, tlsHTTP2, tlsHTTP2, tlsHTTP2}
	secure              = []protocol{tlsHTTP1, tlsHTTP2, tlsHTTP2}
	brokenConnections   = []connectionFault{dialRefused, dialStalls, handshakeCloses, handshakeStalls, closedLater, deadLater}

	themes = []theme{
		{
			name: "mixed", operations: 8, sizes: []int{1, 1, 1, 3, 20}, waits: 0.3, streaks: 0.2, histories: true,
			faults:           []faultSet{transientFaults, breakingFaults, permanentFaults, pausingFaults, notPausing, oddAnswers},
			connectionFaults: brokenConnections, firstConnections: 10,
		},
		{
			name: "connections", protocols: secure, slots: manySlots, operations: 3, sizes: []int{20},
			connectionFaults: brokenConnections, firstConnections: 4,
		},
		{name: "distance", protocols: secure, distant: true, operations: 3, sizes: []int{20}},
		{
			name: "waits", slots: manySlots, operations: 6, sizes: []int{1, 1, 1, 3, 8}, waits: 1, histories: true,
			faults: []faultSet{transientFaults, pausingFaults, notPausing, permanentFaults[:3], breakingFaults},
		},
		{
			name: "streaks", slots: manySlots, operations: 6, sizes: []int{1, 1, 1, 3, 8}, streaks: 1, histories: true,
			faults: []faultSet{transientFaults, pausingFaults[:4], breakingFaults, oddAnswers, oddAnswers},
		},
		{name: "limits", slots: []int{1, 2, 3, 10}, rates: []float64{0, 0.5, 1, 2, 5}, operations: 40, sizes: []int{1}, together: true},
		{
			name: "pauses", slots: []int{2, 2, 3, 5, 10}, operations: 12, sizes: []int{1, 1, 1, 20}, waits: 0.3,
			faults: []faultSet{pausingFaults, pausingFaults, notPausing, breakingFaults[3:5]},
		},
		{
			name: "fleets", operations: 2, sizes: []int{5, 40}, waits: 0.25, neighbours: true,
			faults: []faultSet{transientFaults, permanentFaults, everyReadsFaults, everyReadsFaults, breakingFaults},
		},
		{
			name: "repeats", operations: 4, sizes: []int{8}, waits: 0.3, streaks: 0.2, faults: []faultSet{breakingFaults[:1]},
			connectionFaults: []connectionFault{goesAway, refusesStreams, closedLater}, firstConnections: 1000,
		},
		{name: "stalls", operations: 2, sizes: []int{30, 120}, stalls: true, faults: []faultSet{breakingFaults[:5], pausingFaults[:1], permanentFaults[:2]}},
	}
)

// histories are the states that an instance has in turn.
var histories = []string{
	"open", "open", "close", "connecting", "close open", "connecting open", "open connecting", "open close", "connecting Open",
	stateMissing + " open", " open", strings.Repeat("close connecting open ", 100), strings.Repeat("open close ", 200),
}

// planner draws a plan.
type planner struct {
	random
	*plan
	theme theme
}

func newPlan(seed uint64) *plan {
	p := &planner{random: newRandom(seed, "plan"), plan: &plan{seed: seed, instances: map[string]*instancePlan{}}}
	p.theme = pick(p.random, themes...)
	p.plan.theme = p.theme.name
	p.drawConfig()
	p.drawNetwork()
	leaveAfter := p.duration(time.Millisecond, 30*time.Second)
	for range p.between(1, p.theme.operations) {
		o := p.operation()
		switch {
		case p.theme.together:
			o.at, o.leavesAfter = 0, pick(p.random, 0, leaveAfter, leaveAfter)
		case p.chance(0.1):
			o.leavesAfter = p.duration(time.Millisecond, 30*time.Second)
		}
	}
	// At the end, all slots have to be free.
	for range p.config.MaxConcurrentRequests {
		p.operations = append(p.operations, &operation{number: len(p.operations) + 1, at: 5 * time.Hour, names: []string{p.instance().name}})
	}
	return p.plan
}

// or returns the values, or the usual ones if there are none.
func or[T any](values, usual []T) []T {
	if len(values) == 0 {
		return usual
	}
	return values
}

func (p *planner) drawConfig() {
	c := wachat.DefaultConfig()
	c.RequestTimeout = p.duration(time.Second, 20*time.Second)
	c.MaxRetries = pick(p.random, 0, 0, 0, 1, 1, 3, 3, 3, 5)
	c.RetryWaitMin = p.duration(0, time.Second)
	c.RetryWaitMax = c.RetryWaitMin + p.duration(0, 30*time.Second)
	c.MaxConcurrentRequests = pick(p.random, or(p.theme.slots, fewSlots)...)
	c.RequestsPerSecond = pick(p.random, or(p.theme.rates, anyRate)...)
	c.NoHedges = p.chance(0.1)
	p.config = c
	p.protocol = pick(p.random, or(p.theme.protocols, anyProtocol)...)
}

func (p *planner) drawNetwork() {
	p.network.oneWay = p.duration(0, min(100*time.Millisecond, p.config.RequestTimeout/40))
	if p.theme.distant {
		p.network.oneWay = p.duration(p.config.RequestTimeout/40, p.config.RequestTimeout/6)
	}
	if p.theme.firstConnections > 0 {
		p.network.faultRate = pick(p.random, 0, 0.4, 0.7, 1)
		p.network.faults = []connectionFault{pick(p.random, p.theme.connectionFaults...), pick(p.random, p.theme.connectionFaults...)}
		p.network.healthyFrom = p.between(2, p.theme.firstConnections)
	}
}

// operation adds an operation and its instances. The instance before may be read
// again.
func (p *planner) operation() *operation {
	o := &operation{number: len(p.operations) + 1, at: p.duration(0, 10*time.Second)}
	p.operations = append(p.operations, o)
	latency := p.duration(0, p.config.RequestTimeout/4)
	shared, shares := p.instances[instanceName(len(p.instances)-1)]
	if shares && p.theme.name == "mixed" && p.chance(0.3) {
		o.names = append(o.names, shared.name)
	}
	for range p.between(1, pick(p.random, p.theme.sizes...)) {
		i := p.instance()
		if p.theme.histories {
			i.states = strings.Split(pick(p.random, histories...), " ")
		}
		faulty := p.chance(0.4)
		if p.theme.stalls {
			i.latency, i.slow = latency, 0.02
			faulty = p.chance(0.05)
		}
		before := p.instances[instanceName(len(p.instances)-2)]
		if p.theme.neighbours && before != nil && p.chance(0.9) {
			i.faults, i.faultRate, i.faultyRequests = before.faults, before.faultRate, before.faultyRequests
		} else if faulty && len(p.theme.faults) > 0 {
			p.drawFaults(i, pick(p.random, p.theme.faults...))
		}
		o.names = append(o.names, i.name)
	}
	o.fleet = len(o.names) > 1
	p.drawRequirement(o)
	return o
}

func (p *planner) drawRequirement(o *operation) {
	kind := p.Float64()
	polls := kind < p.theme.waits+p.theme.streaks
	if polls || p.chance(0.2) {
		o.requirement.State = pick(p.random, "open", "open", "open", "open", "close")
	}
	if !polls {
		return
	}
	o.requirement.Timeout = p.duration(500*time.Millisecond, 2*time.Minute)
	o.requirement.PollInterval = p.duration(time.Second, 20*time.Second)
	if p.chance(0.3) { // the last poll is due before the next one would be
		o.requirement.PollInterval += o.requirement.Timeout
	}
	if kind < p.theme.streaks {
		o.requirement.StableFor = p.duration(time.Second, time.Minute)
		o.requirement.Timeout = pick(p.random, 0, o.requirement.Timeout)
	}
}

func instanceName(number int) string { return fmt.Sprintf("t1_%03d", number) }

// instance adds an instance without faults that is open throughout.
func (p *planner) instance() *instancePlan {
	i := &instancePlan{
		name:    instanceName(len(p.instances)),
		states:  []string{"open"},
		lasts:   p.duration(100*time.Millisecond, time.Minute),
		latency: p.duration(0, p.config.RequestTimeout/20),
	}
	p.instances[i.name] = i
	return i
}

// drawFaults gives the instance one or two of the faults.
func (p *planner) drawFaults(i *instancePlan, faults faultSet) {
	i.faults = faultSet{pick(p.random, faults...), pick(p.random, faults...)}
	i.faults = i.faults[:p.between(1, 2)]
	i.faultRate = pick(p.random, 1, 1, p.Float64())
	i.faultyRequests = pick(p.random, p.between(1, 6), 50, 10_000)
}

func (p *plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "theme %s, %+v\n%+v\nnetwork %+v\n", p.theme, p.protocol, p.config, p.network)
	for i := range len(p.instances) {
		fmt.Fprintf(&b, "instance %+v\n", *p.instances[instanceName(i)])
	}
	for _, o := range p.operations {
		fmt.Fprintf(&b, "operation %+v\n", *o)
	}
	return b.String()
}
