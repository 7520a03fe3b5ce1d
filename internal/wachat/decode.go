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

// decode turns the body of a 2xx answer about the instance called name into its
// state. It is where the gate fails closed: each thing that the answer must say
// to be believed is asked for, and the first that is missing is the error.
func decode(body []byte, name string, clean sanitizer) (*InstanceState, *Error) {
	answer, err := parseAnswer(body)
	if err != nil {
		return nil, malformed(err)
	}
	if string(answer["success"]) != "true" {
		return nil, &Error{Kind: KindUnsuccessful, Message: clean.sanitize(answer.apiMessage(), messageLimit)}
	}
	instance := answer.object("instance")
	state, err := instance.strictString("state")
	if err != nil {
		return nil, malformed(fmt.Errorf("its instance.%w", err))
	}
	switch {
	case state == "":
		return nil, malformed(errors.New("it has no instance.state"))
	case strings.Map(stripControl, state) != state:
		return nil, malformed(errors.New("its instance.state has a control character"))
	case clean.redact(state) != state:
		return nil, malformed(errors.New("its instance.state repeats the API key"))
	}
	if failure := checkIsAbout(name, instance, clean); failure != nil {
		return nil, failure
	}
	raw, failure := checkRawState(answer, state, clean)
	if failure != nil {
		return nil, failure
	}
	return &InstanceState{
		Name:     name,
		State:    state,
		RawState: raw,
		Raw:      clean.redact(strings.ToValidUTF8(string(body), "\uFFFD")),
		members:  instance,
		clean:    clean,
	}, nil
}

// parseAnswer takes one JSON object and nothing after it. Names match exactly
// and none comes twice: what two readers would read in two ways is not read.
func parseAnswer(body []byte) (members, error) {
	body = bytes.Trim(body, " \t\r\n")
	switch {
	case len(body) == 0:
		return nil, errors.New("it is empty")
	case jsontext.Value(body).Kind() != '{':
		return nil, errors.New("it is not a JSON object")
	}
	answer, err := parseMembers(body)
	if err != nil {
		return nil, describeSyntax(err)
	}
	return answer, nil
}

// describeSyntax leaves out what the library says of the input around the
// error: it may hold a phone number.
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

// checkIsAbout holds the answer against the name that was asked for. In the
// answer, apiInstanceName is the unique one, or else internalName; instanceName
// is a display name and never counts.
func checkIsAbout(name string, instance members, clean sanitizer) *Error {
	for _, member := range []string{"apiInstanceName", "internalName"} {
		unique, err := instance.strictString(member)
		switch {
		case err != nil:
			return malformed(fmt.Errorf("its instance.%w", err))
		case unique == name:
			return nil
		case unique != "":
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

// checkRawState compares the normalised state with the raw one, where there is
// one. A raw state that cannot be read differs from every state.
func checkRawState(answer members, state string, clean sanitizer) (string, *Error) {
	raw, err := answer.object("data").object("instance").strictString("state")
	if err != nil {
		raw = string(answer.object("data").object("instance")["state"])
	}
	if raw == "" || raw == state {
		return "", nil
	}
	raw = clean.sanitize(raw, answerLimit)
	if state == StateOpen || raw == StateOpen {
		return "", &Error{Kind: KindContradiction, State: clean.sanitize(state, answerLimit), RawState: raw}
	}
	return raw, nil
}
