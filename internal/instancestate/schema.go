// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	action "github.com/hashicorp/terraform-plugin-framework/action/schema"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeral "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// attributes writes tables of attributes in the schema types of one face.
func attributes[A any](write func(attribute) A, tables ...[]attribute) map[string]A {
	written := map[string]A{}
	for _, table := range tables {
		for _, a := range table {
			written[a.name] = write(a)
		}
	}
	return written
}

func dataSourceAttribute(a attribute) datasource.Attribute {
	if a.typ == types.BoolType {
		return datasource.BoolAttribute{
			MarkdownDescription: a.description, Sensitive: a.sensitive,
			Required: a.use == required, Optional: a.use == optional, Computed: a.use == computed,
		}
	}
	return datasource.StringAttribute{
		MarkdownDescription: a.description, Sensitive: a.sensitive, Validators: a.validators,
		Required: a.use == required, Optional: a.use == optional, Computed: a.use == computed,
	}
}

func ephemeralAttribute(a attribute) ephemeral.Attribute {
	if a.typ == types.BoolType {
		return ephemeral.BoolAttribute{
			MarkdownDescription: a.description, Sensitive: a.sensitive,
			Required: a.use == required, Optional: a.use == optional, Computed: a.use == computed,
		}
	}
	return ephemeral.StringAttribute{
		MarkdownDescription: a.description, Sensitive: a.sensitive, Validators: a.validators,
		Required: a.use == required, Optional: a.use == optional, Computed: a.use == computed,
	}
}

// actionAttribute knows no computed attributes: an action gives no values.
func actionAttribute(a attribute) action.Attribute {
	return action.StringAttribute{
		MarkdownDescription: a.description, Validators: a.validators,
		Required: a.use == required, Optional: a.use == optional,
	}
}
