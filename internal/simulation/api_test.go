// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// instancePlan is what a seed decides on one instance.
type instancePlan struct {
	name    string
	states  []string      // one after the other; the last one stays
	lasts   time.Duration // each of them
	latency time.Duration // the longest
	slow    float64       // the probability that an answer takes ten times as long

	// Each of the first faultyRequests requests has one of the faults with the
	// probability faultRate.
	faults         faultSet
	faultRate      float64
	faultyRequests int
}

// request returns what happens to one request.
func (p *instancePlan) request(seed uint64, number int) (latency time.Duration, fault *fault) {
	rng := newRandom(seed, "request", p.name, number)
	latency = rng.duration(0, p.latency)
	if rng.chance(p.slow) {
		latency = 10 * p.latency
	}
	if number <= p.faultyRequests && rng.chance(p.faultRate) {
		return latency, pick(rng, p.faults...)
	}
	return latency, healthy
}

// apiSimulation answers the requests as the plan of their instance says.
type apiSimulation struct {
	plan   *plan
	record *record
}

func (s *apiSimulation) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("instanceName")
	number := s.record.arrive(name)
	instance := s.plan.instances[name]
	latency, fault := instance.request(s.plan.seed, number)
	seen := &answer{id: fmt.Sprintf("%s/%d", name, number), name: name, fault: fault, arrived: s.record.now()}
	s.record.change(func() { s.record.answers[seen.id] = seen }, "request %s is to be answered in %s with %s", seen.id, latency, fault)
	if wait(r.Context(), latency) != nil {
		panic(http.ErrAbortHandler)
	}
	state := fault.state
	if state == "" {
		state = instance.states[min(int(s.record.now()/instance.lasts), len(instance.states)-1)]
	}
	s.record.change(func() { seen.state = state }, "request %s is answered in state %q", seen.id, state)
	w.Header().Set("X-Request-Id", seen.id)
	fault.serve(w, r, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, fault.body, name, state, seen.id)
	}))
}

// usualBody is the answer in the form of the reference page.
const usualBody = `{"success":true,"answer":"ID","data":{"instance":{"instanceName":"NAME"STATE}},` +
	`"instance":{"instanceName":"Shop","apiInstanceName":"NAME"STATE,"number":"628123456789"}}`

func writeJSON(w http.ResponseWriter, body, name, state, id string) {
	member := fmt.Sprintf(`,"state":%q`, state)
	if state == stateMissing {
		member = ""
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = strings.NewReplacer("NAME", name, "STATE", member, "ID", id, "KEY", wachattest.DefaultKey).WriteString(w, body)
}
