// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"net/http"
	"slices"
	"sync"
)

// Fault answers a request in the place of the API, or changes the API's answer,
// which next gives. A nil Fault is none.
type Fault func(w http.ResponseWriter, r *http.Request, next http.Handler)

func (f Fault) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if f == nil {
		next.ServeHTTP(w, r)
		return
	}
	f(w, r, next)
}

// SetFault gives every request to the endpoint the fault, whatever its key and
// its instance; nil ends it.
func (s *Server) SetFault(fault Fault) { s.faults.set(fault) }

// Enqueue gives each of the next requests to the endpoint one of the faults, in
// order and before the one of [Server.SetFault]. A nil fault is an answer
// without one.
func (s *Server) Enqueue(faults ...Fault) { s.faults.enqueue(faults) }

// Times is the fault n times, for Enqueue.
func Times(n int, fault Fault) []Fault { return slices.Repeat([]Fault{fault}, n) }

// faultQueue is the faults of the next requests, and the one of those after them.
type faultQueue struct {
	mu       sync.Mutex
	queued   []Fault
	standing Fault
}

func (q *faultQueue) set(fault Fault) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.standing = fault
}

func (q *faultQueue) enqueue(faults []Fault) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.queued = append(q.queued, faults...)
}

func (q *faultQueue) next() Fault {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.queued) == 0 {
		return q.standing
	}
	fault := q.queued[0]
	q.queued = q.queued[1:]
	return fault
}
