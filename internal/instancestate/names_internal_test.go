// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestNamesValidator_refusesEachInvalidName(t *testing.T) {
	list := func(names ...attr.Value) types.List { return types.ListValueMust(types.StringType, names) }
	text, null, unknown := types.StringValue, types.StringNull(), types.StringUnknown()
	for _, tt := range []struct {
		name  string
		value types.List
		want  []string // paths of the errors
	}{
		{"valid names", list(text("a"), text("b")), nil},
		{"an empty list", list(), []string{"names"}},
		{"a list that is not known yet", types.ListUnknown(types.StringType), nil},
		{"no list", types.ListNull(types.StringType), nil},
		{"two invalid names", list(text("a b"), text("c"), text("")), []string{"names[0]", "names[2]"}},
		{"a name twice, and once more", list(text("a"), text("a"), text("a")), []string{"names[1]", "names[2]"}},
		{"null", list(text("a"), null), []string{"names[1]"}},
		{"two nulls", list(null, null), []string{"names[0]", "names[1]"}},
		{"an invalid name after one that is not known yet", list(unknown, text("a b")), []string{"names[1]"}},
		{"names that are not known yet", list(unknown, unknown), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var resp validator.ListResponse
			namesValidator{}.ValidateList(t.Context(), validator.ListRequest{Path: path.Root("names"), ConfigValue: tt.value}, &resp)
			var got []string
			for _, d := range resp.Diagnostics {
				if at, ok := d.(diag.DiagnosticWithPath); ok {
					got = append(got, at.Path().String())
				}
			}
			if !slices.Equal(got, tt.want) || len(got) != len(resp.Diagnostics) {
				t.Errorf("got errors at %q, want %q: %v", got, tt.want, resp.Diagnostics)
			}
		})
	}
}
