// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// fleetProvider offers the fleet over a client of the benchmark's.
type fleetProvider struct{ actionProvider }

func (p fleetProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{NewDataSourceList}
}

func (p fleetProvider) Configure(_ context.Context, _ provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	resp.DataSourceData = ProviderData{client: p.client}
}

// BenchmarkFleetDataSource is a fleet's validation and read over the protocol,
// on loopback: what a fleet costs the provider, apart from waiting.
func BenchmarkFleetDataSource(b *testing.B) {
	for _, n := range []int{1, 1000, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			api := wachattest.New(wachattest.WithTLS())
			defer api.Close()
			names := make([]tftypes.Value, n)
			for i := range names {
				name := fmt.Sprintf("t1_%05d", i)
				api.Create(name)
				names[i] = tftypes.NewValue(tftypes.String, name)
			}
			server, config := fleetServer(b, api, names)
			b.ReportAllocs()
			for b.Loop() {
				readFleet(b, server, config)
			}
		})
	}
}

func fleetServer(b *testing.B, api *wachattest.Server, names []tftypes.Value) (tfprotov6.ProviderServer, *tfprotov6.DynamicValue) {
	b.Helper()
	clientConfig := wachat.DefaultConfig()
	clientConfig.BaseURL, clientConfig.Key, clientConfig.CACertPEM = api.BaseURL(), api.Key(), api.CACertPEM()
	client, err := wachat.New(clientConfig)
	if err != nil {
		b.Fatal(err)
	}
	server := providerserver.NewProtocol6(fleetProvider{actionProvider{client}})()
	schemas, err := server.GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		b.Fatal(err)
	}
	empty, err := tfprotov6.NewDynamicValue(tftypes.Object{}, tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{}))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := server.ConfigureProvider(b.Context(), &tfprotov6.ConfigureProviderRequest{Config: &empty}); err != nil {
		b.Fatal(err)
	}
	object := schemas.DataSourceSchemas["wachat_instance_states"].ValueType().(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, typ := range object.AttributeTypes {
		values[name] = tftypes.NewValue(typ, nil)
	}
	values["instance_names"] = tftypes.NewValue(object.AttributeTypes["instance_names"], names)
	config, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		b.Fatal(err)
	}
	return server, &config
}

func readFleet(b *testing.B, server tfprotov6.ProviderServer, config *tfprotov6.DynamicValue) {
	b.Helper()
	valid, err := server.ValidateDataResourceConfig(b.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "wachat_instance_states", Config: config})
	if err != nil || len(valid.Diagnostics) > 0 {
		b.Fatal(err, valid.Diagnostics)
	}
	read, err := server.ReadDataSource(b.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "wachat_instance_states", Config: config})
	if err != nil || len(read.Diagnostics) > 0 {
		b.Fatal(err, read.Diagnostics)
	}
}
