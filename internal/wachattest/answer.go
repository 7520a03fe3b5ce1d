// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"net/http"
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

// successBody has the members of the reference page, in its order.
func (i *Instance) successBody() []byte {
	rawState := i.rawState
	if rawState == "" {
		rawState = i.state
	}
	raw := object{
		{memberDisplayName, i.name},
		{memberState, rawState},
	}
	return object{
		{"success", true},
		{"data", object{{"instance", raw}}},
		{"instance", i.overrides.applyTo(i.members())},
	}.encode()
}

func (i *Instance) members() object {
	members := object{
		{memberDisplayName, i.profile.displayName},
		{memberAPIName, i.name},
		{memberInternalName, i.name},
		{memberState, i.state},
	}
	if i.state == StateOpen {
		members = append(members, i.profile.members()...)
	}
	return append(members, member{memberIntegration, "WHATSAPP-BAILEYS"})
}

func (p profile) members() object {
	var picture any
	if p.pictureURL != "" {
		picture = p.pictureURL
	}
	return object{
		{memberProfileName, p.name},
		{memberProfilePictureURL, picture},
		{memberProfilePicURL, picture},
		{memberNumber, p.number},
		{memberOwner, p.owner},
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
