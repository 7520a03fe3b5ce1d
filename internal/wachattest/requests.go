// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"slices"
	"sync"
	"time"
)

// requestLog knows the requests that came, and those that are being answered.
type requestLog struct {
	running sync.WaitGroup

	mu          sync.Mutex
	closed      bool
	total       int
	times       map[string][]time.Time
	inFlight    int
	maxInFlight int
}

// begin returns false when the server is closing: the request gets no answer.
func (l *requestLog) begin(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	if l.times == nil {
		l.times = make(map[string][]time.Time)
	}
	l.running.Add(1)
	l.total++
	l.times[name] = append(l.times[name], time.Now())
	l.inFlight++
	l.maxInFlight = max(l.maxInFlight, l.inFlight)
	return true
}

func (l *requestLog) end() {
	l.mu.Lock()
	l.inFlight--
	l.mu.Unlock()
	l.running.Done()
}

func (l *requestLog) shutDown() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.running.Wait()
}

func (l *requestLog) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.total
}

// Requests is how many requests came to the endpoint so far, whatever was answered.
func (s *Server) Requests() int { return s.requests.count() }

// RequestsOf is how many requests for the instance have arrived so far, whether the
// server has it or not.
func (s *Server) RequestsOf(name string) int { return len(s.RequestTimes(name)) }

// RequestTimes is when each request about the instance arrived, oldest first.
func (s *Server) RequestTimes(name string) []time.Time {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	return slices.Clone(s.requests.times[name])
}

// InFlight is how many requests are being answered now.
func (s *Server) InFlight() int {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	return s.requests.inFlight
}

// MaxInFlight is the highest number of requests that were being answered at the
// same time. A request whose client has left counts until the server notices.
func (s *Server) MaxInFlight() int {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	return s.requests.maxInFlight
}
