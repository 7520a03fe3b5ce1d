// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

// The members of `instance` in an answer, as the reference page names them.
const (
	memberDisplayName       = "instanceName"
	memberAPIName           = "apiInstanceName"
	memberInternalName      = "internalName"
	memberState             = "state"
	memberProfileName       = "profileName"
	memberProfilePictureURL = "profilePictureUrl"
	memberProfilePicURL     = "profilePicUrl"
	memberNumber            = "number"
	memberOwner             = "owner"
	memberIntegration       = "integration"
)

// The profile that the reference page shows. The API knows it only while the
// instance is connected.
const (
	defaultNumber = "628123456789"
	owner         = defaultNumber + "@s.whatsapp.net"
	pictureURL    = "https://pps.whatsapp.net/v/t61.24694-24/example.jpg"
)

// overrides are the members that a test has set or removed itself, whatever the
// state of the instance.
type overrides struct {
	values  object
	removed map[string]bool
}

func (o *overrides) set(name string, value any) {
	o.clear(name)
	o.values = append(o.values, member{name, value})
}

func (o *overrides) remove(name string) {
	o.clear(name)
	if o.removed == nil {
		o.removed = make(map[string]bool)
	}
	o.removed[name] = true
}

func (o *overrides) clear(name string) {
	o.values = o.values.without(name)
	delete(o.removed, name)
}

func (o *overrides) applyTo(members object) object {
	for _, override := range o.values {
		members = members.with(override)
	}
	for name := range o.removed {
		members = members.without(name)
	}
	return members
}

// SetRawState makes data.instance.state differ from instance.state, which it
// follows by default; "" makes it follow again.
func (i *Instance) SetRawState(state string) {
	i.change(func() { i.rawState = state })
}

// SetProfileName sets instance.profileName, which comes while connected.
func (i *Instance) SetProfileName(name string) {
	i.change(func() {
		i.profileName = name
		i.overrides.clear(memberProfileName)
	})
}

// Set gives a member of `instance` any value, in every state of the instance; a
// nil value is a JSON null. The value is encoded by encoding/json.
func (i *Instance) Set(field string, value any) {
	i.change(func() { i.overrides.set(field, value) })
}

// Unset leaves a member of `instance` out, in every state of the instance.
func (i *Instance) Unset(field string) {
	i.change(func() { i.overrides.remove(field) })
}
