// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package validate_test

import (
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"go.uber.org/goleak"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// said is the error of a validator for a value; "" if it accepts it.
func said(t *testing.T, v validator.String, value types.String) string {
	t.Helper()
	var response validator.StringResponse
	v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("wait"), ConfigValue: value}, &response)
	switch response.Diagnostics.ErrorsCount() {
	case 0:
		return ""
	case 1:
		if got := response.Diagnostics[0].Summary(); got != "Invalid value for wait" {
			t.Errorf("the summary is %q", got)
		}
		return response.Diagnostics[0].Detail()
	}
	t.Fatalf("got %v", response.Diagnostics)
	return ""
}

func TestText_rules(t *testing.T) {
	even := validate.Text("must have an even length", func(s string) error {
		if len(s)%2 != 0 {
			return errors.New("its length is odd")
		}
		return nil
	})
	above, atLeast := validate.Duration(time.Nanosecond, "15s"), validate.Duration(time.Second, "5s")
	for _, tt := range []struct {
		name      string
		validator validator.String
		value     types.String
		want      string
	}{
		{"what passes its check passes", even, types.StringValue("ab"), ""},
		{"what does not is refused with the rule", even, types.StringValue("a"), "The value of wait is invalid: its length is odd.\n\nIt must have an even length."},
		{"null passes", even, types.StringNull(), ""},
		{"unknown passes", even, types.StringUnknown(), ""},
		{"null passes a check that refuses an empty text", above, types.StringNull(), ""},
		{"unknown passes such a check", above, types.StringUnknown(), ""},
		{"a duration above the bound passes", above, types.StringValue("1ns"), ""},
		{"a duration at the bound is not above it", above, types.StringValue("0s"), "The value of wait is invalid: 0s is too short.\n\nIt must be a duration with a unit, above 0s, such as \"15s\"."},
		{"a duration at the bound is at least it", atLeast, types.StringValue("1s"), ""},
		{"a duration below the bound is refused", atLeast, types.StringValue("999ms"), "The value of wait is invalid: 999ms is too short.\n\nIt must be a duration with a unit, of at least 1s, such as \"5s\"."},
		{"a number has no unit", atLeast, types.StringValue("5"), "The value of wait is invalid: it is not a duration.\n\nIt must be a duration with a unit, of at least 1s, such as \"5s\"."},
		{"a word is not a duration", atLeast, types.StringValue("soon"), "The value of wait is invalid: it is not a duration.\n\nIt must be a duration with a unit, of at least 1s, such as \"5s\"."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := said(t, tt.validator, tt.value); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if text := tt.validator.Description(t.Context()); text == "" || text != tt.validator.MarkdownDescription(t.Context()) {
				t.Errorf("it is described as %q", text)
			}
		})
	}
}
