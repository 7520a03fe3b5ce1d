// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
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
	name    string
	options []wachattest.Option
	tls     bool
	http2   bool
}

var (
	plainHTTP1 = protocol{name: "HTTP/1.1"}
	tlsHTTP1   = protocol{name: "HTTP/1.1 over TLS", options: []wachattest.Option{wachattest.WithTLSHTTP1()}, tls: true}
	tlsHTTP2   = protocol{name: "HTTP/2", options: []wachattest.Option{wachattest.WithTLS()}, tls: true, http2: true}
)

// themes decide what a seed tries most. Each leaves the rest to chance.
var themes = map[string]func(*planner){
	"mixed":       (*planner).mixed,
	"connections": (*planner).connections,
	"distance":    (*planner).distance,
	"waits":       (*planner).waits,
	"streaks":     (*planner).streaks,
	"limits":      (*planner).limits,
	"pauses":      (*planner).pauses,
	"fleets":      (*planner).fleets,
	"protocols":   (*planner).protocols,
	"stalls":      (*planner).stalls,
}

func themeNames() []string {
	names := make([]string, 0, len(themes))
	for name := range themes {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// planner draws a plan.
type planner struct {
	random
	*plan
}

func newPlan(seed uint64) *plan {
	p := &planner{random: newRandom(seed, "plan"), plan: &plan{seed: seed, instances: map[string]*instancePlan{}}}
	p.theme = pick(p.random, themeNames()...)
	p.drawConfig()
	p.drawNetwork()
	themes[p.theme](p)
	return p.plan
}

func (p *planner) drawConfig() {
	c := wachat.DefaultConfig()
	c.RequestTimeout = p.duration(time.Second, 20*time.Second)
	c.MaxRetries = weighted(p.random, choice[int]{3, 0}, choice[int]{2, 1}, choice[int]{3, 3}, choice[int]{1, 5})
	c.RetryWaitMin = weighted(p.random, choice[time.Duration]{1, 0}, choice[time.Duration]{4, p.duration(10*time.Millisecond, time.Second)})
	c.RetryWaitMax = c.RetryWaitMin + p.duration(0, 30*time.Second)
	c.MaxConcurrentRequests = pick(p.random, 1, 2, 3, 5, 10, 10, 30)
	if p.chance(0.3) {
		c.RequestsPerSecond = pick(p.random, 0.5, 1, 2, 5, 20)
	}
	p.config = c
	p.protocol = weighted(p.random, choice[protocol]{1, plainHTTP1}, choice[protocol]{2, tlsHTTP1}, choice[protocol]{4, tlsHTTP2})
}

func (p *planner) drawNetwork() {
	p.network.oneWay = p.duration(0, min(100*time.Millisecond, p.config.RequestTimeout/40))
	if p.chance(0.2) {
		p.network.bandwidth = p.between(50_000, 1_000_000)
	}
}

// instance adds an instance without faults that is open throughout.
func (p *planner) instance() *instancePlan {
	i := &instancePlan{
		name:    fmt.Sprintf("t1_%03d", len(p.instances)),
		phases:  []wachattest.Phase{{State: wachattest.StateOpen}},
		latency: p.duration(0, p.config.RequestTimeout/20),
	}
	p.instances[i.name] = i
	return i
}

// anyInstance adds an instance whose states and faults are drawn.
func (p *planner) anyInstance() *instancePlan {
	i := p.instance()
	p.drawPhases(i)
	p.drawFaults(i, 0.4, slices.Concat(transientFaults, breakingFaults, permanentFaults, pausingFaults, shortPauseFaults, protocolFaults))
	return i
}

func (p *planner) drawPhases(i *instancePlan) {
	after := p.duration(100*time.Millisecond, time.Minute)
	states := []string{wachattest.StateClose, wachattest.StateConnecting, wachattest.StateOpen}
	switch p.IntN(8) {
	case 0:
		i.phases = []wachattest.Phase{{State: pick(p.random, states[:2]...)}}
	case 1, 2:
		i.phases = []wachattest.Phase{{State: pick(p.random, states[:2]...), For: after}, {State: wachattest.StateOpen}}
	case 3:
		i.phases = []wachattest.Phase{{State: wachattest.StateOpen, For: after}, {State: pick(p.random, states[:2]...)}}
	case 4:
		i.phases = []wachattest.Phase{{State: pick(p.random, wachattest.StateMissing, wachattest.StateNull, ""), For: after}, {State: wachattest.StateOpen}}
	case 5:
		i.phases = []wachattest.Phase{{State: states[0]}, {State: states[1]}, {State: states[2]}}
		i.flaps = p.duration(200*time.Millisecond, 20*time.Second)
	}
}

// drawFaults gives the instance faults with that probability.
func (p *planner) drawFaults(i *instancePlan, probability float64, faults faultSet) {
	if !p.chance(probability) {
		return
	}
	i.faults = faultSet{pick(p.random, faults...), pick(p.random, faults...)}
	switch p.IntN(3) {
	case 0:
		i.faultRate, i.faultyRequests = 1, p.between(1, 6)
	case 1:
		i.faultRate, i.faultyRequests = p.Float64(), 50
	case 2:
		i.faults = i.faults[:1]
		i.faultRate, i.faultyRequests = 1, 10_000
	}
}

// read adds an operation that reads the instances.
func (p *planner) read(instances ...*instancePlan) *operation {
	o := &operation{number: len(p.operations) + 1, at: p.duration(0, 10*time.Second), fleet: len(instances) > 1}
	for _, i := range instances {
		o.names = append(o.names, i.name)
	}
	p.operations = append(p.operations, o)
	return o
}

// wait makes the operation wait for a state.
func (p *planner) wait(o *operation) {
	o.requirement = wachat.Requirement{
		State:        weighted(p.random, choice[string]{5, wachattest.StateOpen}, choice[string]{1, wachattest.StateClose}),
		Timeout:      p.duration(500*time.Millisecond, 2*time.Minute),
		PollInterval: p.duration(time.Second, 20*time.Second),
	}
}

func (p *planner) stable(o *operation) {
	p.wait(o)
	o.requirement.StableFor = p.duration(time.Second, time.Minute)
	if p.chance(0.4) {
		o.requirement.Timeout = 0
	}
}

// anyRequirement gives the operation a drawn requirement, or none.
func (p *planner) anyRequirement(o *operation) {
	switch p.IntN(6) {
	case 0:
		o.requirement.State = wachattest.StateOpen
	case 1, 2:
		p.wait(o)
	case 3:
		p.stable(o)
	}
}

func (p *planner) leaves(o *operation, probability float64) {
	if p.chance(probability) {
		o.leavesAfter = p.duration(time.Millisecond, 30*time.Second)
	}
}

func (p *planner) several(n int, draw func() *instancePlan) []*instancePlan {
	instances := make([]*instancePlan, n)
	for i := range instances {
		instances[i] = draw()
	}
	return instances
}

func (p *planner) mixed() {
	p.network.faultRate = pick(p.random, 0, 0, 0.2, 0.5)
	p.network.faults = []connectionFault{dialRefused, dialStalls, handshakeReset, handshakeStalls, resetLater, deadLater}
	p.network.healthyFrom = p.between(1, 10)
	shared := p.several(p.between(1, 3), p.anyInstance)
	for range p.between(2, 8) {
		var o *operation
		switch p.IntN(10) {
		case 0, 1:
			o = p.read(shared...)
			o.fleet = true
		case 2, 3:
			o = p.read(pick(p.random, shared...))
		case 4, 5:
			o = p.read(p.several(p.between(2, 20), p.anyInstance)...)
		default:
			o = p.read(p.anyInstance())
		}
		p.anyRequirement(o)
		p.leaves(o, 0.2)
	}
}

// connections has many first requests at once while connections fail.
func (p *planner) connections() {
	p.protocol = pick(p.random, tlsHTTP1, tlsHTTP2, tlsHTTP2)
	p.config.MaxConcurrentRequests = pick(p.random, 5, 10, 30)
	p.config.RequestsPerSecond = 0
	p.network.faultRate = pick(p.random, 0.3, 0.7, 1)
	p.network.faults = pick(p.random,
		[]connectionFault{handshakeReset},
		[]connectionFault{handshakeStalls},
		[]connectionFault{dialStalls},
		[]connectionFault{dialRefused, dialStalls, handshakeReset, handshakeStalls},
		[]connectionFault{resetLater, deadLater},
	)
	p.network.healthyFrom = p.between(2, 4)
	for range p.between(1, 4) {
		p.leaves(p.read(p.several(p.between(1, 30), p.instance)...), 0.1)
	}
}

// distance has round trips of up to a third of the request timeout, and slow
// answers.
func (p *planner) distance() {
	p.protocol = pick(p.random, tlsHTTP1, tlsHTTP2, tlsHTTP2)
	p.config.RequestsPerSecond = 0
	p.network.oneWay = p.duration(p.config.RequestTimeout/pick[time.Duration](p.random, 8, 40), p.config.RequestTimeout/6)
	p.network.bandwidth = 0
	for range p.between(1, 3) {
		instances := p.several(p.between(1, 30), p.instance)
		for _, i := range instances {
			i.latency = p.duration(0, p.config.RequestTimeout/3)
		}
		p.read(instances...)
	}
}

func (p *planner) waits() {
	p.config.MaxConcurrentRequests = pick(p.random, 5, 10, 30)
	for range p.between(2, 6) {
		instances := p.several(pick(p.random, 1, 1, 1, 3, 8), func() *instancePlan {
			i := p.instance()
			p.drawPhases(i)
			p.drawFaults(i, 0.3, slices.Concat(transientFaults, pausingFaults[:4], permanentFaults[:3], breakingFaults))
			return i
		})
		o := p.read(instances...)
		p.wait(o)
		if p.chance(0.4) {
			o.requirement.PollInterval = o.requirement.Timeout + p.duration(0, 10*time.Second)
		}
		p.leaves(o, 0.1)
	}
}

func (p *planner) streaks() {
	p.config.MaxConcurrentRequests = pick(p.random, 5, 10, 30)
	for range p.between(2, 6) {
		instances := p.several(pick(p.random, 1, 1, 1, 3, 8), func() *instancePlan {
			i := p.instance()
			p.drawPhases(i)
			p.drawFaults(i, 0.3, slices.Concat(transientFaults, pausingFaults[:2], breakingFaults[:5], protocolFaults))
			return i
		})
		p.stable(p.read(instances...))
	}
}

// limits has a low rate or few slots, and callers that leave.
func (p *planner) limits() {
	if p.chance(0.7) {
		p.config.RequestsPerSecond = pick(p.random, 0.5, 1, 2, 5)
	} else {
		p.config.MaxConcurrentRequests = p.between(1, 3)
	}
	start := p.duration(0, time.Second)
	leave := p.duration(100*time.Millisecond, 10*time.Second)
	for range p.between(1, 40) {
		o := p.read(p.instance())
		o.at = start
		if p.chance(0.8) {
			o.leavesAfter = leave
		}
	}
	for range p.between(1, 3) {
		o := p.read(p.instance())
		o.at = start + leave + p.duration(0, 2*time.Second)
	}
}

func (p *planner) pauses() {
	faults := pick(p.random, pausingFaults, shortPauseFaults)
	for range p.between(2, 10) {
		i := p.instance()
		p.drawFaults(i, 0.5, faults)
		o := p.read(i)
		if p.chance(0.4) {
			p.wait(o)
			o.requirement.Timeout *= 5
		}
		p.leaves(o, 0.1)
	}
	if p.chance(0.5) {
		p.read(p.several(p.between(2, 20), p.instance)...)
	}
}

// fleets has instances next to each other with the same fault.
func (p *planner) fleets() {
	for range p.between(1, 2) {
		instances := p.several(p.between(5, 40), p.instance)
		for range p.between(0, 2) {
			sets := []faultSet{transientFaults, permanentFaults, everyReadsFaults, breakingFaults[:3], transientFaults[6:8]}
			fault := pick(p.random, pick(p.random, sets...)...)
			first := p.IntN(len(instances))
			for _, i := range instances[first:min(len(instances), first+p.between(1, 30))] {
				i.faults, i.faultRate, i.faultyRequests = faultSet{fault}, 1, 10_000
			}
		}
		o := p.read(instances...)
		switch p.IntN(4) {
		case 0:
			p.wait(o)
		case 1:
			o.requirement.State = wachattest.StateOpen
		}
		p.leaves(o, 0.1)
	}
}

func (p *planner) protocols() {
	for range p.between(2, 10) {
		i := p.instance()
		p.drawFaults(i, 0.7, protocolFaults)
		p.read(i)
	}
	p.read(p.several(p.between(2, 20), p.instance)...)
}

// stalls has a fleet of which a few requests stall, start slowly, or take longer
// from some time on.
func (p *planner) stalls() {
	p.config.RequestTimeout = p.duration(2*time.Second, 20*time.Second)
	p.config.MaxConcurrentRequests = pick(p.random, 2, 5, 10, 30)
	faults := faultSet{breakingFaults[4], breakingFaults[5], breakingFaults[0], pausingFaults[0], transientFaults[0], permanentFaults[2]}
	rate := pick(p.random, 0, 0.01, 0.05, 0.3)
	latency := p.duration(0, p.config.RequestTimeout/4)
	slow := pick(p.random, 0, 0, 0.02, 0.5)
	for range p.between(1, 2) {
		p.read(p.several(p.between(20, 120), func() *instancePlan {
			i := p.instance()
			i.latency, i.slow = latency, slow
			if p.chance(rate) {
				i.faults, i.faultRate, i.faultyRequests = faultSet{pick(p.random, faults...)}, 1, p.between(1, 3)
			}
			return i
		})...)
		latency = min(10*latency, p.config.RequestTimeout/2)
	}
}

func (p *plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "theme %s, %s\n", p.theme, p.protocol.name)
	fmt.Fprintf(&b, "request_timeout %s, max_retries %d, retry_wait_min %s, retry_wait_max %s, max_concurrent_requests %d, requests_per_second %g\n",
		p.config.RequestTimeout, p.config.MaxRetries, p.config.RetryWaitMin, p.config.RetryWaitMax, p.config.MaxConcurrentRequests, p.config.RequestsPerSecond)
	fmt.Fprintf(&b, "network %+v\n", p.network)
	for i := range len(p.instances) {
		instance := p.instances[fmt.Sprintf("t1_%03d", i)]
		fmt.Fprintf(&b, "instance %s: phases %v, flaps %s, latency %s, faults %v at rate %.2f in the first %d requests\n",
			instance.name, instance.phases, instance.flaps, instance.latency, instance.faults, instance.faultRate, instance.faultyRequests)
	}
	for _, o := range p.operations {
		fmt.Fprintf(&b, "operation %d: %s\n", o.number, o)
	}
	return b.String()
}
