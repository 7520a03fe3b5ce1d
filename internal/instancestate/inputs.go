// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
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
	stableForAttribute     = "stable_for"
	pollIntervalAttribute  = "poll_interval"
)

var (
	waitTimeout  = validate.Duration{Example: "2m"}
	stableFor    = validate.Duration{Example: "30s"}
	pollInterval = validate.Duration{Min: time.Second, Example: "10s"}
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
	return requirementOf("By default, any state is accepted.", validate.Requires(requiredStateAttribute))
}

// actionRequirement are the same inputs of an action, which always requires a
// state.
func actionRequirement() []attribute { return requirementOf("Defaults to `open`.") }

// requirementOf takes what differs: what is required where required_state is not
// set, and the validators of wait_timeout and stable_for that follow from it.
func requirementOf(withoutState string, ofTimes ...validator.String) []attribute {
	return []attribute{
		{
			name: requiredStateAttribute, typ: types.StringType, mode: optional,
			description: "The state that the instance has to be in, such as `open`: any other is an error. " + withoutState,
			validators:  []validator.String{validate.Text(`must be a state, such as "open"`, checkState)},
		},
		{
			name: waitTimeoutAttribute, typ: types.StringType, mode: optional,
			description: "How long to wait for `required_state`, as a Go duration such as `2m`. Transient failures do not end the wait. Defaults to `0s`: no wait.",
			validators:  append([]validator.String{waitTimeout.Validator()}, ofTimes...),
		},
		{
			name: stableForAttribute, typ: types.StringType, mode: optional,
			description: "How long `required_state` has to hold, poll after poll, before the read succeeds, as a Go duration such as `30s`. Another state is an error unless time to wait is left. Defaults to `0s`: one answer is enough.",
			validators:  append([]validator.String{stableFor.Validator()}, ofTimes...),
		},
		{
			name: pollIntervalAttribute, typ: types.StringType, mode: optional,
			description: fmt.Sprintf("The time between two polls, as a Go duration of at least `%s`. Needs `wait_timeout` or `stable_for`. Defaults to `%s`.", pollInterval.Min, wachat.DefaultPollInterval),
			validators:  []validator.String{pollInterval.Validator(), validate.Requires(waitTimeoutAttribute, stableForAttribute)},
		},
	}
}

func checkState(state string) error {
	if state == "" {
		return errors.New("it is empty")
	}
	return nil
}

func instanceName() validator.String {
	return validate.Text("must be an instance's unique API name: not empty, without white space and control characters", wachat.CheckName)
}

// inputs are the values of a surface's configuration. A computed attribute is
// null in them.
type inputs struct {
	types  map[string]attr.Type
	values map[string]attr.Value
}

func readInputs(ctx context.Context, config tfsdk.Config) (inputs, diag.Diagnostics) {
	var block types.Object
	diags := config.Get(ctx, &block)
	return inputs{types: block.AttributeTypes(ctx), values: block.Attributes()}, diags
}

// text returns the value of a string; "" for null.
func (in inputs) text(name string) string {
	value, ok := in.values[name].(types.String)
	if !ok {
		return ""
	}
	return value.ValueString()
}

// texts returns the values of a list of strings.
func (in inputs) texts(name string) []string {
	list, ok := in.values[name].(types.List)
	if !ok {
		return nil
	}
	elements := list.Elements()
	texts := make([]string, len(elements))
	for i, element := range elements {
		if value, ok := element.(types.String); ok {
			texts[i] = value.ValueString()
		}
	}
	return texts
}

// isTrue returns the value of a bool; false for null.
func (in inputs) isTrue(name string) bool {
	value, ok := in.values[name].(types.Bool)
	return ok && value.ValueBool()
}

// requirement returns what the configuration requires of an answer.
func (in inputs) requirement(diags *diag.Diagnostics) wachat.Requirement {
	return wachat.Requirement{
		State:        in.text(requiredStateAttribute),
		Timeout:      in.duration(waitTimeoutAttribute, waitTimeout, diags),
		StableFor:    in.duration(stableForAttribute, stableFor, diags),
		PollInterval: in.duration(pollIntervalAttribute, pollInterval, diags),
	}
}

// duration returns 0 for null. It repeats the check of the validators: Terraform
// does not validate a value that an action learns only at apply.
func (in inputs) duration(name string, rule validate.Duration, diags *diag.Diagnostics) time.Duration {
	s := in.text(name)
	if s == "" {
		return 0
	}
	d, err := rule.Parse(s)
	if err != nil {
		diags.Append(validate.Refused(path.Root(name), err, rule.Rule()))
	}
	return d
}

// result is what a surface returns to Terraform.
type result interface {
	Set(ctx context.Context, value any) diag.Diagnostics
}

// set sets the inputs and the values of computed attributes, all at once:
// SetAttribute copies the whole result for each attribute, which is slow for a
// fleet.
func (in inputs) set(ctx context.Context, result result, computed map[string]attr.Value) diag.Diagnostics {
	values := maps.Clone(in.values)
	maps.Copy(values, computed)
	object, diags := types.ObjectValue(in.types, values)
	if !diags.HasError() {
		diags.Append(result.Set(ctx, object)...)
	}
	return diags
}
