// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "strings"

func aboutProfiles() []assumption {
	const attributes = "internal/instancestate/attributes_test.go#TestAnswerAttributes_values"
	return []assumption{
		{
			name:       "number",
			question:   "Is instance.number a string of digits while the instance is open?",
			otherwise:  "A JSON number gives its digits. Anything else gives a number that is null, or not one.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/instance_state.go#Number", attributes},
			check: aboutOpen(func(e *exchange, _ guard) finding {
				return found(digits.MatchString(e.instance().text("number")), "%s", shape(e.instance(), "number"))
			}),
		},
		{
			name:       "owner",
			question:   "Is instance.owner number@s.whatsapp.net, maybe with a device, while the instance is open?",
			otherwise:  "owner is passed on unchanged.",
			tolerated:  true,
			reliedOnBy: []string{attributes},
			check: aboutOpen(func(e *exchange, _ guard) finding {
				return found(jid.MatchString(e.instance().text("owner")), "%s", shape(e.instance(), "owner"))
			}),
		},
		{
			name:       "profile-name",
			question:   "Is instance.profileName a string, or null or missing?",
			otherwise:  "profile_name is null.",
			tolerated:  true,
			reliedOnBy: []string{attributes},
			check:      aboutOpen(textOrNothing("profileName")),
		},
		{
			name:       "integration",
			question:   "Is instance.integration a string that is not empty?",
			otherwise:  "integration is null.",
			tolerated:  true,
			reliedOnBy: []string{attributes},
			check: aboutKnown(func(e *exchange, _ guard) finding {
				return found(e.instance().text("integration") != "", "%s", shape(e.instance(), "integration"))
			}),
		},
		{
			name:       "pictures",
			question:   "Are instance.profilePictureUrl and profilePicUrl the same https URL, or one or both of them null?",
			otherwise:  "profile_picture_url is the first of the two that is a string and not empty.",
			tolerated:  true,
			reliedOnBy: []string{attributes},
			check:      aboutOpen(pictures),
		},
		{
			name:       "closed-profile",
			question:   "Are number, owner, profileName and both pictures missing, null or empty while the instance is not open?",
			otherwise:  "The attributes have values although the instance is not connected.",
			tolerated:  true,
			reliedOnBy: []string{attributes},
			check:      closedProfile,
		},
	}
}

func textOrNothing(name string) func(*exchange, guard) finding {
	return func(e *exchange, _ guard) finding {
		value, ok := e.instance()[name]
		_, text := value.(string)
		return found(text || !ok || value == nil, "%s", shape(e.instance(), name))
	}
}

func pictures(e *exchange, _ guard) finding {
	first, second := e.instance().text("profilePictureUrl"), e.instance().text("profilePicUrl")
	isURL := func(name string) bool {
		value, ok := e.instance()[name]
		return !ok || value == nil || pictureURL.MatchString(e.instance().text(name))
	}
	holds := isURL("profilePictureUrl") && isURL("profilePicUrl") && (first == second || first == "" || second == "")
	return found(holds, "%s and %s, the same: %t", shape(e.instance(), "profilePictureUrl"), shape(e.instance(), "profilePicUrl"), first == second)
}

func closedProfile(o *observations) finding {
	if !o.closed.isAnswer() {
		return notSeen("no instance that is not open: run the command again with the name of one")
	}
	holds := true
	var shapes []string
	for _, name := range []string{"number", "owner", "profileName", "profilePictureUrl", "profilePicUrl"} {
		value := o.closed.instance()[name]
		holds = holds && (value == nil || value == "")
		shapes = append(shapes, name+": "+shape(o.closed.instance(), name))
	}
	return found(holds, "%s", strings.Join(shapes, ", "))
}
