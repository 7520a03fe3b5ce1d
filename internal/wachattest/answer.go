// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"net/http"
	"time"
)

const contentTypeJSON = "application/json; charset=utf-8"

func (i *Instance) serveAnswer(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	body := []byte(i.answer)
	if i.answer == "" {
		body = i.successBody()
	}
	i.mu.Unlock()
	writeBody(w, http.StatusOK, contentTypeJSON, body)
}

// successBody has the members of the reference page, in its order. The caller
// holds the lock.
func (i *Instance) successBody() []byte {
	state := i.schedule.stateAt(time.Now())
	rawState := state
	if i.rawState != "" {
		rawState = i.rawState
	}
	return object{
		{"success", true},
		{"data", object{{"instance", object{{memberDisplayName, i.name}}.withState(rawState)}}},
		{"instance", i.overrides.applyTo(i.members(state))},
	}.encode()
}

func (i *Instance) members(state string) object {
	members := object{
		{memberDisplayName, displayName(i.name)},
		{memberAPIName, i.name},
		{memberInternalName, i.name},
	}.withState(state)
	if state == StateOpen {
		members = append(members, object{
			{memberProfileName, i.profileName},
			{memberProfilePictureURL, pictureURL},
			{memberProfilePicURL, pictureURL},
			{memberNumber, i.number},
			{memberOwner, owner},
		}...)
	}
	return append(members, member{memberIntegration, "WHATSAPP-BAILEYS"})
}

// withState adds the state, in the form that [StateMissing] and [StateNull] ask
// for where it is one of them.
func (o object) withState(state string) object {
	switch state {
	case StateMissing:
		return o
	case StateNull:
		return append(o, member{memberState, nil})
	default:
		return append(o, member{memberState, state})
	}
}

func writeFailure(w http.ResponseWriter, code int, message string) {
	writeBody(w, code, contentTypeJSON, failureBody(message))
}

func failureBody(message string) []byte {
	return object{{"success", false}, {"message", message}}.encode()
}

// writeBody sends no content type where contentType is empty.
func writeBody(w http.ResponseWriter, code int, contentType string, body []byte) {
	// An entry that is nil keeps net/http from guessing one.
	w.Header()["Content-Type"] = nil
	if contentType != "" {
		w.Header().Set("Content-Type", contentType)
	}
	w.WriteHeader(code)
	_, _ = w.Write(body)
}
