// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command schema prints the provider's schemas as `terraform providers schema
// -json` does, but with all that the provider offers whatever Terraform is
// installed: a version that knows no actions prints none.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
)

// object is a JSON object.
//
// https://developer.hashicorp.com/terraform/cli/commands/providers/schema
type object map[string]any

func main() {
	server := providerserver.NewProtocol6(provider.New("dev", "none")())()
	all, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range all.Diagnostics {
		log.Fatalf("%s: %s", d.Summary, d.Detail)
	}
	actions := object{}
	for name, action := range all.ActionSchemas {
		actions[name] = schema(action.Schema)
	}
	written := object{
		"provider":                   schema(all.Provider),
		"data_source_schemas":        schemas(all.DataSourceSchemas),
		"ephemeral_resource_schemas": schemas(all.EphemeralResourceSchemas),
		"action_schemas":             actions,
	}
	err = json.NewEncoder(os.Stdout).Encode(object{"format_version": "1.0", "provider_schemas": object{"wachat": written}})
	if err != nil {
		log.Fatal(err)
	}
}

func schemas(all map[string]*tfprotov6.Schema) object {
	written := object{}
	for name, s := range all {
		written[name] = schema(s)
	}
	return written
}

// schema needs no nested blocks: the provider has none.
func schema(s *tfprotov6.Schema) object {
	return object{"version": s.Version, "block": object{
		"description":      s.Block.Description,
		"description_kind": "markdown",
		"attributes":       attributes(s.Block.Attributes),
	}}
}

func attributes(all []*tfprotov6.SchemaAttribute) object {
	written := object{}
	for _, a := range all {
		w := object{
			"description":      a.Description,
			"description_kind": "markdown",
			"required":         a.Required,
			"optional":         a.Optional,
			"computed":         a.Computed,
			"sensitive":        a.Sensitive,
		}
		if a.NestedType != nil {
			w["nested_type"] = object{
				"nesting_mode": strings.ToLower(a.NestedType.Nesting.String()),
				"attributes":   attributes(a.NestedType.Attributes),
			}
		} else {
			w["type"] = a.Type
		}
		written[a.Name] = w
	}
	return written
}
