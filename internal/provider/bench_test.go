// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

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
			provider := configure(b, nil, map[string]tftypes.Value{
				"api_key": tftypes.NewValue(tftypes.String, api.Key()), "base_url": tftypes.NewValue(tftypes.String, api.BaseURL()),
				"ca_cert_pem": tftypes.NewValue(tftypes.String, api.CACertPEM()),
			})
			const fleet = "wachat_instance_states"
			config := object(b, schema(b).DataSourceSchemas[fleet], map[string]tftypes.Value{
				"instance_names": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, names),
			})
			b.ReportAllocs()
			for b.Loop() {
				valid, err := provider.ValidateDataResourceConfig(b.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: fleet, Config: config})
				if err != nil || len(valid.Diagnostics) > 0 {
					b.Fatal(err, valid.Diagnostics)
				}
				read, err := provider.ReadDataSource(b.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: fleet, Config: config})
				if err != nil || len(read.Diagnostics) > 0 {
					b.Fatal(err, read.Diagnostics)
				}
			}
		})
	}
}
