// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	action "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeral "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// attribute is what all surfaces have in common about one of their attributes.
// Each schema package of the framework has its own types.
type attribute struct {
	name        string
	typ         attr.Type
	description string // Markdown
	mode        mode
	sensitive   bool
	validators  []validator.String

	// value takes a computed attribute's value from an answer.
	value func(*wachat.InstanceState) attr.Value
}

// mode is who sets the value: the provider or the configuration.
type mode int

const (
	computed mode = iota
	required
	optional
)

// attributes converts tables of attributes to the schema types of one surface.
func attributes[A any](convert func(attribute) A, tables ...[]attribute) map[string]A {
	converted := map[string]A{}
	for _, table := range tables {
		for _, a := range table {
			converted[a.name] = convert(a)
		}
	}
	return converted
}

func dataSourceAttribute(a attribute) datasource.Attribute {
	if a.typ == types.BoolType {
		return datasource.BoolAttribute{
			MarkdownDescription: a.description, Sensitive: a.sensitive,
			Required: a.mode == required, Optional: a.mode == optional, Computed: a.mode == computed,
		}
	}
	return datasource.StringAttribute{
		MarkdownDescription: a.description, Sensitive: a.sensitive, Validators: a.validators,
		Required: a.mode == required, Optional: a.mode == optional, Computed: a.mode == computed,
	}
}

func ephemeralAttribute(a attribute) ephemeral.Attribute {
	if a.typ == types.BoolType {
		return ephemeral.BoolAttribute{
			MarkdownDescription: a.description, Sensitive: a.sensitive,
			Required: a.mode == required, Optional: a.mode == optional, Computed: a.mode == computed,
		}
	}
	return ephemeral.StringAttribute{
		MarkdownDescription: a.description, Sensitive: a.sensitive, Validators: a.validators,
		Required: a.mode == required, Optional: a.mode == optional, Computed: a.mode == computed,
	}
}

// actionAttribute has no computed mode: an action returns no values.
func actionAttribute(a attribute) action.Attribute {
	return action.StringAttribute{
		MarkdownDescription: a.description, Validators: a.validators,
		Required: a.mode == required, Optional: a.mode == optional,
	}
}
