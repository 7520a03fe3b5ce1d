// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// The names of the inputs, which code refers to. The attributes of an answer
// are named in their table and in the model only.
const (
	instanceNameAttribute  = "instance_name"
	requiredStateAttribute = "required_state"
	waitTimeoutAttribute   = "wait_timeout"
	pollIntervalAttribute  = "poll_interval"
)

const (
	defaultPollInterval = 5 * time.Second
	minPollInterval     = time.Second
)

// attribute is what every face says of one of its attributes. Each framework
// package has schema types of its own; this is what they have in common.
type attribute struct {
	name        string
	typ         attr.Type
	description string // Markdown
	use         use
	sensitive   bool
	validators  []validator.String
}

// use says who gives the value.
type use int

const (
	computed use = iota
	required
	optional
)

// subject is the input that names the one instance of a read.
func subject() []attribute {
	return []attribute{{
		name: instanceNameAttribute, typ: types.StringType, use: required,
		description: "The unique API name of the instance, such as `t1_mq9r2jov_jakarta_store`: " +
			"`apiInstanceName` in Wachat's answers, not the display name that the dashboard shows.",
		validators: []validator.String{instanceName()},
	}}
}

// requirement are the inputs that say what a read has to find.
func requirement() []attribute {
	return requirementOf("By default any state will do.", stringvalidator.AlsoRequires(path.MatchRoot(requiredStateAttribute)))
}

// actionRequirement are the same inputs of an action, which requires a state in
// any case: it does nothing else.
func actionRequirement() []attribute { return requirementOf("Defaults to `open`.") }

// requirementOf takes what differs: what holds where no state is given, and
// what that means for a timeout.
func requirementOf(withoutState string, ofTimeout ...validator.String) []attribute {
	return []attribute{
		{
			name: requiredStateAttribute, typ: types.StringType, use: optional,
			description: "The state that the instance has to be in, such as `open`: any other is an error. " + withoutState,
			validators:  []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		{
			name: waitTimeoutAttribute, typ: types.StringType, use: optional,
			description: "How long to wait for `required_state`, as a Go duration such as `2m`. Failures that may pass do not end the wait. Defaults to `0s`, which is not to wait.",
			validators:  append([]validator.String{validate.DurationAtLeast(0)}, ofTimeout...),
		},
		{
			name: pollIntervalAttribute, typ: types.StringType, use: optional,
			description: "The time between two looks while waiting, as a Go duration of at least `1s`. Defaults to `5s`.",
			validators:  []validator.String{validate.DurationAtLeast(minPollInterval), stringvalidator.AlsoRequires(path.MatchRoot(waitTimeoutAttribute))},
		},
	}
}

// answers are the attributes of an answer. Their values are made in [fromAPI].
func answers() []attribute {
	return []attribute{
		{name: "state", typ: types.StringType, description: "The connection state as the API reports it: `open` when connected, otherwise for example `connecting` or `close`."},
		{name: "connected", typ: types.BoolType, description: "Whether the instance is connected: `true` if `state` is `open`, `false` for every other state."},
		{name: "display_name", typ: types.StringType, description: "The name that the Wachat dashboard shows. It is not unique and selects nothing."},
		{name: "api_instance_name", typ: types.StringType, description: "The unique API name, as the API gives it back."},
		{name: "internal_name", typ: types.StringType, description: "The name of the instance inside Wachat; usually the same as `api_instance_name`."},
		{name: "profile_name", typ: types.StringType, description: "The WhatsApp profile's name. Null when the instance is not connected or has none."},
		{name: "profile_picture_url", typ: types.StringType, description: "The address of the WhatsApp profile's picture. Null when the instance is not connected or has no public picture."},
		{name: "number", typ: types.StringType, description: "The connected WhatsApp number in digits, such as `628123456789`. Null when the instance is not connected: check `connected` before you use it."},
		{name: "owner", typ: types.StringType, description: "The WhatsApp JID of the connected account, such as `628123456789@s.whatsapp.net`; it may name a device, as in `628123456789:7@s.whatsapp.net`. Null when the instance is not connected."},
		{name: "integration", typ: types.StringType, description: "The engine behind the instance, such as `WHATSAPP-BAILEYS`."},
		{name: "raw_json", typ: types.StringType, sensitive: true, description: "The API's whole answer, for `jsondecode`. Sensitive because it repeats number and profile."},
	}
}

// openAnswers and secretAnswers part the attributes of an answer by whether they
// are sensitive.
func openAnswers() []attribute { return slices.DeleteFunc(answers(), isSensitive) }

func secretAnswers() []attribute {
	return slices.DeleteFunc(answers(), func(a attribute) bool { return !a.sensitive })
}

func isSensitive(a attribute) bool { return a.sensitive }

func instanceName() validator.String {
	return validate.Text("must be an instance's unique API name: not empty, without white space and control characters", wachat.CheckName)
}
