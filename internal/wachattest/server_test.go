// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestServer_protocols(t *testing.T) {
	tests := map[string]struct {
		options []wachattest.Option
		major   int
		tls     bool
	}{
		"plain HTTP/1.1":    {nil, 1, false},
		"HTTP/2 over TLS":   {[]wachattest.Option{wachattest.WithTLS()}, 2, true},
		"HTTP/1.1 over TLS": {[]wachattest.Option{wachattest.WithTLSHTTP1()}, 1, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := newServer(t, test.options...)
			server.Create(storeName)
			got := get(t, newClient(t, server), server, storeName)
			if got.err != nil {
				t.Fatal(got.err)
			}
			if got.ProtoMajor != test.major || (got.TLS != nil) != test.tls {
				t.Errorf("got %s, TLS %t, want HTTP/%d, TLS %t", got.Proto, got.TLS != nil, test.major, test.tls)
			}
		})
	}
}

func TestServer_counts(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		server.Create(storeName)
		server.Create("other")
		for _, name := range []string{storeName, "other", storeName, "nobody"} {
			getStatus(t, client, server, name)
		}

		counts := [...]int{
			server.Requests(), server.RequestsOf(storeName), server.RequestsOf("nobody"),
			len(server.RequestTimes(storeName)), server.MaxInFlight(), server.InFlight(),
			server.Connections(), server.OpenConnections(),
		}
		if want := [...]int{4, 2, 1, 2, 1, 0, 1, 1}; counts != want {
			t.Errorf("counts %v, want %v", counts, want)
		}
	})
}

func TestInFlight_countsConcurrentRequests(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		const requests = 5
		var arrived sync.WaitGroup
		arrived.Add(requests)
		release := make(chan struct{})
		server.Create(storeName).OnRequest(func() {
			arrived.Done()
			<-release
		})

		var clients sync.WaitGroup
		for range requests {
			clients.Go(func() { get(t, client, server, storeName) })
		}
		arrived.Wait()
		if got := server.InFlight(); got != requests {
			t.Errorf("in flight %d, want %d", got, requests)
		}
		close(release)
		clients.Wait()
		if now, highest := server.InFlight(), server.MaxInFlight(); now != 0 || highest != requests {
			t.Errorf("in flight %d, highest %d, want 0 and %d", now, highest, requests)
		}
	})
}

func TestServer_runsInBubble(t *testing.T) {
	for _, protocol := range []string{"HTTP/1.1 in memory", "HTTP/2 in memory (TLS)"} {
		t.Run(protocol, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := newServer(t, protocols[protocol]...)
				server.Create(storeName).SetDelay(time.Hour)
				client := newClient(t, server)

				start := time.Now()
				getStatus(t, client, server, storeName)
				// The connection is idle from here on: waiting must still be possible.
				time.Sleep(time.Minute)
				synctest.Wait()
				if got := time.Since(start); got != time.Hour+time.Minute {
					t.Errorf("took %v, want 1h1m", got)
				}
				if got := server.OpenConnections(); got != 1 {
					t.Errorf("%d connections open, want the idle one", got)
				}
			})
		})
	}
}
