// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"fmt"
	"maps"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// inputs are what a surface about one instance takes.
type inputs struct {
	InstanceName types.String `tfsdk:"instance_name"`
	requirement
}

// requirement is the part of a model that says what a read has to find.
type requirement struct {
	RequiredState types.String `tfsdk:"required_state"`
	WaitTimeout   types.String `tfsdk:"wait_timeout"`
	StableFor     types.String `tfsdk:"stable_for"`
	PollInterval  types.String `tfsdk:"poll_interval"`
}

// minPollInterval keeps a wait from sending too many requests.
const minPollInterval = time.Second

// instanceAttributes are the attributes of [instance].
func instanceAttributes() map[string]schema.Attribute {
	attributes := requirementAttributes(anyState, validate.Requires("required_state"))
	attributes["instance_name"] = nameAttribute
	maps.Copy(attributes, answerAttributes())
	return attributes
}

// anyState says what is required where required_state is not set.
const anyState = "By default, any state is accepted."

var nameAttribute = schema.StringAttribute{
	Required: true, Validators: []validator.String{nameValidator},
	MarkdownDescription: "The unique API name of the instance, such as `t1_mq9r2jov_jakarta_store`: " +
		"`apiInstanceName` in Wachat's answers, not the display name that the dashboard shows.",
}

// requirementAttributes are the attributes of [requirement]. It takes what differs
// between surfaces: what is required where required_state is not set, and the
// validators of wait_timeout and stable_for that follow from it.
func requirementAttributes(withoutState string, ofTimes ...validator.String) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"required_state": schema.StringAttribute{
			Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			MarkdownDescription: "The state that the instance has to be in, such as `open`: any other is an error. " + withoutState,
		},
		"wait_timeout": schema.StringAttribute{
			Optional: true, Validators: append([]validator.String{validate.Duration(0, "2m")}, ofTimes...),
			MarkdownDescription: "How long to wait for `required_state`, as a Go duration such as `2m`. Transient failures do not end the wait. Defaults to `0s`: no wait.",
		},
		"stable_for": schema.StringAttribute{
			Optional: true, Validators: append([]validator.String{validate.Duration(0, "30s")}, ofTimes...),
			MarkdownDescription: "How long `required_state` has to hold, poll after poll, before the read succeeds, as a Go duration such as `30s`. This adds its time to each plan. A drop is an error, unless `wait_timeout` still has time left. Defaults to `0s`: one answer is enough.",
		},
		"poll_interval": schema.StringAttribute{
			Optional:            true,
			Validators:          []validator.String{validate.Duration(minPollInterval, "10s"), validate.Requires("wait_timeout", "stable_for")},
			MarkdownDescription: fmt.Sprintf("The time between two polls, as a Go duration of at least `%s`. Needs `wait_timeout` or `stable_for`. Defaults to `%s`.", minPollInterval, wachat.DefaultPollInterval),
		},
	}
}

// uniqueName says what a unique name looks like.
const uniqueName = "the unique API name, which looks like t1_mq9r2jov_jakarta_store (apiInstanceName in Wachat's answers)"

var nameValidator = validate.Text("must be "+uniqueName, func(name string) error {
	err := wachat.CheckName(name)
	if err != nil && strings.ContainsFunc(name, unicode.IsSpace) {
		return fmt.Errorf("%w. It looks like the display name, which the Wachat dashboard shows", err)
	}
	return err
})

// parse returns what the inputs require. The validators have checked the values.
func (r requirement) parse(diags *diag.Diagnostics) wachat.Requirement {
	return wachat.Requirement{
		State:        r.RequiredState.ValueString(),
		Timeout:      parseDuration(r.WaitTimeout, diags),
		StableFor:    parseDuration(r.StableFor, diags),
		PollInterval: parseDuration(r.PollInterval, diags),
	}
}

// parseDuration returns 0 for null. Whatever is no duration is an error here, too:
// a gate must not pass because of a value that was not checked.
func parseDuration(value types.String, diags *diag.Diagnostics) time.Duration {
	if value.IsNull() {
		return 0
	}
	d, err := time.ParseDuration(value.ValueString())
	if err != nil {
		diags.AddError("Invalid duration", "A duration has a unit, as in 2m.")
	}
	return d
}
