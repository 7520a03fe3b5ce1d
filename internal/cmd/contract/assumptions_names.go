// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "github.com/wachat-net/terraform-provider-wachat/internal/wachat"

func aboutNames() []assumption {
	return []assumption{
		{
			name:       "unique-name",
			question:   "Is instance.apiInstanceName the unique name that the request was about?",
			otherwise:  "An answer with another unique name, or without one, is an error.",
			reliedOnBy: []string{"internal/wachat/decode.go#checkIsAbout"},
			check: aboutKnown(func(e *exchange, _ guard) finding {
				return found(e.instance().text("apiInstanceName") == e.name, "%s, the name in the request: %t",
					shape(e.instance(), "apiInstanceName"), e.instance().text("apiInstanceName") == e.name)
			}),
		},
		{
			name:       "internal-name",
			question:   "Is instance.internalName the same unique name?",
			otherwise:  "The provider looks at it only if apiInstanceName is missing, null or empty.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/decode.go#checkIsAbout"},
			check: aboutKnown(func(e *exchange, _ guard) finding {
				return found(e.instance().text("internalName") == e.name, "%s, the name in the request: %t",
					shape(e.instance(), "internalName"), e.instance().text("internalName") == e.name)
			}),
		},
		{
			name:       "display-name",
			question:   "Is instance.instanceName the display name, a string that is not empty?",
			otherwise:  "display_name is null.",
			tolerated:  true,
			reliedOnBy: []string{"internal/instancestate/attributes.go#answerAttributes"},
			check: aboutKnown(func(e *exchange, _ guard) finding {
				return found(e.instance().text("instanceName") != "", "%s, the same as the unique name: %t",
					shape(e.instance(), "instanceName"), e.instance().text("instanceName") == e.name)
			}),
		},
		{
			name:       "raw-name",
			question:   "Is data.instance.instanceName the unique name or the display name?",
			otherwise:  "The provider does not read it.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/decode.go#checkIsAbout"},
			check:      aboutKnown(rawName),
		},
	}
}

func rawName(e *exchange, _ guard) finding {
	if e.rawInstance() == nil {
		return notSeen("no data.instance")
	}
	switch e.rawInstance().text("instanceName") {
	case "":
		return found(false, "%s", shape(e.rawInstance(), "instanceName"))
	case e.name:
		return found(true, "the unique name")
	case e.instance().text("instanceName"):
		return found(true, "the display name")
	}
	return found(false, "another string")
}

func aboutStates() []assumption {
	return []assumption{
		{
			name:       "state",
			question:   "Is instance.state a string that is not empty?",
			otherwise:  "A state that is missing, null or empty is retried and then an error; any other type is an error.",
			reliedOnBy: []string{"internal/wachat/decode.go#decode", "internal/wachat/error.go#KindNoState"},
			check: aboutKnown(func(e *exchange, _ guard) finding {
				return found(e.instance().text("state") != "", "%s", shape(e.instance(), "state"))
			}),
		},
		{
			name:       "known-state",
			question:   "Is the state one of open, connecting, close and refused?",
			otherwise:  "Any state is passed on unchanged, and only open counts as connected.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/instance_state.go#StateOpen"},
			check: aboutKnown(func(e *exchange, g guard) finding {
				state := e.instance().text("state")
				if state == "" {
					return notSeen("no state")
				}
				return found(isKnownState(state), "%s", g.show(state))
			}),
		},
		{
			name:       "raw-state",
			question:   "Is data.instance.state the same as instance.state?",
			otherwise:  "If one of them is open, the answer is retried and then an error; if not, there is a warning.",
			reliedOnBy: []string{"internal/wachat/decode.go#checkRawState", "internal/wachat/error.go#KindContradiction"},
			check: aboutKnown(func(e *exchange, _ guard) finding {
				if e.rawInstance() == nil {
					return notSeen("no data.instance")
				}
				same := e.rawInstance()["state"] == e.instance()["state"]
				return found(same, "%s, the same: %t", shape(e.rawInstance(), "state"), same)
			}),
		},
		{
			name:       "closed-state",
			question:   "Is the state of an instance that is not connected close, connecting or refused?",
			otherwise:  "Any state but open counts as not connected.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/instance_state.go#Connected"},
			check: func(o *observations) finding {
				if !o.closed.isAnswer() {
					return notSeen("no instance that is not open: run the command again with the name of one")
				}
				state := o.closed.instance().text("state")
				return found(isKnownState(state) && state != wachat.StateOpen, "%s: %s", shape(o.closed.instance(), "state"), o.guard.show(state))
			},
		},
	}
}

func isKnownState(state string) bool {
	switch state {
	case wachat.StateOpen, "connecting", "close", "refused":
		return true
	}
	return false
}
