// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Schema prints the provider's schemas as `terraform providers schema -json`
// does, but with all that the provider offers whatever Terraform is installed:
// a version that knows no actions prints none.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	tfjson "github.com/hashicorp/terraform-json"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
)

func main() {
	schemas, err := providerSchemas(context.Background())
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(schemas)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "schema:", err)
		os.Exit(1)
	}
}

func providerSchemas(ctx context.Context) (*tfjson.ProviderSchemas, error) {
	server := providerserver.NewProtocol6(provider.New("dev", "none")())()
	all, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	for _, d := range all.Diagnostics {
		return nil, fmt.Errorf("%s: %s", d.Summary, d.Detail)
	}
	written := &tfjson.ProviderSchema{
		ConfigSchema:             schema(all.Provider),
		DataSourceSchemas:        map[string]*tfjson.Schema{},
		EphemeralResourceSchemas: map[string]*tfjson.Schema{},
		ActionSchemas:            map[string]*tfjson.ActionSchema{},
	}
	for name, s := range all.DataSourceSchemas {
		written.DataSourceSchemas[name] = schema(s)
	}
	for name, s := range all.EphemeralResourceSchemas {
		written.EphemeralResourceSchemas[name] = schema(s)
	}
	for name, s := range all.ActionSchemas {
		written.ActionSchemas[name] = &tfjson.ActionSchema{Block: schema(s.Schema).Block}
	}
	return &tfjson.ProviderSchemas{FormatVersion: "1.0", Schemas: map[string]*tfjson.ProviderSchema{"wachat": written}}, nil
}

// schema needs no blocks: the provider has none.
func schema(s *tfprotov6.Schema) *tfjson.Schema {
	return &tfjson.Schema{Block: &tfjson.SchemaBlock{
		Description:     s.Block.Description,
		DescriptionKind: tfjson.SchemaDescriptionKindMarkdown,
		Attributes:      attributes(s.Block.Attributes),
	}}
}

func attributes(all []*tfprotov6.SchemaAttribute) map[string]*tfjson.SchemaAttribute {
	written := map[string]*tfjson.SchemaAttribute{}
	for _, a := range all {
		w := &tfjson.SchemaAttribute{
			Description:     a.Description,
			DescriptionKind: tfjson.SchemaDescriptionKindMarkdown,
			Required:        a.Required,
			Optional:        a.Optional,
			Computed:        a.Computed,
			Sensitive:       a.Sensitive,
		}
		if a.NestedType != nil {
			w.AttributeNestedType = &tfjson.SchemaNestedAttributeType{
				NestingMode: nestingModes[a.NestedType.Nesting],
				Attributes:  attributes(a.NestedType.Attributes),
			}
		} else {
			typ(a.Type, w)
		}
		written[a.Name] = w
	}
	return written
}

var nestingModes = map[tfprotov6.SchemaObjectNestingMode]tfjson.SchemaNestingMode{
	tfprotov6.SchemaObjectNestingModeSingle: tfjson.SchemaNestingModeSingle,
	tfprotov6.SchemaObjectNestingModeList:   tfjson.SchemaNestingModeList,
	tfprotov6.SchemaObjectNestingModeSet:    tfjson.SchemaNestingModeSet,
	tfprotov6.SchemaObjectNestingModeMap:    tfjson.SchemaNestingModeMap,
}

// typ goes by way of JSON, which both libraries write types in.
func typ(from tftypes.Type, to *tfjson.SchemaAttribute) {
	text, err := json.Marshal(from)
	if err == nil {
		to.AttributeType, err = ctyjson.UnmarshalType(text)
	}
	if err != nil {
		panic(err) // a type of the protocol that the protocol's JSON lacks
	}
}
