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

// profile is what WhatsApp knows of an instance; all but the display name is
// known only while it is connected.
type profile struct {
	displayName string
	name        string
	pictureURL  string
	number      string
	owner       string
}

func defaultProfile(displayName string) profile {
	return profile{
		displayName: displayName,
		name:        displayName,
		pictureURL:  "https://pps.whatsapp.net/v/t61.24694-24/example.jpg",
		number:      "628123456789",
		owner:       "628123456789@s.whatsapp.net",
	}
}

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

func (o *overrides) clear(names ...string) {
	for _, name := range names {
		o.values = o.values.without(name)
		delete(o.removed, name)
	}
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

// SetState puts the instance in any state, also one that the API does not have.
func (i *Instance) SetState(state string) {
	i.change(func() {
		i.state = state
		i.overrides.clear(memberState)
	})
}

// SetRawState makes data.instance.state differ from instance.state, which it
// follows by default; "" makes it follow again.
func (i *Instance) SetRawState(state string) {
	i.change(func() { i.rawState = state })
}

// SetDisplayName sets instance.instanceName.
func (i *Instance) SetDisplayName(name string) {
	i.change(func() {
		i.profile.displayName = name
		i.overrides.clear(memberDisplayName)
	})
}

// SetProfileName sets instance.profileName, which comes while connected.
func (i *Instance) SetProfileName(name string) {
	i.change(func() {
		i.profile.name = name
		i.overrides.clear(memberProfileName)
	})
}

// SetPictureURL sets instance.profilePictureUrl and instance.profilePicUrl,
// which come while connected; "" makes them null, as for an account without a
// public picture.
func (i *Instance) SetPictureURL(url string) {
	i.change(func() {
		i.profile.pictureURL = url
		i.overrides.clear(memberProfilePictureURL, memberProfilePicURL)
	})
}

// SetNumber sets instance.number, which comes while connected. The owner stays
// as it is.
func (i *Instance) SetNumber(number string) {
	i.change(func() {
		i.profile.number = number
		i.overrides.clear(memberNumber)
	})
}

// SetOwner sets instance.owner, which comes while connected.
func (i *Instance) SetOwner(owner string) {
	i.change(func() {
		i.profile.owner = owner
		i.overrides.clear(memberOwner)
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
