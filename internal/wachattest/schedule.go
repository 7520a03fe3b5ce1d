// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import "time"

// The states that the engine behind the API reports.
const (
	StateOpen       = "open"
	StateConnecting = "connecting"
	StateClose      = "close"
	StateRefused    = "refused"
)

// What the API answers in place of a state for an instance that the engine has
// not loaded. The third form is the empty string.
const (
	StateMissing = "(missing)" // the answer has no member "state"
	StateNull    = "(null)"    // the member is null
)

// Phase is a state that an instance has for a time.
type Phase struct {
	State string
	For   time.Duration
}

// schedule is the states of an instance over time.
type schedule struct {
	start  time.Time
	phases []Phase
	repeat bool
}

func always(state string) schedule { return schedule{phases: []Phase{{State: state}}} }

func (s schedule) stateAt(now time.Time) string {
	elapsed := now.Sub(s.start)
	if period := s.period(); s.repeat && period > 0 {
		elapsed %= period
	}
	for _, phase := range s.phases {
		if elapsed < phase.For {
			return phase.State
		}
		elapsed -= phase.For
	}
	return s.phases[len(s.phases)-1].State
}

func (s schedule) period() time.Duration {
	var period time.Duration
	for _, phase := range s.phases {
		period += phase.For
	}
	return period
}

// SetState puts the instance in any state, also one that the API does not have,
// and ends its schedule.
func (i *Instance) SetState(state string) { i.follow(always(state)) }

// Open puts the instance in [StateOpen].
func (i *Instance) Open() { i.SetState(StateOpen) }

// Connecting puts the instance in [StateConnecting].
func (i *Instance) Connecting() { i.SetState(StateConnecting) }

// Close puts the instance in [StateClose].
func (i *Instance) Close() { i.SetState(StateClose) }

// SettleAfter keeps the instance in its present state for d, and in the given
// state from then on.
func (i *Instance) SettleAfter(d time.Duration, state string) {
	i.Follow(Phase{State: i.State(), For: d}, Phase{State: state})
}

// Flap takes the instance through the states again and again, from now on, and
// keeps it in each of them for the same time.
func (i *Instance) Flap(each time.Duration, states ...string) {
	phases := make([]Phase, len(states))
	for n, state := range states {
		phases[n] = Phase{State: state, For: each}
	}
	i.follow(schedule{start: time.Now(), phases: phases, repeat: true})
}

// Follow takes the instance through one or more phases, from now on, and leaves
// it in the last one.
func (i *Instance) Follow(phases ...Phase) {
	i.follow(schedule{start: time.Now(), phases: phases})
}

func (i *Instance) follow(s schedule) {
	i.change(func() {
		i.schedule = s
		i.overrides.clear(memberState)
	})
}

// State is the state that the instance is in now.
func (i *Instance) State() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.schedule.stateAt(time.Now())
}
