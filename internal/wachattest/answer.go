// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
)

// The profile that the reference page shows. The API has it only while the
// instance is connected.
const (
	number     = "628123456789"
	owner      = number + "@s.whatsapp.net"
	pictureURL = "https://pps.whatsapp.net/v/t61.24694-24/example.jpg"
)

// An answer has the members of the reference page, in its order.
type answer struct {
	Success bool       `json:"success"`
	Data    answerData `json:"data"`
	// Instance is answerInstance, or a map after [Instance.Set].
	Instance any `json:"instance"`
}

type answerData struct {
	Instance answerInstance `json:"instance"`
}

type answerInstance struct {
	DisplayName       string          `json:"instanceName"`
	APIName           string          `json:"apiInstanceName,omitempty"`
	InternalName      string          `json:"internalName,omitempty"`
	State             json.RawMessage `json:"state,omitempty"`
	ProfileName       string          `json:"profileName,omitempty"`
	ProfilePictureURL string          `json:"profilePictureUrl,omitempty"`
	ProfilePicURL     string          `json:"profilePicUrl,omitempty"`
	Number            string          `json:"number,omitempty"`
	Owner             string          `json:"owner,omitempty"`
	Integration       string          `json:"integration,omitempty"`
}

func (i *Instance) serveState(w http.ResponseWriter, _ *http.Request) {
	writeBody(w, http.StatusOK, contentTypeJSON, i.answer())
}

func (i *Instance) answer() []byte {
	i.mu.Lock()
	defer i.mu.Unlock()
	state := i.schedule.state()
	instance := answerInstance{
		DisplayName:  displayName(i.name),
		APIName:      i.name,
		InternalName: i.name,
		State:        encodeState(state),
		Integration:  "WHATSAPP-BAILEYS",
	}
	if state == StateOpen {
		instance.ProfileName = instance.DisplayName
		instance.ProfilePictureURL, instance.ProfilePicURL = pictureURL, pictureURL
		instance.Number, instance.Owner = number, owner
	}
	answer := answer{Success: true, Instance: instance}
	answer.Data.Instance = answerInstance{DisplayName: i.name, State: instance.State}
	if len(i.members) > 0 {
		answer.Instance = i.withMembers(instance)
	}
	return encode(answer)
}

func (i *Instance) withMembers(instance answerInstance) map[string]any {
	var members map[string]any
	if err := json.Unmarshal(encode(instance), &members); err != nil {
		panic("wachattest: " + err.Error())
	}
	maps.Copy(members, i.members)
	return members
}

// displayName is what follows the second underscore of the unique name, or all
// of it where there is none.
func displayName(name string) string {
	if parts := strings.SplitN(name, "_", 3); len(parts) == 3 {
		return parts[2]
	}
	return name
}

func encodeState(state string) json.RawMessage {
	switch state {
	case StateMissing:
		return nil
	case StateNull:
		return json.RawMessage("null")
	default:
		return encode(state)
	}
}

// encode panics where a test has set a value that JSON cannot hold.
func encode(value any) []byte {
	body, err := json.Marshal(value)
	if err != nil {
		panic("wachattest: encode the answer: " + err.Error())
	}
	return body
}
