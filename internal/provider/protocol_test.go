// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

func server(t *testing.T) tfprotov6.ProviderServer {
	t.Helper()
	server, err := acctest.Factories()["wachat"]()
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func schema(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	response, err := server(t).GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range response.Diagnostics {
		t.Errorf("%s: %s", d.Summary, d.Detail)
	}
	return response
}

// configure configures a provider whose arguments are null but for those given.
func configure(t *testing.T, capabilities *tfprotov6.ConfigureProviderClientCapabilities, arguments map[string]tftypes.Value) {
	t.Helper()
	provider := server(t)
	block, ok := schema(t).Provider.ValueType().(tftypes.Object)
	if !ok {
		t.Fatal("the provider's block is no object")
	}
	values := map[string]tftypes.Value{}
	for name, typ := range block.AttributeTypes {
		values[name] = tftypes.NewValue(typ, nil)
	}
	for name, value := range arguments {
		values[name] = value
	}
	config, err := tfprotov6.NewDynamicValue(block, tftypes.NewValue(block, values))
	if err != nil {
		t.Fatal(err)
	}
	response, err := provider.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{Config: &config, ClientCapabilities: capabilities})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range response.Diagnostics {
		t.Errorf("%s: %s", d.Summary, d.Detail)
	}
}

func TestConfigureNeverFailsForWantOfAValue(t *testing.T) {
	acctest.Environment(t)
	unknown := map[string]tftypes.Value{
		"api_key":     tftypes.NewValue(tftypes.String, tftypes.UnknownValue),
		"max_retries": tftypes.NewValue(tftypes.Number, tftypes.UnknownValue),
	}
	for _, tt := range []struct {
		name         string
		capabilities *tfprotov6.ConfigureProviderClientCapabilities
		arguments    map[string]tftypes.Value
	}{
		{"nothing is set", nil, nil},
		{"values are unknown", nil, unknown},
		{"values are unknown and Terraform can defer", &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: true}, unknown},
	} {
		t.Run(tt.name, func(t *testing.T) { configure(t, tt.capabilities, tt.arguments) })
	}
}

func TestEveryAttributeIsDescribed(t *testing.T) {
	all := schema(t)
	described(t, "provider", all.Provider.Block)
	for name, s := range all.DataSourceSchemas {
		described(t, name, s.Block)
	}
	for _, a := range all.Provider.Block.Attributes {
		if a.Sensitive != (a.Name == "api_key") || a.Required {
			t.Errorf("provider: %s is sensitive: %t, required: %t", a.Name, a.Sensitive, a.Required)
		}
	}
}

func described(t *testing.T, of string, block *tfprotov6.SchemaBlock) {
	t.Helper()
	if block.Description == "" {
		t.Errorf("%s has no description", of)
	}
	for _, a := range block.Attributes {
		describedAttribute(t, of, a)
	}
}

func describedAttribute(t *testing.T, of string, a *tfprotov6.SchemaAttribute) {
	t.Helper()
	if a.Description == "" {
		t.Errorf("%s: %s has no description", of, a.Name)
	}
	if a.NestedType != nil {
		for _, inner := range a.NestedType.Attributes {
			describedAttribute(t, of+"."+a.Name, inner)
		}
	}
}
