// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

func aboutRefusals() []assumption {
	return []assumption{
		{
			name:       "unknown-name",
			question:   "Is the answer about a name that does not exist HTTP status 404?",
			otherwise:  "Another status is an error too, with advice that does not fit; an answer with a state would be believed.",
			reliedOnBy: []string{"internal/wachat/error.go#KindNotFound", "internal/instancestate/diagnostics.go#Diagnose"},
			check:      func(o *observations) finding { return refusal(o.unknown, wachat.KindNotFound) },
		},
		{
			name:       "unknown-name-message",
			question:   "Is that answer a JSON object with success false and a message?",
			otherwise:  "The error shows the content type and the beginning of the body instead.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/classify.go#statusError"},
			check:      func(o *observations) finding { return message(o.unknown, o.guard) },
		},
		{
			name:       "display-name-in-request",
			question:   "Does the display name select nothing, if it is sent as instanceName?",
			otherwise:  "An answer about another instance is an error; an answer with a state would be believed.",
			reliedOnBy: []string{"internal/wachat/decode.go#checkIsAbout", "internal/wachat/error.go#KindOtherInstance"},
			check:      displayNameInRequest,
		},
		{
			name:       "wrong-key",
			question:   "Is the answer to a wrong key HTTP status 401?",
			otherwise:  "Another status is an error too, but a fleet is not ended by it.",
			reliedOnBy: []string{"internal/wachat/error.go#KindUnauthorized", "internal/wachat/fleet_test.go#TestRequireAll_aborts"},
			check: func(o *observations) finding {
				if o.wrongKey == nil {
					return notSeen("not sent: it needs -wrong-key, and might lock an account")
				}
				return refusal(o.wrongKey, wachat.KindUnauthorized)
			},
		},
		{
			name:       "wrong-key-message",
			question:   "Is that answer a JSON object with success false and a message?",
			otherwise:  "The error shows the content type and the beginning of the body instead.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/classify.go#statusError"},
			check:      func(o *observations) finding { return message(o.wrongKey, o.guard) },
		},
	}
}

// refusal finds whether the provider reports the answer as that kind of error.
func refusal(e *exchange, want wachat.Kind) finding {
	if e.response == nil {
		return notSeen("no answer")
	}
	return found(wachat.KindOf(e.err) == want, "HTTP status %d; the provider reports: %s", e.status(), e.reported())
}

// message finds whether a refusal has the shape that the API's other pages show.
func message(e *exchange, g guard) finding {
	if e == nil || e.response == nil {
		return notSeen("no answer")
	}
	holds := e.json["success"] == false && strings.TrimSpace(e.json.text("message")) != ""
	return found(holds, "%s", g.shapeOf(e.json))
}

func displayNameInRequest(o *observations) finding {
	if o.display == nil || o.display.response == nil {
		return notSeen("not sent: the display name is the unique name, or the provider refuses it as one")
	}
	kind := wachat.KindOf(o.display.err)
	return found(kind == wachat.KindNotFound || kind == wachat.KindOtherInstance,
		"HTTP status %d; the provider reports: %s", o.display.status(), o.display.reported())
}
