// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestNetwork_limit(t *testing.T) {
	for name, row := range map[string]struct {
		network  network
		workload workload
		want     time.Duration
	}{
		"one request on a new connection": {far, workload{fleet, 1, 10}, 170 * time.Millisecond},
		"one full round":                  {far, workload{fleet, 10, 10}, 170 * time.Millisecond},
		"one more than a round":           {far, workload{fleet, 11, 10}, 240 * time.Millisecond},
		"a hundred rounds":                {far, workload{fleet, 1_000, 10}, 7_100 * time.Millisecond},
		"ten rounds of a hundred":         {far, workload{fleet, 1_000, 100}, 800 * time.Millisecond},
		"for_each":                        {far, workload{forEach, 100, 10}, 800 * time.Millisecond},
		"zero latency":                    {zero, workload{fleet, 1_000, 10}, 0},
		"no work":                         {network{roundTrip: roundTrip}, workload{fleet, 20, 10}, 4 * roundTrip},
		"no round trip":                   {network{work: time.Second}, workload{fleet, 20, 10}, 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.network.limit(row.workload); got != row.want {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

// What the network charges a client that does nothing wrong is the limit, to
// the nanosecond.
func TestNetwork_chargesTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := workload{fleet, 10, 10}
		api := far.serve(w.names(), wachattest.InMemory())
		defer time.Sleep(far.roundTrip) // for what is still on the way
		defer api.Close()
		client := clientOf(t, api)
		defer client.CloseIdleConnections()

		begin := time.Now()
		get(t, client, api, w.names()[0])
		if got, want := time.Since(begin), far.limit(workload{fleet, 1, 10}); got != want {
			t.Errorf("a first request took %v, want %v: two round trips for the connection, and its own", got, want)
		}

		begin = time.Now()
		var all sync.WaitGroup
		for _, name := range w.names() {
			all.Go(func() { get(t, client, api, name) })
		}
		all.Wait()
		if got, want := time.Since(begin), far.roundTrip+far.work; got != want {
			t.Errorf("ten more at the same time took %v, want %v", got, want)
		}
		if got := api.Connections(); got != 1 {
			t.Errorf("they took %d connections, want 1", got)
		}
	})
}

// One instance in a hundred gets no answer to its first request, and one to its
// second; the others get one at once.
func TestNetwork_stalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := workload{fleet, 200, 10}
		api := stalling.serve(w.names(), wachattest.InMemory())
		defer time.Sleep(far.roundTrip) // for what is still on the way
		defer api.Close()
		client := clientOf(t, api)
		defer client.CloseIdleConnections()

		for i, name := range w.names() {
			if i == 50 || i == 150 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				if _, err := client.Do(requestFor(ctx, t, api, name)); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%s: %v, want no answer within an hour", name, err)
				}
				cancel()
			}
			get(t, client, api, name)
		}
		if got := api.Requests(); got != 202 {
			t.Errorf("%d requests counted, want 202", got)
		}
	})
}

func clientOf(t *testing.T, api *wachattest.Server) *http.Client {
	t.Helper()
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM([]byte(api.CACertPEM())) {
		t.Fatal("the API has no certificate authority")
	}
	return &http.Client{Transport: &http.Transport{
		DialContext:       api.DialContext,
		TLSClientConfig:   &tls.Config{RootCAs: authorities},
		ForceAttemptHTTP2: true,
	}}
}

func get(t *testing.T, client *http.Client, api *wachattest.Server, name string) {
	t.Helper()
	response, err := client.Do(requestFor(t.Context(), t, api, name))
	if err != nil {
		t.Error(err)
		return
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("%s: %s, %v", name, response.Status, err)
	}
}

func requestFor(ctx context.Context, t *testing.T, api *wachattest.Server, name string) *http.Request {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, api.BaseURL()+"/instance/state?instanceName="+name, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+api.Key())
	return request
}

func TestNetwork_zeroLatency(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	defer server.Close()
	if got := zero.wrap(server); got != server {
		t.Errorf("the connection became a %T", got)
	}
}
