// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// instancePlan is what a seed decides on one instance.
type instancePlan struct {
	name    string
	phases  []wachattest.Phase
	flaps   time.Duration // how long each phase lasts; 0 for phases that come once
	latency time.Duration // the longest
	slow    float64       // the probability that an answer takes ten times as long

	// Each of the first faultyRequests requests has one of the faults with the
	// probability faultRate.
	faults         faultSet
	faultRate      float64
	faultyRequests int
}

// answersAlways reports whether every request gets an answer that gives a state.
func (p *instancePlan) answersAlways() bool {
	for _, phase := range p.phases {
		if isNoState(phase.State) {
			return false
		}
	}
	return len(p.faults) == 0
}

func isNoState(state string) bool {
	return state == "" || state == wachattest.StateMissing || state == wachattest.StateNull
}

// create adds the instance to the API.
func (p *instancePlan) create(api *wachattest.Server) {
	instance := api.Create(p.name)
	if p.flaps == 0 {
		instance.Follow(p.phases...)
		return
	}
	states := make([]string, len(p.phases))
	for i, phase := range p.phases {
		states[i] = phase.State
	}
	instance.Flap(p.flaps, states...)
}

// requestPlan is what happens to one request, keyed by the instance and the
// number of the request.
type requestPlan struct {
	latency time.Duration
	fault   *fault
}

func (p *instancePlan) request(seed uint64, number int) requestPlan {
	rng := newRandom(seed, "request", p.name, number)
	plan := requestPlan{latency: rng.duration(0, p.latency)}
	if rng.chance(p.slow) {
		plan.latency = 10 * p.latency
	}
	if number <= p.faultyRequests && rng.chance(p.faultRate) {
		plan.fault = pick(rng, p.faults...)
	}
	return plan
}

// apiSimulation answers the requests as the plan of their instance says.
type apiSimulation struct {
	seed      uint64
	instances map[string]*instancePlan
	server    *wachattest.Server
	record    *record

	mu     sync.Mutex
	counts map[string]int // requests by instance

	inProbe     atomic.Int64
	mostInProbe atomic.Int64
}

// probeTime is how long the API takes for a request that probes the slots.
const probeTime = 100 * time.Millisecond

func (s *apiSimulation) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	name := r.URL.Query().Get("instanceName")
	plan, known := s.instances[name]
	if !known {
		s.serveProbe(w, r, next)
		return
	}
	number := s.count(name)
	request := plan.request(s.seed, number)
	seen := &answer{
		id: fmt.Sprintf("%s/%d", name, number), name: name, fault: request.fault,
		latency: request.latency, arrived: s.record.now(),
	}
	s.record.arrived(seen)
	w.Header().Set("X-Request-Id", seen.id)
	if err := wait(r.Context(), request.latency); err != nil {
		panic(http.ErrAbortHandler)
	}
	s.record.answering(seen, s.server.Instance(name).State())
	withID := withAnswerID(next, seen.id)
	if request.fault == nil {
		withID.ServeHTTP(w, r)
		return
	}
	if request.fault.breaksOthers {
		s.server.CloseConnections()
		panic(http.ErrAbortHandler)
	}
	request.fault.serve(w, r, withID)
}

func (s *apiSimulation) count(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[name]++
	return s.counts[name]
}

// withAnswerID adds a member to each answer, so that a state can be traced to
// the request that it answers.
func withAnswerID(next http.Handler, id string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder := httptest.NewRecorder()
		next.ServeHTTP(recorder, r)
		maps.Copy(w.Header(), recorder.Header())
		w.WriteHeader(recorder.Code)
		body := bytes.TrimSuffix(recorder.Body.Bytes(), []byte("}"))
		_, _ = fmt.Fprintf(w, `%s,%s}`, body, answerMember(id))
	})
}

func answerMember(id string) string { return fmt.Sprintf(`"answer":%q`, id) }

// serveProbe counts how many requests are in flight at the same time.
func (s *apiSimulation) serveProbe(w http.ResponseWriter, r *http.Request, next http.Handler) {
	n := s.inProbe.Add(1)
	for most := s.mostInProbe.Load(); n > most && !s.mostInProbe.CompareAndSwap(most, n); most = s.mostInProbe.Load() {
	}
	defer s.inProbe.Add(-1)
	if err := wait(r.Context(), probeTime); err != nil {
		panic(http.ErrAbortHandler)
	}
	next.ServeHTTP(w, r)
}
