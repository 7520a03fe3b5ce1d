// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"testing"

	"go.uber.org/goleak"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const storeName = "t1_mq9r2jov_jakarta_store"

// protocols are the ways to reach the server that a test has to hold for.
var protocols = map[string][]wachattest.Option{
	"HTTP/1.1":               nil,
	"HTTP/1.1 over TLS":      {wachattest.WithTLSHTTP1()},
	"HTTP/2":                 {wachattest.WithTLS()},
	"HTTP/1.1 in memory":     {wachattest.InMemory()},
	"HTTP/2 in memory (TLS)": {wachattest.InMemory(), wachattest.WithTLS()},
}

func forEachProtocol(t *testing.T, test func(t *testing.T, server *wachattest.Server, client *http.Client)) {
	for name, options := range protocols {
		t.Run(name, func(t *testing.T) {
			server := newServer(t, options...)
			test(t, server, newClient(t, server))
		})
	}
}

func newServer(t *testing.T, options ...wachattest.Option) *wachattest.Server {
	t.Helper()
	server := wachattest.New(options...)
	t.Cleanup(server.Close)
	return server
}

func newClient(t *testing.T, server *wachattest.Server) *http.Client {
	t.Helper()
	transport := &http.Transport{
		DialContext:       server.DialContext,
		TLSClientConfig:   trusting(server),
		ForceAttemptHTTP2: true,
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func trusting(server *wachattest.Server) *tls.Config {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(server.CACertPEM()))
	return &tls.Config{RootCAs: roots}
}

func newRequest(ctx context.Context, server *wachattest.Server, name string) *http.Request {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet,
		server.BaseURL()+"/instance/state?instanceName="+url.QueryEscape(name), nil)
	if err != nil {
		panic(err)
	}
	request.Header.Set("Authorization", "Bearer "+server.Key())
	return request
}

// answer is a response whose body was read, or the error that came instead.
type answer struct {
	*http.Response
	body string
	err  error
}

func do(client *http.Client, request *http.Request) answer {
	response, err := client.Do(request)
	if err != nil {
		return answer{err: err}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{response, string(body), err}
}

func get(t *testing.T, client *http.Client, server *wachattest.Server, name string) answer {
	t.Helper()
	return do(client, newRequest(t.Context(), server, name))
}

func getStatus(t *testing.T, client *http.Client, server *wachattest.Server, name string) int {
	t.Helper()
	got := get(t, client, server, name)
	if got.err != nil {
		t.Fatalf("GET state of %s: %v", name, got.err)
	}
	return got.StatusCode
}
