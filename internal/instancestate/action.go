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

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// requireAction is the action wachat_require_instance_state.
type requireAction struct{ source }

var _ action.ActionWithConfigure = (*requireAction)(nil)

// NewAction returns the action wachat_require_instance_state.
func NewAction() action.Action { return &requireAction{} }

func (a *requireAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_require_instance_state"
}

func (a *requireAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Stops an apply unless a WhatsApp instance is in the required state, right before one resource is created or updated. It changes nothing at Wachat.",
		Attributes:          attributes(actionAttribute, subject(), actionRequirement()),
	}
}

func (a *requireAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	resp.Diagnostics.Append(a.configure(req.ProviderData)...)
}

func (a *requireAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	in, diags := readInputs(ctx, req.Config)
	if !diags.HasError() {
		_, failed := a.read(ctx, in, func(r *wachat.Requirement) {
			r.State = cmp.Or(r.State, wachat.StateOpen)
			r.OnPoll = func(p wachat.Poll) { resp.SendProgress(action.InvokeProgressEvent{Message: progress(p, *r)}) }
		})
		diags.Append(failed...)
	}
	resp.Diagnostics.Append(diags...)
}

// progress is the line for one poll, such as "connecting, 12s of 2m0s", or "open
// for 4s of 10s" while the required state has to hold.
func progress(p wachat.Poll, r wachat.Requirement) string {
	seen, elapsed := p.State, p.Elapsed.Round(time.Second)
	if p.Err != nil {
		seen = errorTexts[wachat.KindOf(p.Err)].title
	}
	switch {
	case r.StableFor > 0 && p.State == r.State:
		return fmt.Sprintf("%s for %s of %s", seen, p.Held.Round(time.Second), r.StableFor)
	case p.Elapsed >= r.Timeout:
		return fmt.Sprintf("%s, after %s", seen, elapsed)
	}
	return fmt.Sprintf("%s, %s of %s", seen, elapsed, r.Timeout)
}
