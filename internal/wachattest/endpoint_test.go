// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestEndpoint_refuses(t *testing.T) {
	const (
		state       = "/instance/state"
		storeQuery  = "?instanceName=" + storeName
		right       = "Bearer " + wachattest.DefaultKey
		invalidKey  = `{"success":false,"message":"Invalid API key"}`
		notFound    = `{"success":false,"message":"Not found"}`
		noInstance  = `{"success":false,"message":"Instance not found"}`
		nameMissing = `{"success":false,"message":"instanceName is required"}`
		badMethod   = `{"success":false,"message":"Method not allowed"}`
	)
	tests := map[string]struct {
		method, target, authorization string
		code                          int
		body                          string
	}{
		"a request without a key":          {"GET", state + storeQuery, "", 401, invalidKey},
		"another key":                      {"GET", state + storeQuery, "Bearer wk_other", 401, invalidKey},
		"the key without Bearer":           {"GET", state + storeQuery, wachattest.DefaultKey, 401, invalidKey},
		"the key after bearer":             {"GET", state + storeQuery, "bearer " + wachattest.DefaultKey, 401, invalidKey},
		"an unknown instance":              {"GET", state + "?instanceName=t1_nobody", right, 404, noInstance},
		"the display name":                 {"GET", state + "?instanceName=jakarta_store", right, 404, noInstance},
		"a request without a name":         {"GET", state, right, 400, nameMissing},
		"an empty name":                    {"GET", state + "?instanceName=", right, 400, nameMissing},
		"another method":                   {"POST", state + storeQuery, right, 405, badMethod},
		"another path":                     {"GET", "/instance/list", right, 404, notFound},
		"the path with a slash at the end": {"GET", state + "/" + storeQuery, right, 404, notFound},
		"the path with two slashes in it":  {"GET", "/" + state + storeQuery, right, 404, notFound},
	}
	server := newServer(t)
	server.Create(storeName)
	client := newClient(t, server)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), test.method, server.BaseURL()+test.target, nil)
			if err != nil {
				t.Fatal(err)
			}
			if test.authorization != "" {
				request.Header.Set("Authorization", test.authorization)
			}
			got := do(client, request)
			if got.err != nil {
				t.Fatal(got.err)
			}
			if got.StatusCode != test.code || got.body != test.body {
				t.Errorf("got %d %s, want %d %s", got.StatusCode, got.body, test.code, test.body)
			}
		})
	}
}

func TestSetKey_replacesOldKey(t *testing.T) {
	server := newServer(t, wachattest.WithKey("wk_first"))
	server.Create(storeName)
	client := newClient(t, server)
	old := newRequest(t.Context(), server, storeName)

	server.SetKey("wk_second")

	if got := do(client, old); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("old key: %d, want 401", got.StatusCode)
	}
	if got := getStatus(t, client, server, storeName); got != 200 {
		t.Errorf("new key: %d, want 200", got)
	}
}

func TestRequestHook_seesEachRequest(t *testing.T) {
	var seen []string
	server := newServer(t, wachattest.WithRequestHook(func(r *http.Request) {
		seen = append(seen, r.Header.Get("User-Agent"))
	}))
	request := newRequest(t.Context(), server, storeName)
	request.Header.Set("User-Agent", "test/1")
	if got := do(newClient(t, server), request); got.err != nil {
		t.Fatal(got.err)
	}
	server.Close()

	if got := strings.Join(seen, " "); got != "test/1" {
		t.Errorf("hook saw %q, want test/1", got)
	}
}
