// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

func aboutTheBody() []assumption {
	return []assumption{
		{
			name:       "json",
			question:   "Is the body one JSON object in valid UTF-8, without a name twice and without data after it?",
			otherwise:  "Any other body is an error.",
			reliedOnBy: []string{"internal/wachat/decode.go#parseAnswer"},
			check: ofStatusOK(func(e *exchange) finding {
				valid := jsontext.Value(e.body).IsValid() && e.json != nil
				return found(valid, "a valid JSON object: %t", valid)
			}),
		},
		{
			name:       "success",
			question:   "Is success true in the answer about an instance?",
			otherwise:  "An answer whose success is not true is an error.",
			reliedOnBy: []string{"internal/wachat/decode.go#decode"},
			check: ofStatusOK(func(e *exchange) finding {
				return found(e.json["success"] == true, "%s, true: %t", shape(e.json, "success"), e.json["success"] == true)
			}),
		},
		{
			name:       "instance-object",
			question:   "Is instance an object?",
			otherwise:  "An answer without it is an error.",
			reliedOnBy: []string{"internal/wachat/decode.go#decode"},
			check: ofStatusOK(func(e *exchange) finding {
				return found(e.instance() != nil, "%s", shape(e.json, "instance"))
			}),
		},
	}
}

func aboutMembers() []assumption {
	return []assumption{
		{
			name:       "raw-payload",
			question:   "Does the answer have the raw payload, data.instance, as an object?",
			otherwise:  "If it is missing, the provider relies on instance.state alone; if it has another shape, open is an error.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/decode.go#checkRawState"},
			check: aboutKnown(func(e *exchange, _ guard) finding {
				if data := e.json.object("data"); data != nil {
					return found(e.rawInstance() != nil, "data is an object, data.instance: %s", shape(data, "instance"))
				}
				return found(false, "data: %s", shape(e.json, "data"))
			}),
		},
		{
			name:       "members",
			question:   "Does the answer have no members but those of the reference page?",
			otherwise:  "Other members are in raw_json only.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachattest/reference_test.go#TestAnswer_membersOfReferencePage", "internal/instancestate/attributes.go#answerAttributes"},
			check:      onlyDocumentedMembers,
		},
	}
}

func onlyDocumentedMembers(o *observations) finding {
	if !o.known.isAnswer() {
		return notSeen("no answer about the instance")
	}
	var texts []string
	for _, m := range o.unknownMembers() {
		texts = append(texts, m.Path+": "+m.Shape)
	}
	if len(texts) == 0 {
		return found(true, "no others")
	}
	return found(false, "%s", strings.Join(texts, "; "))
}

// ofStatusOK checks an answer of status 200, whatever its body is.
func ofStatusOK(check func(*exchange) finding) func(*observations) finding {
	return func(o *observations) finding {
		if o.known.status() != http.StatusOK {
			return notSeen("no answer of status 200")
		}
		return check(o.known)
	}
}

// documented are the members that the reference page shows, by the object that
// they are in.
var documented = map[string][]string{
	"":              {"success", "data", "instance"},
	"data":          {"instance"},
	"data.instance": {"instanceName", "state"},
	"instance": {
		"instanceName", "apiInstanceName", "internalName", "state", "profileName",
		"profilePictureUrl", "profilePicUrl", "number", "owner", "integration",
	},
}

// member is one that the reference page does not show.
type member struct {
	Path  string `json:"path"`
	Shape string `json:"shape"`
}

// unknownMembers lists the members that the reference page does not show, of all
// answers about an instance.
func (o *observations) unknownMembers() []member {
	unknown := []member{}
	for _, e := range o.all() {
		if !e.isAnswer() {
			continue
		}
		objects := map[string]object{"": e.json, "data": e.json.object("data"), "data.instance": e.rawInstance(), "instance": e.instance()}
		for _, path := range slices.Sorted(maps.Keys(objects)) {
			for _, name := range slices.Sorted(maps.Keys(objects[path])) {
				if !slices.Contains(documented[path], name) {
					unknown = append(unknown, member{strings.TrimPrefix(path+"."+o.guard.show(name), "."), shape(objects[path], name)})
				}
			}
		}
	}
	slices.SortFunc(unknown, func(a, b member) int { return strings.Compare(a.Path+a.Shape, b.Path+b.Shape) })
	return slices.Compact(unknown)
}
