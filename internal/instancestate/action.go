// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// requireAction is the action wachat_require_instance_state.
type requireAction struct{ ProviderData }

var _ action.ActionWithConfigure = (*requireAction)(nil)

// NewAction returns the action wachat_require_instance_state.
func NewAction() action.Action { return &requireAction{} }

func (a *requireAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_require_instance_state"
}

func (a *requireAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Stops an apply unless a WhatsApp instance is in the required state, right before one resource is created or updated. It changes nothing at Wachat.",
		Attributes:          map[string]schema.Attribute{"instance_name": nameAttribute},
	}
	for name, attribute := range requirementAttributes("Defaults to `open`.") {
		resp.Schema.Attributes[name] = attribute
	}
}

func (a *requireAction) Configure(_ context.Context, req action.ConfigureRequest, _ *action.ConfigureResponse) {
	a.ProviderData, _ = req.ProviderData.(ProviderData)
}

func (a *requireAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var model inputs
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	resp.Diagnostics.Append(validateAgain(ctx, req.Config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	required := model.parse(&resp.Diagnostics)
	required.State = cmp.Or(required.State, wachat.StateOpen)
	required.OnPoll = func(p wachat.Poll) {
		resp.SendProgress(action.InvokeProgressEvent{Message: progress(p, required)})
	}
	_, diags := a.Require(ctx, model.InstanceName.ValueString(), required)
	resp.Diagnostics.Append(diags...)
}

// validateAgain runs the validators: Terraform validates no value that an action
// learns only at apply.
func validateAgain(ctx context.Context, config tfsdk.Config) (diags diag.Diagnostics) {
	for name, attribute := range config.Schema.GetAttributes() {
		text, _ := attribute.(interface{ StringValidators() []validator.String }) // all arguments are texts
		var value types.String
		diags.Append(config.GetAttribute(ctx, path.Root(name), &value)...)
		for _, v := range text.StringValidators() {
			var resp validator.StringResponse
			v.ValidateString(ctx, validator.StringRequest{Path: path.Root(name), Config: config, ConfigValue: value}, &resp)
			diags.Append(resp.Diagnostics...)
		}
	}
	return diags
}

// progress is the line for one poll, such as "connecting, 12s of 2m0s", or "open
// for 4s of 10s" while the required state has to hold.
func progress(p wachat.Poll, r wachat.Requirement) string {
	elapsed := p.Elapsed.Round(time.Second)
	seen := cmp.Or(p.State, causes[wachat.KindOf(p.Err)].title)
	switch {
	case r.StableFor > 0 && p.State == r.State:
		return fmt.Sprintf("%s for %s of %s", seen, p.Held.Round(time.Second), r.StableFor)
	case p.Elapsed >= r.Timeout:
		return fmt.Sprintf("%s, after %s", seen, elapsed)
	}
	return fmt.Sprintf("%s, %s of %s", seen, elapsed, r.Timeout)
}
