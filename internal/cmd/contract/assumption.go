// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "fmt"

// assumption is something that the provider takes for granted about the API.
type assumption struct {
	name     string
	question string

	// otherwise is what the provider does where the API does something else, and
	// tolerated whether a gate still works then.
	otherwise string
	tolerated bool

	// reliedOnBy names tests and code, as path#Symbol.
	reliedOnBy []string

	check func(*observations) finding
}

// finding is what there was to see.
type finding struct {
	seen    string
	holds   bool
	missing bool // there was nothing to see
}

func found(holds bool, format string, args ...any) finding {
	return finding{seen: fmt.Sprintf(format, args...), holds: holds}
}

func notSeen(reason string) finding { return finding{seen: reason, missing: true} }

// verdict is how an assumption compares with what was seen.
type verdict string

const (
	holds   verdict = "holds"
	differs verdict = "differs" // the API does something else, and a gate still works
	broken  verdict = "broken"  // the API does something else, and a gate does not work
	unseen  verdict = "not seen"
)

func (a assumption) result(o *observations) result {
	f := a.check(o)
	r := result{Name: a.name, Question: a.question, Seen: f.seen, Otherwise: a.otherwise, ReliedOnBy: a.reliedOnBy}
	switch {
	case f.missing:
		r.Verdict = unseen
	case f.holds:
		r.Verdict = holds
	case a.tolerated:
		r.Verdict = differs
	default:
		r.Verdict = broken
	}
	r.ProviderFits = r.Verdict != broken
	return r
}

// aboutKnown checks the answer about the instance, where there is one.
func aboutKnown(check func(*exchange, guard) finding) func(*observations) finding {
	return func(o *observations) finding {
		if !o.known.isAnswer() {
			return notSeen("no answer about the instance")
		}
		return check(o.known, o.guard)
	}
}

// aboutOpen is aboutKnown for what comes while the instance is open only.
func aboutOpen(check func(*exchange, guard) finding) func(*observations) finding {
	return aboutKnown(func(e *exchange, g guard) finding {
		if e.instance().text("state") != "open" {
			return notSeen("the instance is not open")
		}
		return check(e, g)
	})
}
