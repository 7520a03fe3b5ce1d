// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
)

// dataSourceList is the data source wachat_instance_states: a fleet.
type dataSourceList struct{ ProviderData }

var (
	_ datasource.DataSourceWithConfigure      = (*dataSourceList)(nil)
	_ datasource.DataSourceWithValidateConfig = (*dataSourceList)(nil)
)

// NewDataSourceList returns the data source wachat_instance_states.
func NewDataSourceList() datasource.DataSource { return &dataSourceList{} }

func (d *dataSourceList) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_instance_states"
}

// instances is the model of a fleet.
type instances struct {
	InstanceNames  types.List `tfsdk:"instance_names"`
	TolerateErrors types.Bool `tfsdk:"tolerate_errors"`
	requirement
	Instances    types.Map  `tfsdk:"instances"`
	RawJSON      types.Map  `tfsdk:"raw_json"`
	AllConnected types.Bool `tfsdk:"all_connected"`
	NotConnected types.List `tfsdk:"not_connected"`
	Errors       types.Map  `tfsdk:"errors"`
}

func (d *dataSourceList) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := requirementAttributes(anyState, validate.Requires("required_state"))
	// raw_json is one sensitive map, not a sensitive attribute in each instance: Terraform
	// spends time on those that grows with the square of their number.
	ofInstance := answerAttributes()
	delete(ofInstance, "raw_json")
	maps.Copy(attributes, map[string]schema.Attribute{
		"instance_names": schema.ListAttribute{
			ElementType: types.StringType, Required: true,
			Validators: []validator.List{
				listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(nameValidator),
			},
			MarkdownDescription: "The unique API names of the instances: at least one, none of them twice.",
		},
		"tolerate_errors": schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "Whether an instance that cannot be read is reported in `errors` instead of failing the read. It has no effect with `required_state`: an unknown state is not the required one. Failures of the provider, such as a refused API key or an untrusted certificate, are always errors. Defaults to `false`.",
		},
		"instances": schema.MapNestedAttribute{
			Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: ofInstance},
			MarkdownDescription: "The instances by name, without those in `errors`.",
		},
		"raw_json": schema.MapAttribute{
			ElementType: types.StringType, Computed: true, Sensitive: true,
			MarkdownDescription: rawJSONDescription + " By instance name.",
		},
		"all_connected": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether every instance is connected: `false` also if one could not be read.",
		},
		"not_connected": schema.ListAttribute{
			ElementType: types.StringType, Computed: true,
			MarkdownDescription: "The names of the instances whose state is not `open`, and of those that could not be read, sorted.",
		},
		"errors": schema.MapAttribute{
			ElementType: types.StringType, Computed: true,
			MarkdownDescription: "Why an instance could not be read, by its name, in one line each. Empty unless `tolerate_errors` is set.",
		},
	})
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the connection states of many WhatsApp instances at the same time, in one node of Terraform's graph, each time a plan is made.",
		Attributes:          attributes,
	}
}

func (d *dataSourceList) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.ProviderData, _ = req.ProviderData.(ProviderData)
}

// ValidateConfig refuses a name that is there twice. The framework's UniqueValues
// compares each pair, which is slow for a fleet.
func (d *dataSourceList) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	names := path.Root("instance_names")
	var list types.List
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, names, &list)...)
	seen := map[attr.Value]bool{}
	for i, name := range list.Elements() {
		if seen[name] && !name.IsNull() && !name.IsUnknown() {
			at := names.AtListIndex(i)
			resp.Diagnostics.AddAttributeError(at, "Duplicate instance name", at.String()+" is the same name as an earlier one. Remove it here.")
		}
		seen[name] = true
	}
}

func (d *dataSourceList) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model instances
	var names []string
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	resp.Diagnostics.Append(model.InstanceNames.ElementsAs(ctx, &names, false)...)
	required := model.parse(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	found := d.read(ctx, names, required)
	failures := slices.Clone(found.failures)
	if model.TolerateErrors.ValueBool() && required.State == "" { // an unknown state is not the required one
		failures = slices.DeleteFunc(failures, failure.isTolerable)
	}
	resp.Diagnostics.Append(d.errors(failures, "instance_names")...)
	if !resp.Diagnostics.HasError() { // a warning may point at the line with a name that contains the key
		resp.Diagnostics.Append(warnings(found.states, "instance_names")...)
		found.fill(ctx, &model)
		resp.Diagnostics.Append(resp.State.Set(ctx, objectOf(ctx, model))...)
	}
}

// fill sets what the data source computes.
func (f fleet) fill(ctx context.Context, m *instances) {
	byName, raw, errs := map[string]attr.Value{}, map[string]attr.Value{}, map[string]attr.Value{}
	notConnected := []string{} // nil would be null
	for _, state := range f.states {
		a := newAnswer(state)
		byName[state.Name], raw[state.Name] = objectOf(ctx, a.plainAnswer), a.RawJSON
		if !state.Connected() {
			notConnected = append(notConnected, state.Name)
		}
	}
	for _, failed := range f.failures {
		errs[failed.name] = types.StringValue(oneLine(failed.err))
		notConnected = append(notConnected, failed.name)
	}
	slices.Sort(notConnected)
	m.Instances = types.MapValueMust(m.Instances.ElementType(ctx), byName)
	m.RawJSON = types.MapValueMust(types.StringType, raw)
	m.AllConnected = types.BoolValue(len(notConnected) == 0)
	m.NotConnected, _ = types.ListValueFrom(ctx, types.StringType, notConnected)
	m.Errors = types.MapValueMust(types.StringType, errs)
}
