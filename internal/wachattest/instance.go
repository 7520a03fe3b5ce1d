// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"sync"
	"time"
)

// The states that the engine behind the API reports.
const (
	StateOpen       = "open"
	StateConnecting = "connecting"
	StateClose      = "close"
)

// What the API answers instead of a state for an instance that the engine has
// not loaded. The third form is the empty string.
const (
	StateMissing = "(missing)" // the answer has no member "state"
	StateNull    = "(null)"    // the member is null
)

// Instance is a WhatsApp instance of a [Server]. All methods are safe for
// concurrent use; the next answer shows a change.
//
// Its [Faults] apply to the requests about it that have the right key.
type Instance struct {
	Faults

	name     string
	mu       sync.Mutex
	schedule schedule
	members  map[string]any
}

// Create adds an open instance under its unique API name, and replaces the one
// that had it. Its display name is what follows the second underscore of the
// unique name; its profile is that of the reference page.
func (s *Server) Create(name string) *Instance {
	instance := &Instance{name: name, members: make(map[string]any)}
	instance.Open()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.instances[name] = instance
	return instance
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

// Set gives a member of `instance` in the answer any value, whatever the state;
// nil is a JSON null.
func (i *Instance) Set(member string, value any) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.members[member] = value
}

// State is the state that the instance is in now.
func (i *Instance) State() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.schedule.state()
}

// Open puts the instance in [StateOpen].
func (i *Instance) Open() { i.SetState(StateOpen) }

// Connecting puts the instance in [StateConnecting].
func (i *Instance) Connecting() { i.SetState(StateConnecting) }

// Close puts the instance in [StateClose].
func (i *Instance) Close() { i.SetState(StateClose) }

// SetState puts the instance in any state, also one that the API does not have,
// and ends its phases.
func (i *Instance) SetState(state string) { i.Follow(Phase{State: state}) }

// SettleAfter keeps the instance in its present state for d, and in the given
// state from then on.
func (i *Instance) SettleAfter(d time.Duration, state string) {
	i.Follow(Phase{State: i.State(), For: d}, Phase{State: state})
}

// Follow takes the instance through one or more phases, from now on, and leaves
// it in the last one.
func (i *Instance) Follow(phases ...Phase) { i.follow(schedule{phases: phases}) }

// Flap takes the instance through the states again and again, from now on, and
// keeps it in each of them for the same time.
func (i *Instance) Flap(each time.Duration, states ...string) {
	flaps := schedule{period: each * time.Duration(len(states))}
	for _, state := range states {
		flaps.phases = append(flaps.phases, Phase{State: state, For: each})
	}
	i.follow(flaps)
}

func (i *Instance) follow(s schedule) {
	i.mu.Lock()
	defer i.mu.Unlock()
	s.start = time.Now()
	i.schedule = s
}

// Phase is a state that an instance has for a time.
type Phase struct {
	State string
	For   time.Duration
}

// schedule is the states of an instance over time.
type schedule struct {
	start  time.Time
	phases []Phase
	period time.Duration // after which the phases begin again; 0 for never
}

func (s schedule) state() string {
	elapsed := time.Since(s.start)
	if s.period > 0 {
		elapsed %= s.period
	}
	for _, phase := range s.phases {
		if elapsed < phase.For {
			return phase.State
		}
		elapsed -= phase.For
	}
	return s.phases[len(s.phases)-1].State
}
