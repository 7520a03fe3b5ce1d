// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package validate turns plain Go checks into the framework's validators, with
// messages of one form.
package validate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Text returns a validator that refuses a known string for which check returns
// an error. The error reads as the end of "The value of x is invalid:" and must
// not repeat a secret. The rule says what the value must be, in the words that follow "It".
func Text(rule string, check func(string) error) validator.String {
	return textValidator{rule: rule, check: check}
}

type textValidator struct {
	rule  string
	check func(string) error
}

func (v textValidator) Description(context.Context) string         { return v.rule }
func (v textValidator) MarkdownDescription(context.Context) string { return v.rule }

// ValidateString accepts null and unknown values: Terraform checks a required
// value itself, and validates an unknown one when it is known.
func (v textValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.Append(Refused(req.Path, err, v.rule))
	}
}

// Refused is the error for an invalid value of the argument at p.
func Refused(p path.Path, err error, rule string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(p, "Invalid value for "+p.String(), Invalid(p.String(), err, rule))
}

// Invalid says why a value is invalid and what it must be. Source is where the
// value comes from, such as an argument's name.
func Invalid(source string, err error, rule string) string {
	return "The value of " + source + " is invalid: " + err.Error() + ".\n\nIt " + rule + "."
}
