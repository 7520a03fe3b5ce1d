// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package validate has the validators that the framework's module of validators
// lacks.
package validate

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Text returns a validator that refuses a known string for which check returns
// an error. The error reads as the end of "The value of x is invalid:" and must
// not repeat a secret. The description says what the value must be, in the words that follow "It".
func Text(description string, check func(string) error) validator.String {
	return text{rule(description), check}
}

type text struct {
	rule
	check func(string) error
}

// rule is what a validator says about itself.
type rule string

func (r rule) Description(context.Context) string         { return string(r) }
func (r rule) MarkdownDescription(context.Context) string { return string(r) }

// ValidateString accepts null and unknown values: Terraform checks a required
// value itself, and validates an unknown one when it is known.
func (v text) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid value for "+req.Path.String(),
			fmt.Sprintf("The value of %s is invalid: %s.\n\nIt %s.", req.Path, err, v.rule))
	}
}

// Duration returns a validator that refuses a string that is not a Go duration of at
// least shortest; 1ns reads as "above 0s". The example is a value that fits the
// argument.
func Duration(shortest time.Duration, example string) validator.String {
	bound := fmt.Sprintf("of at least %s", shortest)
	if shortest == time.Nanosecond {
		bound = "above 0s"
	}
	return Text(fmt.Sprintf("must be a duration with a unit, %s, such as %q", bound, example), func(s string) error {
		d, err := time.ParseDuration(s)
		switch {
		case err != nil:
			return errors.New("it is not a duration") // which may be a key in the wrong argument
		case d < shortest:
			return fmt.Errorf("%s is too short", d)
		}
		return nil
	})
}

// Requires returns a validator that refuses a value unless at least one of the
// other string arguments is set. It accepts unknown values, which may become null,
// and counts other unknown values as set. The framework's AlsoRequires requires all
// of the others.
func Requires(arguments ...string) validator.String {
	return requires{rule("requires " + strings.Join(arguments, " or ")), arguments}
}

type requires struct {
	rule
	arguments []string
}

// ValidateString implements [validator.String].
func (r requires) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	for _, argument := range r.arguments {
		var value types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(argument), &value)...)
		if !value.IsNull() {
			return
		}
	}
	others := strings.Join(r.arguments, " or ")
	resp.Diagnostics.AddAttributeError(req.Path, "Missing "+others,
		fmt.Sprintf("%s has no effect without %s.\n\nSet %s, or remove %s.", req.Path, others, others, req.Path))
}
