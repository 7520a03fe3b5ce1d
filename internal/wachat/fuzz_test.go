// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"encoding/json"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"
)

// Whatever the API sends gives an error, or a state that stands as a string in
// instance.state of the input, under the name that was asked for. The standard
// library is the judge: it reads JSON by another code.
func FuzzDecode(f *testing.F) {
	for _, file := range []string{"testdata/reference-example.json", "testdata/reference-response.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(answer(named + `,"state":"close","STATE":"open"`)))
	f.Add([]byte(answer(`"internalName":"` + shop + `","state":"\u006fpen","number":6.2e11`)))
	f.Add([]byte(`{"success":true,"data":{"instance":{"state":"open"}},"instance":{` + named + `,"state":"close"}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		state, failure := decode(body, shop, newSanitizer("a-key"))
		if (state == nil) == (failure == nil) {
			t.Fatalf("got %v and %v", state, failure)
		}
		if failure != nil {
			return
		}
		var root map[string]json.RawMessage
		mustUnmarshal(t, body, &root)
		var instance map[string]any
		mustUnmarshal(t, root["instance"], &instance)
		if instance["state"] != state.State || string(root["success"]) != "true" {
			t.Errorf("state %q is not in %q", state.State, body)
		}
		if instance["apiInstanceName"] != shop && instance["internalName"] != shop {
			t.Errorf("%q is not about %s", body, shop)
		}
		_, _ = state.Number(), state.Text("profileName", "owner")
	})
}

func mustUnmarshal(t *testing.T, data []byte, to any) {
	t.Helper()
	if err := json.Unmarshal(data, to); err != nil {
		t.Fatalf("%q was taken, and is no JSON to the standard library: %v", data, err)
	}
}

// Whatever is taken for a base URL leads to the host that it names and keeps
// the key from everybody else.
func FuzzBaseURL(f *testing.F) {
	for _, s := range []string{
		"https://app.wachat.net/api/v1", "http://127.0.0.1:8080/", "http://[::1]", "https://user:pw@h", "http://localhost.example", "https://h/%2e%2e/a", "https://h?q#f",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseBaseURL(s)
		if err != nil {
			return
		}
		if u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.HasSuffix(u.Path, "/") {
			t.Errorf("%q gives %#v", s, u)
		}
		if u.Scheme != "https" {
			addr, err := netip.ParseAddr(u.Hostname())
			if u.Scheme != "http" || u.Hostname() != "localhost" && (err != nil || !addr.Unmap().IsLoopback()) {
				t.Errorf("%q would send the key to %s over %s", s, u.Host, u.Scheme)
			}
		}
		c := &Client{base: u}
		endpoint, err := url.Parse(c.url("a&b=c#d"))
		if err != nil || endpoint.Host != u.Host || endpoint.Scheme != u.Scheme || endpoint.Query().Get("instanceName") != "a&b=c#d" || len(endpoint.Query()) != 1 {
			t.Errorf("%q asks %v, %v", s, endpoint, err)
		}
		if again, err := ParseBaseURL(u.String()); err != nil || again.String() != u.String() {
			t.Errorf("%q gives %s, which gives %v, %v", s, u, again, err)
		}
	})
}
