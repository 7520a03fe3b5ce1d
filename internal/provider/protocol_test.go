// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"strings"
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

// object returns an object whose attributes are null except for those given.
func object(t *testing.T, block *tfprotov6.Schema, values map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	typ, ok := block.ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("the schema's type is %s, want an object", block.ValueType())
	}
	all := map[string]tftypes.Value{}
	for name, attribute := range typ.AttributeTypes {
		all[name] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(all, values)
	config, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, all))
	if err != nil {
		t.Fatal(err)
	}
	return &config
}

// configure returns a provider that is configured with the arguments.
func configure(t *testing.T, capabilities *tfprotov6.ConfigureProviderClientCapabilities, arguments map[string]tftypes.Value) tfprotov6.ProviderServer {
	t.Helper()
	provider := server(t)
	config := object(t, schema(t).Provider, arguments)
	response, err := provider.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: config, ClientCapabilities: capabilities})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range response.Diagnostics {
		t.Errorf("%s: %s", d.Summary, d.Detail)
	}
	return provider
}

func TestConfigure_noValueIsNeeded(t *testing.T) {
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

// A CLI that can defer a read gets no error, but makes the read at apply.
func TestConfigure_unknownArgumentDefersReads(t *testing.T) {
	provider := configure(t, &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: true}, map[string]tftypes.Value{
		"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue),
	})
	response, err := provider.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: "wachat_instance_state",
		Config: object(t, schema(t).DataSourceSchemas["wachat_instance_state"], map[string]tftypes.Value{
			"instance_name": tftypes.NewValue(tftypes.String, acctest.Shop),
		}),
		ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{DeferralAllowed: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(response.Diagnostics) != 0 || response.Deferred == nil || response.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown {
		t.Errorf("got %v, deferred %v", response.Diagnostics, response.Deferred)
	}
}

// Terraform validates before it reads. If it does not, a gate still does not open.
func TestRead_durationThatWasNotValidated(t *testing.T) {
	api := acctest.StartAPI(t)
	t.Setenv("WACHAT_API_KEY", api.Key())
	t.Setenv("WACHAT_BASE_URL", api.BaseURL())
	config := object(t, schema(t).DataSourceSchemas["wachat_instance_state"], map[string]tftypes.Value{
		"instance_name":  tftypes.NewValue(tftypes.String, acctest.Shop),
		"required_state": tftypes.NewValue(tftypes.String, "open"),
		"stable_for":     tftypes.NewValue(tftypes.String, ""),
	})
	response, err := configure(t, nil, nil).ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "wachat_instance_state", Config: config})
	if err != nil {
		t.Fatal(err)
	}
	if len(response.Diagnostics) != 1 || api.Requests() != 0 {
		t.Errorf("%d requests and %v, want an error instead", api.Requests(), response.Diagnostics)
	}
}

// A default in place of an unknown value might send the key to another server.
func TestConfigure_anyUnknownArgumentStopsReads(t *testing.T) {
	api := acctest.StartAPI(t)
	t.Setenv("WACHAT_API_KEY", api.Key())
	t.Setenv("WACHAT_BASE_URL", api.BaseURL())
	schemas := schema(t)
	for _, a := range schemas.Provider.Block.Attributes {
		t.Run(a.Name, func(t *testing.T) {
			provider := configure(t, nil, map[string]tftypes.Value{a.Name: tftypes.NewValue(a.Type, tftypes.UnknownValue)})
			config := object(t, schemas.DataSourceSchemas["wachat_instance_state"], map[string]tftypes.Value{
				"instance_name": tftypes.NewValue(tftypes.String, acctest.Shop),
			})
			response, err := provider.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "wachat_instance_state", Config: config})
			if err != nil {
				t.Fatal(err)
			}
			if len(response.Diagnostics) != 1 || !strings.Contains(response.Diagnostics[0].Detail, "configuration is not known yet ("+a.Name+" will be known only after apply)") {
				t.Errorf("got %v, want an error that names %s", response.Diagnostics, a.Name)
			}
		})
	}
	if n := api.Requests(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestSchema_everyAttributeIsDescribed(t *testing.T) {
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
