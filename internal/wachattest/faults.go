// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"context"
	"net/http"
	"sync"
	"time"
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

// Faults are what happens to the requests to a [Server] or about an [Instance].
// All methods are safe for concurrent use.
type Faults struct {
	mu        sync.Mutex
	onRequest func()
	delay     time.Duration
	queued    []Fault
	standing  Fault
}

// OnRequest has hook called before each answer, delay and fault; nil ends it.
// The hook may change the server and its instances.
func (f *Faults) OnRequest(hook func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.onRequest = hook
}

// SetDelay delays each answer, faults included. The delay ends when the client
// leaves; 0 ends it for the requests to come.
func (f *Faults) SetDelay(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.delay = d
}

// SetFault gives every request the fault; nil ends it.
func (f *Faults) SetFault(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.standing = fault
}

// Enqueue gives each of the next requests one of the faults, in order and
// before that of SetFault. A nil fault is an answer without one.
func (f *Faults) Enqueue(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queued = append(f.queued, faults...)
}

func (f *Faults) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	f.mu.Lock()
	hook, delay := f.onRequest, f.delay
	f.mu.Unlock()
	if hook != nil {
		hook()
	}
	pause(r.Context(), delay)
	f.next().serve(w, r, next)
}

func (f *Faults) next() Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queued) == 0 {
		return f.standing
	}
	fault := f.queued[0]
	f.queued = f.queued[1:]
	return fault
}

// pause waits, or ends the request when its client has left or the server closes.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-time.After(d):
	case <-ctx.Done():
		panic(http.ErrAbortHandler)
	}
}
