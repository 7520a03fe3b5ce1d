// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"os"
	"strconv"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func BenchmarkDecode(b *testing.B) {
	body, err := os.ReadFile("testdata/reference-example.json")
	if err != nil {
		b.Fatal(err)
	}
	clean := newCleaner(wachattest.DefaultKey)
	b.ReportAllocs()
	for b.Loop() {
		if _, failure := decode(body, shop, clean); failure != nil {
			b.Fatal(failure)
		}
	}
}

// BenchmarkRead is one read over HTTP/2 on loopback, the server's part included.
func BenchmarkRead(b *testing.B) {
	api := wachattest.New(wachattest.WithTLS())
	defer api.Close()
	api.Create(shop)
	client := newClient(b, api)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Require(b.Context(), shop, Requirement{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFleet(b *testing.B) {
	for _, n := range []int{10, 1000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			api := wachattest.New(wachattest.WithTLS())
			defer api.Close()
			names := createFleet(api, n)
			client := newClient(b, api)
			b.ReportAllocs()
			for b.Loop() {
				for _, result := range client.RequireAll(b.Context(), names, Requirement{}) {
					if result.Err != nil {
						b.Fatal(result.Err)
					}
				}
			}
		})
	}
}
