// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// answerAttributes are the attributes of an answer, in one row each. Members of
// the API's answer are named here and in the client's decoder only.
var answerAttributes = []attribute{
	{
		name: "state", typ: types.StringType,
		description: "The connection state as the API reports it: `open` when connected, otherwise for example `connecting` or `close`.",
		value:       func(s *wachat.InstanceState) attr.Value { return types.StringValue(s.State) },
	},
	{
		name: "connected", typ: types.BoolType,
		description: "Whether the instance is connected: `true` if `state` is `open`, `false` for every other state.",
		value:       func(s *wachat.InstanceState) attr.Value { return types.BoolValue(s.Connected()) },
	},
	{
		name: "display_name", typ: types.StringType,
		description: "The name that the Wachat dashboard shows. It is not unique and cannot be used as `instance_name`.",
		value:       member("instanceName"),
	},
	{
		name: "api_instance_name", typ: types.StringType,
		description: "The unique API name, as the API returns it.",
		value:       member("apiInstanceName"),
	},
	{
		name: "internal_name", typ: types.StringType,
		description: "The name of the instance inside Wachat; usually the same as `api_instance_name`.",
		value:       member("internalName"),
	},
	{
		name: "profile_name", typ: types.StringType,
		description: "The name of the WhatsApp profile. Null when the instance is not connected or has none.",
		value:       member("profileName"),
	},
	{
		name: "profile_picture_url", typ: types.StringType,
		description: "The URL of the WhatsApp profile picture. Null when the instance is not connected or has no public picture.",
		value:       member("profilePictureUrl", "profilePicUrl"),
	},
	{
		name: "number", typ: types.StringType,
		description: "The connected WhatsApp number in digits, such as `628123456789`. Null when the instance is not connected: check `connected` before you use it.",
		value:       func(s *wachat.InstanceState) attr.Value { return textOrNull(s.Number()) },
	},
	{
		name: "owner", typ: types.StringType,
		description: "The WhatsApp JID of the connected account, such as `628123456789@s.whatsapp.net`; it may include a device, as in `628123456789:7@s.whatsapp.net`. Null when the instance is not connected.",
		value:       member("owner"),
	},
	{
		name: "integration", typ: types.StringType,
		description: "The engine behind the instance, such as `WHATSAPP-BAILEYS`.",
		value:       member("integration"),
	},
	{
		name: "raw_json", typ: types.StringType, sensitive: true,
		description: "The API's whole answer, for `jsondecode`. Sensitive because it contains the number and the profile.",
		value:       func(s *wachat.InstanceState) attr.Value { return textOrNull(s.Raw) },
	},
}

// member returns the value function of a text: the first of the named members of
// the answer's instance object that has one.
func member(names ...string) func(*wachat.InstanceState) attr.Value {
	return func(s *wachat.InstanceState) attr.Value { return textOrNull(s.Text(names...)) }
}

// textOrNull turns "" into null, so that a configuration has one case to check:
// missing, null and "" mean the same in an answer.
func textOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// valuesOf returns the values that the attributes have in an answer, by name.
func valuesOf(attributes []attribute, state *wachat.InstanceState) map[string]attr.Value {
	values := make(map[string]attr.Value, len(attributes))
	for _, a := range attributes {
		values[a.name] = a.value(state)
	}
	return values
}

// plainAttributes are the attributes of an answer that are not sensitive.
func plainAttributes() []attribute { return answersWhere(false) }

// sensitiveAttributes are the others.
func sensitiveAttributes() []attribute { return answersWhere(true) }

func answersWhere(sensitive bool) []attribute {
	var found []attribute
	for _, a := range answerAttributes {
		if a.sensitive == sensitive {
			found = append(found, a)
		}
	}
	return found
}
