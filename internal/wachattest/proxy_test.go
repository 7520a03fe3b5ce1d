// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestProxy_reachesServerUnderAnotherName(t *testing.T) {
	tests := map[string]struct {
		options  []wachattest.Option
		scheme   string
		auth     bool
		connects int
	}{
		"a tunnel":               {[]wachattest.Option{forWachat}, "https", false, 1},
		"a tunnel with password": {[]wachattest.Option{forWachat}, "https", true, 1},
		"plain":                  {nil, "http", false, 0},
		"plain, with a password": {nil, "http", true, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := newServer(t, test.options...)
			server.Create(storeName)
			proxy := newProxy(t, server)
			if test.auth {
				proxy.RequireAuth("user", "p@ss word")
			}

			got := do(throughProxy(t, server, proxy.URL()), toWachat(t, server, test.scheme))
			if got.err != nil {
				t.Fatal(got.err)
			}
			if want := requestExample(t); got.StatusCode != http.StatusOK || got.body != want {
				t.Errorf("got %d %s, want 200 %s", got.StatusCode, got.body, want)
			}
			if proxy.Requests() != 1 || proxy.Connects() != test.connects {
				t.Errorf("%d requests, %d tunnels, want 1 and %d", proxy.Requests(), proxy.Connects(), test.connects)
			}
		})
	}
}

func TestProxy_refusesWrongPassword(t *testing.T) {
	server := newServer(t)
	proxy := newProxy(t, server)
	withoutPassword := proxy.URL()
	proxy.RequireAuth("user", "password")

	got := do(throughProxy(t, server, withoutPassword), toWachat(t, server, "http"))
	if got.err != nil || got.StatusCode != http.StatusProxyAuthRequired {
		t.Errorf("got %v, want 407", got)
	}
	if got := proxy.Requests() + server.Requests(); got != 0 {
		t.Errorf("%d requests came through, want none", got)
	}
}

func TestProxy_cannotConnect(t *testing.T) {
	server := newServer(t)
	proxy := newProxy(t, server)
	server.Refuse()
	got := do(throughProxy(t, server, proxy.URL()), toWachat(t, server, "http"))
	if got.err != nil || got.StatusCode != http.StatusBadGateway {
		t.Errorf("got %v, want 502", got)
	}
}

var forWachat = wachattest.WithCertificate(wachattest.CertificateForHost("wachat.test"))

func newProxy(t *testing.T, server *wachattest.Server) *wachattest.Proxy {
	t.Helper()
	proxy := wachattest.NewProxy()
	t.Cleanup(proxy.Close)
	proxy.MapTo(server.Addr())
	return proxy
}

func throughProxy(t *testing.T, server *wachattest.Server, proxy string) *http.Client {
	t.Helper()
	address, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(address), TLSClientConfig: trusting(server)}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func toWachat(t *testing.T, server *wachattest.Server, scheme string) *http.Request {
	t.Helper()
	request := newRequest(t.Context(), server, storeName)
	request.URL.Scheme, request.URL.Host = scheme, "wachat.test"
	return request
}
