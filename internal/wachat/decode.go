// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// decode turns the body of an answer of status 200 into the state of the instance
// called name. This is where the gate fails closed: the first thing that the
// answer must say to be believed, and does not, is the error.
func decode(body []byte, name string, clean sanitizer) (*InstanceState, *Error) {
	answer, err := parseAnswer(body)
	if err != nil {
		return nil, malformed(err)
	}
	if string(answer["success"]) != "true" {
		return nil, &Error{Kind: KindUnsuccessful, Message: clean.sanitize(answer.apiMessage(), messageLimit)}
	}
	instance := answer.object("instance")
	if instance == nil {
		return nil, malformed(errors.New("it has no instance.state, since instance is not an object"))
	}
	state, err := instance.strictString("state")
	if err != nil {
		return nil, malformed(fmt.Errorf("its instance.%w", err))
	}
	switch {
	case strings.Map(stripInvisible, state) != state:
		return nil, malformed(errors.New("its instance.state has a control character"))
	case clean.finder.whole.in([]byte(state)):
		return nil, malformed(errors.New("its instance.state repeats the API key"))
	}
	if failure := checkIsAbout(name, instance, clean); failure != nil {
		return nil, failure
	}
	raw, failure := checkRawState(answer, state, clean)
	if state == "" {
		failure = &Error{Kind: KindNoState}
	}
	if failure != nil {
		failure.DisplayName = clean.sanitize(instance.text("instanceName"), answerLimit)
		return nil, failure
	}
	result := &InstanceState{
		Name:     name,
		State:    state,
		RawState: raw,
		Raw:      strings.ToValidUTF8(string(body), "\uFFFD"),
		members:  instance,
	}
	if clean.finder.whole.in(body) {
		result.removeKey(clean)
	}
	return result, nil
}

// parseAnswer parses one JSON object with nothing after it. Names match exactly,
// and a name that comes twice is an error: two readers could read it in two ways.
func parseAnswer(body []byte) (members, error) {
	body = bytes.Trim(body, " \t\r\n")
	if len(body) == 0 {
		return nil, errors.New("it is empty")
	}
	if jsontext.Value(body).Kind() != '{' {
		return nil, errors.New("it is not a JSON object")
	}
	answer, err := parseMembers(body)
	if err != nil {
		return nil, describeSyntax(err)
	}
	return answer, nil
}

// describeSyntax leaves out the input around the error, which the library quotes:
// it may contain a phone number.
func describeSyntax(err error) error {
	if errors.Is(err, jsontext.ErrDuplicateName) {
		return errors.New("it has an object with the same name twice")
	}
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return fmt.Errorf("it is not valid JSON at byte %d", syntax.ByteOffset)
	}
	return errors.New("it is not valid JSON")
}

func malformed(err error) *Error {
	return &Error{Kind: KindMalformed, Reason: err.Error()}
}

// checkIsAbout compares the answer's unique name with name. The unique name is
// apiInstanceName, or internalName if that is missing; instanceName is a display
// name and never counts.
func checkIsAbout(name string, instance members, clean sanitizer) *Error {
	for _, member := range []string{"apiInstanceName", "internalName"} {
		unique, err := instance.strictString(member)
		if err != nil {
			return malformed(fmt.Errorf("its instance.%w", err))
		}
		if unique == name {
			return nil
		}
		if unique != "" {
			return otherInstance(unique, instance, clean)
		}
	}
	return otherInstance("", instance, clean)
}

func otherInstance(unique string, instance members, clean sanitizer) *Error {
	return &Error{
		Kind:        KindOtherInstance,
		OtherName:   clean.sanitize(unique, answerLimit),
		DisplayName: clean.sanitize(instance.text("instanceName"), answerLimit),
	}
}

// checkRawState compares the normalized state with the raw one, if there is one,
// and returns the raw one if it differs and neither is open. A raw payload of
// another shape contradicts open and is ignored otherwise.
func checkRawState(answer members, state string, clean sanitizer) (string, *Error) {
	raw, odd := rawState(answer)
	if odd != nil && state == StateOpen {
		return "", contradiction(state, string(odd), clean)
	}
	if odd != nil || raw == "" || raw == state {
		return "", nil
	}
	if state == StateOpen || raw == StateOpen {
		return "", contradiction(state, raw, clean)
	}
	return clean.sanitize(raw, answerLimit), nil
}

// rawState returns data.instance.state, which is empty if any of the three is
// missing, null or empty, or else the first of them that is of another type.
func rawState(answer members) (state string, odd jsontext.Value) {
	object := answer
	for _, name := range []string{"data", "instance"} {
		value := object[name]
		switch value.Kind() {
		case jsontext.KindInvalid, jsontext.KindNull:
			return "", nil
		case jsontext.KindBeginObject:
			object = object.object(name)
		default:
			return "", value
		}
	}
	state, err := object.strictString("state")
	if err != nil {
		return "", object["state"]
	}
	return state, nil
}

func contradiction(state, raw string, clean sanitizer) *Error {
	return &Error{Kind: KindContradiction, State: clean.sanitize(state, answerLimit), RawState: clean.sanitize(raw, answerLimit)}
}
