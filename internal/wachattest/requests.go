// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"slices"
	"sync"
	"time"
)

// requests counts the requests that have arrived at a server's endpoint.
type requests struct {
	mu          sync.Mutex
	times       map[string][]time.Time // by instance
	total       int
	inFlight    int
	maxInFlight int
}

func (r *requests) begin(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.times == nil {
		r.times = make(map[string][]time.Time)
	}
	r.times[name] = append(r.times[name], time.Now())
	r.total++
	r.inFlight++
	r.maxInFlight = max(r.maxInFlight, r.inFlight)
}

func (r *requests) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inFlight--
}

// Requests is the number of requests to the endpoint so far, whatever the
// server answered.
func (s *Server) Requests() int {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	return s.requests.total
}

// RequestsOf is the number of requests about the instance so far, whether the
// server has it or not.
func (s *Server) RequestsOf(name string) int { return len(s.RequestTimes(name)) }

// RequestTimes is when each request about the instance arrived, oldest first.
func (s *Server) RequestTimes(name string) []time.Time {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	return slices.Clone(s.requests.times[name])
}

// MaxInFlight is the highest number of requests that the server was answering at
// the same time. A request whose client has left counts until the server notices.
func (s *Server) MaxInFlight() int {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	return s.requests.maxInFlight
}
