// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// dataSourceAttributes writes tables of attributes as a data source's schema.
func dataSourceAttributes(tables ...[]attribute) map[string]datasource.Attribute {
	attributes := map[string]datasource.Attribute{}
	for _, table := range tables {
		for _, a := range table {
			attributes[a.name] = a.dataSource()
		}
	}
	return attributes
}

func (a attribute) dataSource() datasource.Attribute {
	if a.typ == types.BoolType {
		return datasource.BoolAttribute{
			MarkdownDescription: a.description, Sensitive: a.sensitive,
			Required: a.use == required, Optional: a.use == optional, Computed: a.use == computed,
		}
	}
	return datasource.StringAttribute{
		MarkdownDescription: a.description, Sensitive: a.sensitive,
		Required: a.use == required, Optional: a.use == optional, Computed: a.use == computed,
		Validators: a.validators,
	}
}
