// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync/atomic"
)

// providersPath is where the registry's providers are.
const providersPath = "/v1/providers/"

// registry speaks the provider registry protocol over TLS, on loopback. Each
// namespace has one release of the provider.
//
// https://developer.hashicorp.com/terraform/internals/provider-registry-protocol
type registry struct {
	*httptest.Server
	publisher key
	releases  map[string]release
	requests  atomic.Int64
}

// newRegistry starts a registry that vouches for the publisher's key.
func newRegistry(publisher key, releases map[string]release) *registry {
	r := &registry{publisher: publisher, releases: releases}
	r.Server = httptest.NewTLSServer(r.handler())
	return r
}

// address is the source address of a namespace's provider.
func (r *registry) address(namespace string) string {
	return strings.TrimPrefix(r.URL, "https://") + "/" + namespace + "/wachat"
}

func (r *registry) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/terraform.json", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]string{"providers.v1": providersPath})
	})
	mux.HandleFunc("GET "+providersPath+"{namespace}/wachat/versions", r.of(versions))
	mux.HandleFunc("GET "+providersPath+"{namespace}/wachat/{version}/download/{os}/{arch}", r.of(r.download))
	mux.HandleFunc("GET /releases/{namespace}/{file}", r.of(file))
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		r.requests.Add(1)
		mux.ServeHTTP(w, request)
	})
}

// of finds the release of the requested namespace.
func (r *registry) of(handle func(http.ResponseWriter, *http.Request, release)) http.HandlerFunc {
	return func(w http.ResponseWriter, request *http.Request) {
		release, found := r.releases[request.PathValue("namespace")]
		if !found {
			http.NotFound(w, request)
			return
		}
		handle(w, request, release)
	}
}

type platform struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
}

func versions(w http.ResponseWriter, _ *http.Request, release release) {
	goos, goarch, _ := strings.Cut(release.platform, "_")
	answer(w, map[string]any{"versions": []any{map[string]any{
		"version":   release.version,
		"protocols": release.protocol,
		"platforms": []platform{{OS: goos, Arch: goarch}},
	}}})
}

func (r *registry) download(w http.ResponseWriter, request *http.Request, release release) {
	goos, goarch := request.PathValue("os"), request.PathValue("arch")
	if request.PathValue("version") != release.version || goos+"_"+goarch != release.platform {
		http.NotFound(w, request)
		return
	}
	files := path.Join("/releases", request.PathValue("namespace"))
	answer(w, map[string]any{
		"protocols":             release.protocol,
		"os":                    goos,
		"arch":                  goarch,
		"filename":              release.archive(),
		"download_url":          path.Join(files, release.archive()),
		"shasum":                release.shasum,
		"shasums_url":           path.Join(files, release.sums()),
		"shasums_signature_url": path.Join(files, release.signature()),
		"signing_keys": map[string]any{"gpg_public_keys": []any{map[string]string{
			"key_id":      r.publisher.id(),
			"ascii_armor": r.publisher.armored,
		}}},
	})
}

func file(w http.ResponseWriter, request *http.Request, release release) {
	http.ServeFile(w, request, release.path(path.Base(request.PathValue("file"))))
}

// answer writes nothing that encoding/json cannot encode, to a client that is
// not waited for.
func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}
