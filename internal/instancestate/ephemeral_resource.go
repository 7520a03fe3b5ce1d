// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

// ephemeralResource is the ephemeral resource wachat_instance_state. It holds
// nothing open at Wachat, so there is nothing to renew or to close.
type ephemeralResource struct{ ProviderData }

var _ ephemeral.EphemeralResourceWithConfigure = (*ephemeralResource)(nil)

// NewEphemeralResource returns the ephemeral resource wachat_instance_state.
func NewEphemeralResource() ephemeral.EphemeralResource { return &ephemeralResource{} }

func (e *ephemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_instance_state"
}

func (e *ephemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the connection state of one WhatsApp instance when a plan is made and again when it is applied, and keeps what it reads out of plan and state.",
		Attributes:          map[string]schema.Attribute{},
	}
	for name, attribute := range instanceAttributes() {
		resp.Schema.Attributes[name] = attribute
	}
}

func (e *ephemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, _ *ephemeral.ConfigureResponse) {
	e.ProviderData, _ = req.ProviderData.(ProviderData)
}

func (e *ephemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	resp.Diagnostics.Append(e.readInstance(ctx, req.Config, resp.Result.Set)...)
}
