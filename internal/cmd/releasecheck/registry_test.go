// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func newTestRegistry(t *testing.T) (*registry, release) {
	t.Helper()
	published := newRelease(t)
	publisher := key{fingerprint: "0123456789ABCDEF0123456789ABCDEF01234567", armored: "the public key"}
	r := newRegistry(publisher, map[string]release{"wachat-net": published})
	t.Cleanup(r.Close)
	return r, published
}

// get returns status and body of what a path of the registry, or a URL that it
// gave, leads to.
func get(t *testing.T, r *registry, reference string) (int, string) {
	t.Helper()
	base, err := url.Parse(r.URL)
	if err != nil {
		t.Fatal(err)
	}
	target, err := base.Parse(reference)
	if err != nil {
		t.Fatal(err)
	}
	response, err := r.Client().Get(target.String())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func getJSON(t *testing.T, r *registry, path string) any {
	t.Helper()
	status, body := get(t, r, path)
	var answer any
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK {
		t.Fatalf("%s: %d %s", path, status, body)
	}
	return answer
}

func TestRegistry_answersAsTheProtocolSays(t *testing.T) {
	r, published := newTestRegistry(t)
	for path, want := range map[string]any{
		"/.well-known/terraform.json": map[string]any{"providers.v1": "/v1/providers/"},
		"/v1/providers/wachat-net/wachat/versions": map[string]any{"versions": []any{map[string]any{
			"version":   "1.2.3",
			"protocols": []any{"6.0"},
			"platforms": []any{map[string]any{"os": "linux", "arch": "amd64"}},
		}}},
		"/v1/providers/wachat-net/wachat/1.2.3/download/linux/amd64": map[string]any{
			"protocols":             []any{"6.0"},
			"os":                    "linux",
			"arch":                  "amd64",
			"filename":              "terraform-provider-wachat_1.2.3_linux_amd64.zip",
			"download_url":          "/releases/wachat-net/terraform-provider-wachat_1.2.3_linux_amd64.zip",
			"shasum":                published.shasum,
			"shasums_url":           "/releases/wachat-net/terraform-provider-wachat_1.2.3_SHA256SUMS",
			"shasums_signature_url": "/releases/wachat-net/terraform-provider-wachat_1.2.3_SHA256SUMS.sig",
			"signing_keys": map[string]any{"gpg_public_keys": []any{map[string]any{
				"key_id": "89ABCDEF01234567", "ascii_armor": "the public key",
			}}},
		},
	} {
		if got := getJSON(t, r, path); !reflect.DeepEqual(got, want) {
			t.Errorf("%s answers\n%v, want\n%v", path, got, want)
		}
	}
}

func TestRegistry_hasTheFilesThatItNames(t *testing.T) {
	r, published := newTestRegistry(t)
	answer, _ := getJSON(t, r, "/v1/providers/wachat-net/wachat/1.2.3/download/linux/amd64").(map[string]any)
	for member, file := range map[string]string{
		"download_url":          published.archive(),
		"shasums_url":           published.sums(),
		"shasums_signature_url": published.signature(),
	} {
		address, _ := answer[member].(string)
		status, body := get(t, r, address)
		if want := read(t, published.path(file)); status != http.StatusOK || body != want {
			t.Errorf("%s leads to %d %q, want %q", member, status, body, want)
		}
	}
}

func TestRegistry_hasNothingElse(t *testing.T) {
	r, _ := newTestRegistry(t)
	for what, path := range map[string]string{
		"another owner's provider": "/v1/providers/somebody/wachat/versions",
		"another provider":         "/v1/providers/wachat-net/other/versions",
		"another version":          "/v1/providers/wachat-net/wachat/1.2.4/download/linux/amd64",
		"another platform":         "/v1/providers/wachat-net/wachat/1.2.3/download/windows/amd64",
		"another file":             "/releases/wachat-net/other.zip",
		"a file of another place":  "/releases/wachat-net/..%2F..%2Fetc%2Fhostname",
		"the root":                 "/",
	} {
		if status, body := get(t, r, path); status < 400 || status >= 500 {
			t.Errorf("%s: %d %s, want an error of the client", what, status, body)
		}
	}
}

func TestRegistry_countsRequests(t *testing.T) {
	r, _ := newTestRegistry(t)
	get(t, r, "/.well-known/terraform.json")
	get(t, r, "/nothing")
	if got := r.requests.Load(); got != 2 {
		t.Errorf("%d requests counted, want 2", got)
	}
}

func TestRegistry_address(t *testing.T) {
	r, _ := newTestRegistry(t)
	host, found := strings.CutSuffix(r.address("wachat-net"), "/wachat-net/wachat")
	if !found || "https://"+host != r.URL {
		t.Errorf("the address is %s, and the server %s", r.address("wachat-net"), r.URL)
	}
}
