// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// The names of the inputs, which other code refers to.
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

// subject is the input that names the one instance of a read.
func subject() []attribute {
	return []attribute{{
		name: instanceNameAttribute, typ: types.StringType, mode: required,
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
			name: requiredStateAttribute, typ: types.StringType, mode: optional,
			description: "The state that the instance has to be in, such as `open`: any other is an error. " + withoutState,
			validators:  []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		{
			name: waitTimeoutAttribute, typ: types.StringType, mode: optional,
			description: "How long to wait for `required_state`, as a Go duration such as `2m`. Failures that may pass do not end the wait. Defaults to `0s`, which is not to wait.",
			validators:  append([]validator.String{validate.DurationAtLeast(0)}, ofTimeout...),
		},
		{
			name: pollIntervalAttribute, typ: types.StringType, mode: optional,
			description: "The time between two looks while waiting, as a Go duration of at least `1s`. Defaults to `5s`.",
			validators:  []validator.String{validate.DurationAtLeast(minPollInterval), stringvalidator.AlsoRequires(path.MatchRoot(waitTimeoutAttribute))},
		},
	}
}

func instanceName() validator.String {
	return validate.Text("must be an instance's unique API name: not empty, without white space and control characters", wachat.CheckName)
}

// text returns the value of a string argument; "" for null.
func text(ctx context.Context, config tfsdk.Config, name string, diags *diag.Diagnostics) string {
	var value types.String
	diags.Append(config.GetAttribute(ctx, path.Root(name), &value)...)
	return value.ValueString()
}

// readRequirement returns what the configuration requires of an answer.
func readRequirement(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) wachat.Requirement {
	return wachat.Requirement{
		State:        text(ctx, config, requiredStateAttribute, diags),
		Timeout:      duration(ctx, config, waitTimeoutAttribute, 0, 0, diags),
		PollInterval: duration(ctx, config, pollIntervalAttribute, minPollInterval, defaultPollInterval, diags),
	}
}

// duration returns the default for null. It checks again what the validators
// check: what an action learns only at apply, nobody validates.
func duration(ctx context.Context, config tfsdk.Config, name string, least, def time.Duration, diags *diag.Diagnostics) time.Duration {
	s := text(ctx, config, name, diags)
	if s == "" {
		return def
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < least {
		diags.AddAttributeError(path.Root(name), "Invalid value for "+name, fmt.Sprintf("The value of %s is refused: %q is no duration of at least %s.", name, s, least))
	}
	return d
}
