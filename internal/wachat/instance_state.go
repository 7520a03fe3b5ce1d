// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// StateOpen is the state of an instance that is connected. It is the only one
// that counts as connected; the API's other states are passed on as they come.
const StateOpen = "open"

// InstanceState is the API's answer about one instance, as the page "Get Instance
// State" of its reference describes it. Reads that join one request share it: it
// must not be changed.
type InstanceState struct {
	// Name is the unique API name of the request.
	Name string

	// State is instance.state, the normalized state: "open" when connected.
	State string

	// RawState is data.instance.state if it differs from State, else empty.
	// Neither of two that differ is "open".
	RawState string

	// Raw is the whole answer, JSON in valid UTF-8. It is empty if the answer
	// contains the API key in an encoding that cannot be replaced.
	Raw string

	// Withheld are the names, in order and at most 10, of the members of instance
	// that [InstanceState.Text] and [InstanceState.Number] leave out because they
	// contain the API key in an encoding that cannot be replaced. The names are
	// safe to show.
	Withheld []string

	// Age is how long the answer was in a cache, in whole seconds up to a minute;
	// 0 if it came from Wachat itself.
	Age time.Duration

	members members

	// keyRemover is set if the answer contains the API key.
	keyRemover *sanitizer

	status              int
	requestID           string
	requested, answered time.Time // when the request was sent, and its answer complete
}

// Connected reports whether the instance is connected: its state is [StateOpen].
func (s *InstanceState) Connected() bool { return s.State == StateOpen }

// Text returns the first of the named members of the answer's instance object
// that is a string and not empty; "" if there is none. What the API knows only
// of a connected instance is missing, null or empty for any other. The text has
// no control characters, none that change the direction of text, and not the
// API key.
func (s *InstanceState) Text(members ...string) string {
	for _, name := range members {
		if text, _ := s.withoutKey(strings.Map(stripControl, s.members.text(name))); text != "" {
			return text
		}
	}
	return ""
}

// Number returns the connected WhatsApp number in digits, also where the API
// sends a JSON number; "" if there is none.
func (s *InstanceState) Number() string {
	const member = "number"
	if s.members[member].Kind() == '0' {
		number, _ := s.withoutKey(digits(string(s.members[member])))
		return number
	}
	return s.Text(member)
}

// maxWithheld is how many names a warning lists.
const maxWithheld = 10

// removeKey takes the API key out of what s gives.
func (s *InstanceState) removeKey(clean sanitizer) {
	s.keyRemover = &clean
	raw, ok := s.withoutKey(s.Raw)
	if s.Raw = ""; ok && jsontext.Value(raw).IsValid() {
		s.Raw = raw
	}
	for _, name := range slices.Sorted(maps.Keys(s.members)) {
		text := s.members.text(name)
		if s.members[name].Kind() == '0' {
			text = digits(string(s.members[name]))
		}
		if _, ok := s.withoutKey(text); !ok && len(s.Withheld) < maxWithheld {
			s.Withheld = append(s.Withheld, clean.sanitize(name, answerLimit))
		}
	}
}

// withoutKey returns text without the API key; ok is false, and the text empty,
// if it contains the key in an encoding that cannot be replaced.
func (s *InstanceState) withoutKey(text string) (string, bool) {
	if s.keyRemover == nil || text == "" {
		return text, true
	}
	return s.keyRemover.value(text)
}

// digits writes a JSON number, such as 6.2e11, without point and exponent. E.164
// allows 15 digits, which a float64 represents exactly.
func digits(number string) string {
	f, err := strconv.ParseFloat(number, 64)
	if err != nil || f != math.Trunc(f) || f <= 0 || f >= 1e15 {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// members are those of a JSON object, each as it stood in the input.
type members map[string]jsontext.Value

func parseMembers(object []byte) (members, error) {
	var m members
	err := json.Unmarshal(object, &m, jsontext.AllowInvalidUTF8(true))
	return m, err
}

// text returns the string that member name is; "" where it is anything else.
// Invalid UTF-8 in it is replaced.
func (m members) text(name string) string {
	text, _ := unquote(m[name], jsontext.AllowInvalidUTF8(true))
	return text
}

// strictString returns the string that member name is, for the texts that decide:
// invalid UTF-8 is an error, since replacing it could produce the expected text. A
// member that is missing or null is "" without an error.
func (m members) strictString(name string) (string, error) {
	value := m[name]
	if len(value) == 0 || value.Kind() == 'n' {
		return "", nil
	}
	text, err := unquote(value)
	if err != nil {
		return "", notTextError(name)
	}
	return text, nil
}

type notTextError string

func (e notTextError) Error() string { return string(e) + " is not a string of valid UTF-8" }

func unquote(value jsontext.Value, options ...json.Options) (string, error) {
	if value.Kind() != '"' {
		return "", notTextError("the value")
	}
	var text string
	err := json.Unmarshal(value, &text, options...)
	return text, err
}

// object returns the members of the object that member name is; none where it
// is anything else.
func (m members) object(name string) members {
	if m[name].Kind() != '{' {
		return nil
	}
	inner, err := parseMembers(m[name])
	if err != nil {
		return nil
	}
	return inner
}

// apiMessage finds the text that says most in an answer about a failure: the
// engine's response.message, Wachat's own message, or else error, which is a text
// or an object with a message.
func (m members) apiMessage() string {
	for _, value := range []jsontext.Value{
		m.object("response")["message"], m["message"], m["error"], m.object("error")["message"],
	} {
		if text := strings.Join(texts(value, 2), "; "); text != "" {
			return text
		}
	}
	return ""
}

// texts returns the strings that value is or, as an array, has, down to depth
// arrays; blank ones are left out.
func texts(value jsontext.Value, depth int) []string {
	if text, _ := unquote(value, jsontext.AllowInvalidUTF8(true)); strings.TrimSpace(text) != "" {
		return []string{text}
	}
	var elements []jsontext.Value
	if depth == 0 || value.Kind() != '[' || json.Unmarshal(value, &elements, jsontext.AllowInvalidUTF8(true)) != nil {
		return nil
	}
	var found []string
	for _, element := range elements {
		found = append(found, texts(element, depth-1)...)
	}
	return found
}
