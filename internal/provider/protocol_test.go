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

func server(tb testing.TB) tfprotov6.ProviderServer {
	tb.Helper()
	server, err := acctest.Factories()["wachat"]()
	if err != nil {
		tb.Fatal(err)
	}
	return server
}

func schema(tb testing.TB) *tfprotov6.GetProviderSchemaResponse {
	tb.Helper()
	response, err := server(tb).GetProviderSchema(tb.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || len(response.Diagnostics) > 0 {
		tb.Fatal(err, response)
	}
	return response
}

// object returns an object whose attributes are null except for those given.
func object(tb testing.TB, block *tfprotov6.Schema, values map[string]tftypes.Value) *tfprotov6.DynamicValue {
	tb.Helper()
	typ := block.ValueType().(tftypes.Object)
	all := map[string]tftypes.Value{}
	for name, attribute := range typ.AttributeTypes {
		all[name] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(all, values)
	config, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, all))
	if err != nil {
		tb.Fatal(err)
	}
	return &config
}

// configure returns a provider that is configured with the arguments.
func configure(tb testing.TB, capabilities *tfprotov6.ConfigureProviderClientCapabilities, arguments map[string]tftypes.Value) tfprotov6.ProviderServer {
	tb.Helper()
	provider := server(tb)
	config := object(tb, schema(tb).Provider, arguments)
	response, err := provider.ConfigureProvider(tb.Context(), &tfprotov6.ConfigureProviderRequest{Config: config, ClientCapabilities: capabilities})
	if err != nil || len(response.Diagnostics) > 0 {
		tb.Fatal(err, response)
	}
	return provider
}

// readShop reads the shop, with further arguments, from a CLI that can defer reads.
func readShop(t *testing.T, provider tfprotov6.ProviderServer, arguments map[string]tftypes.Value) *tfprotov6.ReadDataSourceResponse {
	t.Helper()
	values := map[string]tftypes.Value{"instance_name": tftypes.NewValue(tftypes.String, acctest.Shop)}
	maps.Copy(values, arguments)
	response, err := provider.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: "wachat_instance_state", Config: object(t, schema(t).DataSourceSchemas["wachat_instance_state"], values),
		ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{DeferralAllowed: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	return response
}

// A CLI that can defer a read gets no error, but makes the read at apply.
func TestConfigure_unknownArgumentDefersReads(t *testing.T) {
	provider := configure(t, &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: true}, map[string]tftypes.Value{
		"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue),
	})
	response := readShop(t, provider, nil)
	if len(response.Diagnostics) != 0 || response.Deferred == nil || response.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown {
		t.Errorf("got %v, deferred %v", response.Diagnostics, response.Deferred)
	}
}

// Terraform validates before it reads. If it does not, a gate still does not open.
func TestRead_durationThatWasNotValidated(t *testing.T) {
	api := acctest.StartAPI(t)
	t.Setenv("WACHAT_API_KEY", api.Key())
	t.Setenv("WACHAT_BASE_URL", api.BaseURL())
	for _, argument := range []string{"wait_timeout", "stable_for", "poll_interval"} {
		response := readShop(t, configure(t, nil, nil), map[string]tftypes.Value{argument: tftypes.NewValue(tftypes.String, "")})
		if len(response.Diagnostics) != 1 || api.Requests() != 0 {
			t.Errorf("%s: %d requests and %v, want an error instead", argument, api.Requests(), response.Diagnostics)
		}
	}
}

// A default in place of an unknown value might send the key to another server.
func TestConfigure_anyUnknownArgumentStopsReads(t *testing.T) {
	api := acctest.StartAPI(t)
	t.Setenv("WACHAT_API_KEY", api.Key())
	t.Setenv("WACHAT_BASE_URL", api.BaseURL())
	for _, a := range schema(t).Provider.Block.Attributes {
		if a.Sensitive != (a.Name == "api_key") || a.Required || a.Description == "" {
			t.Errorf("%s is sensitive: %t, required: %t, described: %q", a.Name, a.Sensitive, a.Required, a.Description)
		}
		provider := configure(t, nil, map[string]tftypes.Value{a.Name: tftypes.NewValue(a.Type, tftypes.UnknownValue)})
		got := readShop(t, provider, nil).Diagnostics
		if len(got) != 1 || !strings.Contains(got[0].Detail, "configuration is not known yet ("+a.Name+" will be known only after apply)") {
			t.Fatalf("got %v, want an error that names %s", got, a.Name)
		}
	}
	if n := api.Requests(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
