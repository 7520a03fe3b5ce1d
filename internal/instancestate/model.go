// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// fromAPI gives the attributes of [answers] their values, by name.
func fromAPI(in *wachat.InstanceState) map[string]attr.Value {
	return map[string]attr.Value{
		"state":               types.StringValue(in.State),
		"connected":           types.BoolValue(in.Connected()),
		"display_name":        textOrNull(in.Text("instanceName")),
		"api_instance_name":   textOrNull(in.Text("apiInstanceName")),
		"internal_name":       textOrNull(in.Text("internalName")),
		"profile_name":        textOrNull(in.Text("profileName")),
		"profile_picture_url": textOrNull(in.Text("profilePictureUrl", "profilePicUrl")),
		"number":              textOrNull(in.Number()),
		"owner":               textOrNull(in.Text("owner")),
		"integration":         textOrNull(in.Text("integration")),
		"raw_json":            types.StringValue(in.Raw),
	}
}

// textOrNull makes null of what the API leaves out, so that a configuration has
// one thing to ask for: missing, null and "" mean the same.
func textOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}
