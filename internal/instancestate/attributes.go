// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"maps"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// An attribute of an answer is a field of [answer], its value in [newAnswer] and its
// schema in [answerAttributes]. Members of the API's answer are named here and in
// the client's decoder only.

// answer is the part of a model that comes from Wachat's answer.
type answer struct {
	plainAnswer
	RawJSON types.String `tfsdk:"raw_json"`
}

// plainAnswer is the part of an answer that is not sensitive.
type plainAnswer struct {
	State             types.String `tfsdk:"state"`
	Connected         types.Bool   `tfsdk:"connected"`
	DisplayName       types.String `tfsdk:"display_name"`
	APIInstanceName   types.String `tfsdk:"api_instance_name"`
	InternalName      types.String `tfsdk:"internal_name"`
	ProfileName       types.String `tfsdk:"profile_name"`
	ProfilePictureURL types.String `tfsdk:"profile_picture_url"`
	Number            types.String `tfsdk:"number"`
	Owner             types.String `tfsdk:"owner"`
	Integration       types.String `tfsdk:"integration"`
}

func newAnswer(s *wachat.InstanceState) answer {
	return answer{RawJSON: textOrNull(s.Raw), plainAnswer: plainAnswer{
		State:             types.StringValue(s.State),
		Connected:         types.BoolValue(s.Connected()),
		DisplayName:       textOrNull(s.Text("instanceName")),
		APIInstanceName:   textOrNull(s.Text("apiInstanceName")),
		InternalName:      textOrNull(s.Text("internalName")),
		ProfileName:       textOrNull(s.Text("profileName")),
		ProfilePictureURL: textOrNull(s.Text("profilePictureUrl", "profilePicUrl")),
		Number:            textOrNull(s.Number()),
		Owner:             textOrNull(s.Text("owner")),
		Integration:       textOrNull(s.Text("integration")),
	}}
}

func answerAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"state":               computed("The connection state as the API reports it: `open` when connected, otherwise for example `connecting` or `close`."),
		"connected":           schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the instance is connected: `true` if `state` is `open`, `false` for every other state."},
		"display_name":        computed("The name that the Wachat dashboard shows. It is not unique and cannot be used as `instance_name`."),
		"api_instance_name":   computed("The unique API name, as the API returns it."),
		"internal_name":       computed("The name of the instance inside Wachat; usually the same as `api_instance_name`."),
		"profile_name":        computed("The name of the WhatsApp profile. Null when Wachat reports none, as it usually does of an instance that is not connected."),
		"profile_picture_url": computed("The URL of the WhatsApp profile picture. Null when Wachat reports none, as it usually does of an instance that is not connected."),
		"number":              computed("The connected WhatsApp number in digits, such as `628123456789`. Null when Wachat reports none, as it usually does of an instance that is not connected. A number does not prove a connection: gate on `connected`."),
		"owner":               computed("The WhatsApp JID of the connected account, such as `628123456789@s.whatsapp.net`; it may include a device, as in `628123456789:7@s.whatsapp.net`. Null when Wachat reports none, as it usually does of an instance that is not connected."),
		"integration":         computed("The engine behind the instance, such as `WHATSAPP-BAILEYS`."),
		"raw_json":            schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: rawJSONDescription},
	}
}

const rawJSONDescription = "The API's whole answer, for `jsondecode`. Sensitive because it contains the number and the profile."

func computed(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

// textOrNull turns "" into null, so that a configuration has one case to check:
// missing, null and "" mean the same in an answer.
func textOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// objectOf returns a model as an object. The framework's own conversion compiles a
// regular expression for each field and converts each value several times, which is
// slow for a fleet.
func objectOf(ctx context.Context, model any) types.Object {
	values := fieldsOf(reflect.ValueOf(model))
	attributeTypes := map[string]attr.Type{}
	for name, value := range values {
		attributeTypes[name] = value.Type(ctx)
	}
	return types.ObjectValueMust(attributeTypes, values)
}

// fieldsOf are the fields of a model, by their tags.
func fieldsOf(model reflect.Value) map[string]attr.Value {
	values := map[string]attr.Value{}
	for field, value := range model.Fields() {
		if field.Anonymous {
			maps.Copy(values, fieldsOf(value))
		} else {
			values[field.Tag.Get("tfsdk")], _ = reflect.TypeAssert[attr.Value](value)
		}
	}
	return values
}
