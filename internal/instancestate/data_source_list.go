// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const (
	instanceNamesAttribute  = "instance_names"
	tolerateErrorsAttribute = "tolerate_errors"
)

// dataSourceList is the data source wachat_instance_states: a fleet.
type dataSourceList struct{ source }

var _ datasource.DataSourceWithConfigure = (*dataSourceList)(nil)

// NewDataSourceList returns the data source wachat_instance_states.
func NewDataSourceList() datasource.DataSource { return &dataSourceList{} }

func (d *dataSourceList) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_instance_states"
}

func (d *dataSourceList) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	all := attributes(dataSourceAttribute, requirement())
	all[instanceNamesAttribute] = schema.ListAttribute{
		MarkdownDescription: "The unique API names of the instances: at least one, none of them twice.",
		ElementType:         types.StringType, Required: true, Validators: []validator.List{namesValidator{}},
	}
	all[tolerateErrorsAttribute] = schema.BoolAttribute{
		MarkdownDescription: "Whether an instance that cannot be read is reported in `errors` instead of failing the read. It has no effect with `required_state`: an unknown state is not the required one. Failures of the provider, such as a refused API key or an untrusted certificate, are always errors. Defaults to `false`.",
		Optional:            true,
	}
	all["instances"] = schema.MapNestedAttribute{
		MarkdownDescription: "The instances by name, without those in `errors`.",
		Computed:            true,
		NestedObject:        schema.NestedAttributeObject{Attributes: attributes(dataSourceAttribute, plainAttributes())},
	}
	// One sensitive map, not a sensitive attribute in each instance: Terraform
	// spends time on those that grows with the square of their number.
	for _, a := range sensitiveAttributes() {
		all[a.name] = schema.MapAttribute{
			MarkdownDescription: a.description + " By instance name.",
			ElementType:         a.typ, Computed: true, Sensitive: true,
		}
	}
	all["all_connected"] = schema.BoolAttribute{
		MarkdownDescription: "Whether every instance is connected: `false` also if one could not be read.",
		Computed:            true,
	}
	all["not_connected"] = schema.ListAttribute{
		MarkdownDescription: "The names of the instances whose state is not `open`, and of those that could not be read, sorted.",
		ElementType:         types.StringType, Computed: true,
	}
	all["errors"] = schema.MapAttribute{
		MarkdownDescription: "Why an instance could not be read, by its name, in one line each. Empty unless `tolerate_errors` is set.",
		ElementType:         types.StringType, Computed: true,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the connection states of many WhatsApp instances at the same time, in one node of Terraform's graph, each time a plan is made.",
		Attributes:          all,
	}
}

func (d *dataSourceList) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.Append(d.configure(req.ProviderData)...)
}

func (d *dataSourceList) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	in, diags := readInputs(ctx, req.Config)
	names := in.texts(instanceNamesAttribute)
	required := in.requirement(&diags)
	client, notReady := d.ready(named(names))
	resp.Diagnostics.Append(append(diags, notReady...)...)
	if resp.Diagnostics.HasError() {
		return
	}
	f := newFleet(names, client.RequireAll(ctx, names, required))
	tolerate := in.isTrue(tolerateErrorsAttribute) && required.State == "" // an unknown state is not the required one
	resp.Diagnostics.Append(f.diagnostics(tolerate)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(in.set(ctx, &resp.State, f.values())...)
	}
}
