// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package validate

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Requires returns a validator that refuses a value unless at least one of the
// other string arguments is set. It accepts unknown values, which may become
// null, and counts other unknown values as set. The framework's AlsoRequires
// refuses an unknown value, and requires all of the others.
func Requires(arguments ...string) validator.String { return requires(arguments) }

type requires []string

func (r requires) Description(context.Context) string {
	return "requires " + strings.Join(r, " or ")
}

func (r requires) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

// ValidateString implements [validator.String].
func (r requires) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	for _, argument := range r {
		var value types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(argument), &value)...)
		if !value.IsNull() {
			return
		}
	}
	others := strings.Join(r, " or ")
	resp.Diagnostics.AddAttributeError(req.Path, "Missing "+others,
		fmt.Sprintf("%s has no effect without %s.\n\nSet %s, or remove %s.", req.Path, others, others, req.Path))
}
