// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// Instance is a WhatsApp instance of a [Server]. All methods are safe for
// concurrent use; a change shows in the next answer.
type Instance struct {
	name   string
	server *Server
	delay  delay
	faults faultQueue

	mu          sync.Mutex
	schedule    schedule
	rawState    string
	profileName string
	number      string
	overrides   overrides
	answer      string
	onRequest   func()
}

// InstanceOption changes an instance before its first answer.
type InstanceOption func(*Instance)

// InState creates the instance in the given state; the default is [StateOpen].
func InState(state string) InstanceOption {
	return func(i *Instance) { i.SetState(state) }
}

// WithNumber creates the instance with a number of its own, which comes while
// the instance is connected. The owner stays that of the reference page.
func WithNumber(number string) InstanceOption {
	return func(i *Instance) { i.change(func() { i.number = number }) }
}

// Create adds an instance under its unique API name, and replaces the one that
// had it. By default it is open, its display name is what follows the second
// underscore of the unique name (all of it where there is none), and number,
// owner and profile are those of the reference page.
func (s *Server) Create(name string, opts ...InstanceOption) *Instance {
	instance := &Instance{
		name:        name,
		server:      s,
		schedule:    always(StateOpen),
		profileName: displayName(name),
		number:      defaultNumber,
	}
	for _, opt := range opts {
		opt(instance)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.instances[name] = instance
	return instance
}

func displayName(name string) string {
	if parts := strings.SplitN(name, "_", 3); len(parts) == 3 {
		return parts[2]
	}
	return name
}

// Instance is the instance with that unique API name, nil when there is none.
func (s *Server) Instance(name string) *Instance {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.instances[name]
}

// Delete removes an instance: the API no longer finds it.
func (s *Server) Delete(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.instances, name)
}

func (i *Instance) serveHTTP(w http.ResponseWriter, r *http.Request) {
	if hook := i.hook(); hook != nil {
		hook()
	}
	i.delay.wait(r.Context())
	i.faults.next().serve(w, r, http.HandlerFunc(i.serveAnswer))
}

func (i *Instance) hook() func() {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.onRequest
}

// Name is the instance's unique API name.
func (i *Instance) Name() string { return i.name }

// Requests is how many requests for this instance have arrived so far.
func (i *Instance) Requests() int { return i.server.RequestsOf(i.name) }

// SetDelay makes the server wait that long before it answers for this instance,
// faults included. The wait ends when the client goes away; 0 ends the delay.
func (i *Instance) SetDelay(d time.Duration) { i.delay.set(d) }

// SetFault gives every request about this instance the fault; nil ends it. Only
// a request with the right key gets there: see [Server.SetFault] for the others.
func (i *Instance) SetFault(fault Fault) { i.faults.set(fault) }

// Enqueue gives each of the next requests about this instance one of the
// faults, in order and before the one of [Instance.SetFault]. A nil fault is an
// answer without one.
func (i *Instance) Enqueue(faults ...Fault) { i.faults.enqueue(faults) }

// SetAnswer replaces the body of the instance's answers, whatever its state;
// "" ends it. Status and content type stay those of a JSON success.
func (i *Instance) SetAnswer(body string) {
	i.change(func() { i.answer = body })
}

// OnRequest has hook called before each answer, delay and fault of this
// instance; nil ends it. The hook may change the instance.
func (i *Instance) OnRequest(hook func()) {
	i.change(func() { i.onRequest = hook })
}

func (i *Instance) change(change func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	change()
}
