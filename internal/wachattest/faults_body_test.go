// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestHugeBody_isJSONOfItsSize(t *testing.T) {
	const size = 3 << 20
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		server.Create(storeName).SetFault(wachattest.HugeBody(size))
		got := get(t, client, server, storeName)
		if got.err != nil {
			t.Fatal(got.err)
		}
		if len(got.body) != size || !json.Valid([]byte(got.body)) {
			t.Errorf("%d bytes, valid %t, want %d and valid", len(got.body), json.Valid([]byte(got.body)), size)
		}
		if got := server.BytesSent(); got != size {
			t.Errorf("%d bytes sent, want %d", got, size)
		}
	})
}

func TestEndlessBody_endsWhenClientLeaves(t *testing.T) {
	tests := map[string]wachattest.Fault{
		"plain":      wachattest.EndlessBody(),
		"compressed": wachattest.GzipBomb(),
	}
	const enough = 8 << 20
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		store := server.Create(storeName)
		for name, fault := range tests {
			t.Run(name, func(t *testing.T) {
				store.SetFault(fault)
				response, err := client.Do(newRequest(t.Context(), server, storeName))
				if err != nil {
					t.Fatal(err)
				}
				defer response.Body.Close()
				start := make([]byte, enough)
				if _, err := io.ReadFull(response.Body, start); err != nil {
					t.Fatal(err)
				}
				if want := `{"success":true,"x":"aaaa`; !strings.HasPrefix(string(start), want) {
					t.Errorf("begins with %q, want %q", start[:len(want)], want)
				}
			})
		}
		// Close waits for the handlers: they have to end.
		server.Close()
	})
}

func TestEndlessBody_endsOnCloseOfDeadConnection(t *testing.T) {
	for name, fault := range map[string]wachattest.Fault{
		"plain":      wachattest.EndlessBody(),
		"compressed": wachattest.GzipBomb(),
	} {
		t.Run(name, func(t *testing.T) {
			server := newServer(t)
			server.Create(storeName).SetFault(fault)
			response, err := newClient(t, server).Do(newRequest(t.Context(), server, storeName))
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			server.GoDead()
			server.Close()
			if got := server.InFlight(); got != 0 {
				t.Errorf("%d requests in flight, want 0", got)
			}
		})
	}
}

func TestGzipped_unpacksToAnswer(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		server.Create(storeName).SetFault(wachattest.Gzipped())
		got := get(t, client, server, storeName)
		if want := requestExample(t); got.body != want || !got.Uncompressed {
			t.Errorf("got %q, uncompressed %t, want %q", got.body, got.Uncompressed, want)
		}
	})
}

func TestDeepNest_isValidJSON(t *testing.T) {
	server := newServer(t)
	server.Create(storeName).SetFault(wachattest.DeepNest(5000))
	got := get(t, newClient(t, server), server, storeName)
	if !json.Valid([]byte(got.body)) || strings.Count(got.body, "[") != 5000 {
		t.Errorf("%d arrays, valid %t, want 5000 and valid", strings.Count(got.body, "["), json.Valid([]byte(got.body)))
	}
}
