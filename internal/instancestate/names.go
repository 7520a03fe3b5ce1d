// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

const namesRule = "must be a list of at least one unique API name, without null and without duplicates"

// namesValidator checks the list of a fleet in one pass. The framework's own
// validator for unique values compares every pair.
type namesValidator struct{}

func (namesValidator) Description(context.Context) string         { return namesRule }
func (namesValidator) MarkdownDescription(context.Context) string { return namesRule }

func (namesValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	refuse := func(p path.Path, err error) {
		resp.Diagnostics.Append(validate.Refused(p, err, namesRule))
	}
	if len(req.ConfigValue.Elements()) == 0 {
		refuse(req.Path, errors.New("the list is empty"))
	}
	first := map[string]int{}
	for i, element := range req.ConfigValue.Elements() {
		name, ok := element.(types.String)
		if !ok || name.IsUnknown() {
			continue
		}
		at, twice := first[name.ValueString()]
		err := wachat.CheckName(name.ValueString())
		switch {
		case name.IsNull():
			err = errors.New("it is null")
		case twice:
			err = fmt.Errorf("%q is already at index %d", name.ValueString(), at)
		}
		if err != nil {
			refuse(req.Path.AtListIndex(i), err)
			continue
		}
		first[name.ValueString()] = i
	}
}
