// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package validate_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
)

func TestRequires_otherArguments(t *testing.T) {
	attribute := schema.StringAttribute{Optional: true}
	block := schema.Schema{Attributes: map[string]schema.Attribute{"wait": attribute, "hold": attribute}}
	requires := validate.Requires("wait", "hold")
	const want = "interval has no effect without wait or hold.\n\nSet wait or hold, or remove interval."
	for _, tt := range []struct {
		name       string
		value      types.String
		wait, hold any
		want       string
	}{
		{"none of them is set", types.StringValue("5s"), nil, nil, want},
		{"the first is set", types.StringValue("5s"), "1m", nil, ""},
		{"the second is set", types.StringValue("5s"), nil, "1m", ""},
		{"one of them is unknown", types.StringValue("5s"), nil, tftypes.UnknownValue, ""},
		{"the value is null", types.StringNull(), nil, nil, ""},
		{"the value is unknown", types.StringUnknown(), nil, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			config := tfsdk.Config{Schema: block, Raw: tftypes.NewValue(block.Type().TerraformType(t.Context()), map[string]tftypes.Value{
				"wait": tftypes.NewValue(tftypes.String, tt.wait), "hold": tftypes.NewValue(tftypes.String, tt.hold),
			})}
			var response validator.StringResponse
			requires.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("interval"), ConfigValue: tt.value, Config: config}, &response)
			switch errors := response.Diagnostics; {
			case tt.want == "" && errors.HasError():
				t.Errorf("got %v", errors)
			case tt.want != "" && (len(errors) != 1 || errors[0].Detail() != tt.want):
				t.Errorf("got %v, want %q", errors, tt.want)
			}
		})
	}
	if got := requires.Description(t.Context()); got != "requires wait or hold" || got != requires.MarkdownDescription(t.Context()) {
		t.Errorf("it is described as %q", got)
	}
}
