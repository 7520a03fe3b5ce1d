// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// guard decides which words of an answer may be shown: the names of members,
// headers and states, which are words of the API, and never a value of the
// account, wherever a server puts it.
type guard struct{ private []string }

// minPrivate is the length from which a value counts: a shorter one is part of
// too many words.
const minPrivate = 3

const withheld = "(withheld)"

// vocabulary are the words of the API that are known: they are shown in any case.
var vocabulary = []string{
	"success", "message", "error", "status", "response", "data", "instance", "state",
	"open", "connecting", "close", "refused", "application/json",
}

// newGuard collects the private values: the key, the names that were sent, and
// every value that identifies an account in any of the answers.
func newGuard(t target, exchanges []*exchange) guard {
	private := []string{t.config.Key, t.name, t.closed}
	for _, e := range exchanges {
		private = append(private, e.name)
		for _, o := range []object{e.instance(), e.rawInstance()} {
			for name, value := range o {
				if name != "state" && name != "integration" {
					private = append(private, fmt.Sprint(value))
				}
			}
		}
	}
	for i, value := range private {
		private[i] = strings.ToLower(value)
	}
	return guard{slices.DeleteFunc(private, func(value string) bool { return len(value) < minPrivate })}
}

// word matches what a name in an API looks like. Six digits in a row may be a
// part of a number.
var (
	word       = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_/+.-]{0,39}$`)
	manyDigits = regexp.MustCompile(`\d{6}`)
)

// show returns s if it may be shown, and that it is withheld otherwise. A third
// of a private value gives too much of it away.
func (g guard) show(s string) string {
	if slices.Contains(vocabulary, s) {
		return s
	}
	lower := strings.ToLower(s)
	overlaps := func(value string) bool {
		return strings.Contains(lower, value) || strings.Contains(value, lower) && 3*len(lower) >= len(value)
	}
	if !word.MatchString(s) || manyDigits.MatchString(s) || slices.ContainsFunc(g.private, overlaps) {
		return withheld
	}
	return s
}

// shape describes a member by its type and form, without its value.
func shape(o object, name string) string {
	value, ok := o[name]
	if !ok {
		return "missing"
	}
	switch value := value.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case string:
		return shapeOfText(value)
	case []any:
		return "an array"
	}
	return "an object"
}

// The forms of text that the API has. A phone number has 8 to 15 digits.
var (
	digits     = regexp.MustCompile(`^\d{8,15}$`)
	jid        = regexp.MustCompile(`^\d{8,15}(:\d+)?@s\.whatsapp\.net$`)
	pictureURL = regexp.MustCompile(`^https://[^\s]+$`)
)

func shapeOfText(s string) string {
	switch {
	case s == "":
		return "an empty string"
	case digits.MatchString(s):
		return "a string of digits"
	case jid.MatchString(s):
		return "a string, number@s.whatsapp.net"
	case pictureURL.MatchString(s):
		return "a string, an https URL"
	}
	return "a string"
}

// shapeOf describes a JSON object by its members' names and types.
func (g guard) shapeOf(o object) string {
	if o == nil {
		return "not a JSON object"
	}
	var members []string
	for _, name := range slices.Sorted(maps.Keys(o)) {
		members = append(members, g.show(name)+": "+shape(o, name))
	}
	return "{" + strings.Join(members, ", ") + "}"
}
