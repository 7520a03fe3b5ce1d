// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// argument is one argument of the provider's block: what it is to Terraform, and
// what it sets in the client's configuration.
type argument struct {
	name      string
	attribute schema.Attribute
	set       func(*wachat.Config, attr.Value)

	// environment is the variable that stands in for a null value; empty if
	// there is none.
	environment string
	rule        textRule
}

// textRule is what a text must be. An invalid value that may hold a secret is
// the error of the read: Terraform prints the line that an error of the provider's
// block points at.
type textRule struct {
	rule          string // in the words that follow "It"
	check         func(string) error
	mayHoldSecret func(string) bool
}

func (r textRule) validators() []validator.String {
	return []validator.String{validate.Text(r.rule, func(s string) error {
		if r.mayHoldSecret(s) {
			return nil
		}
		return r.check(s)
	})}
}

// invalid returns what is wrong with the argument's value, in full sentences; ""
// if nothing is.
func (a argument) invalid(value attr.Value) string {
	text, source := value, a.name
	if fallback := a.fromEnvironment(); value.IsNull() && fallback != "" {
		text, source = types.StringValue(fallback), "the environment variable "+a.environment
	}
	known, ok := text.(types.String)
	if !ok || known.IsNull() || a.rule.check == nil {
		return ""
	}
	if err := a.rule.check(known.ValueString()); err != nil {
		return validate.Invalid(source, err, a.rule.rule)
	}
	return ""
}

// fromEnvironment returns the value of the argument's environment variable,
// without the white space that a shell or a secret store adds at the ends.
func (a argument) fromEnvironment() string {
	if a.environment == "" {
		return ""
	}
	return strings.TrimSpace(os.Getenv(a.environment))
}

// text, duration, integer and float return the function that sets a field to the
// value of an argument.
func text(field func(*wachat.Config) *string) func(*wachat.Config, attr.Value) {
	return setter(func(c *wachat.Config, value types.String) { *field(c) = value.ValueString() })
}

// duration leaves the default for a value that is not a duration, which the
// argument's validator reports.
func duration(field func(*wachat.Config) *time.Duration) func(*wachat.Config, attr.Value) {
	return setter(func(c *wachat.Config, value types.String) {
		if d, err := time.ParseDuration(value.ValueString()); err == nil {
			*field(c) = d
		}
	})
}

func integer(field func(*wachat.Config) *int) func(*wachat.Config, attr.Value) {
	return setter(func(c *wachat.Config, value types.Int64) { *field(c) = int(value.ValueInt64()) })
}

func float(field func(*wachat.Config) *float64) func(*wachat.Config, attr.Value) {
	return setter(func(c *wachat.Config, value types.Float64) { *field(c) = value.ValueFloat64() })
}

// setter leaves the default for null and unknown values.
func setter[V attr.Value](set func(*wachat.Config, V)) func(*wachat.Config, attr.Value) {
	return func(c *wachat.Config, value attr.Value) {
		if v, ok := value.(V); ok && !v.IsNull() && !v.IsUnknown() {
			set(c, v)
		}
	}
}
