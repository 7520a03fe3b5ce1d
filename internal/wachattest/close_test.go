// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestClose_releasesHangingRequests(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		arrived := make(chan struct{})
		store := server.Create(storeName)
		store.OnRequest(func() { close(arrived) })
		store.SetDelay(time.Hour)

		ended := make(chan error)
		go func() { ended <- get(t, client, server, storeName).err }()
		<-arrived
		server.Close()
		if err := <-ended; err == nil {
			t.Error("the request ended well, want an error")
		}
		if got := server.OpenConnections(); got != 0 {
			t.Errorf("%d connections open, want 0", got)
		}
	})
}

func TestClose_releasesUnreadBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newServer(t, wachattest.InMemory())
		server.SetFault(wachattest.HangHeaders())
		request := newRequest(t.Context(), server, storeName)
		request.Method, request.Body = http.MethodPost, io.NopCloser(strings.NewReader("{}"))

		ended := make(chan error)
		client := newClient(t, server)
		go func() { ended <- do(client, request).err }()
		synctest.Wait()
		server.Close()
		if err := <-ended; err == nil {
			t.Error("the request ended well, want an error")
		}
	})
}

func TestClose_waitsForHandlers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newServer(t, wachattest.InMemory())
		release := make(chan struct{})
		server.Create(storeName).OnRequest(func() { <-release })
		client := newClient(t, server)
		go get(t, client, server, storeName)
		synctest.Wait()

		var closed atomic.Bool
		go func() {
			server.Close()
			closed.Store(true)
		}()
		synctest.Wait()
		if closed.Load() {
			t.Error("Close returned before the handler ended")
		}
		close(release)
		synctest.Wait()
		if !closed.Load() {
			t.Error("Close did not return after the handler ended")
		}
	})
}

func TestDelay_endsWhenClientLeaves(t *testing.T) {
	delays := map[string]func(*wachattest.Server, time.Duration){
		"of the server":   (*wachattest.Server).SetDelay,
		"of the instance": func(s *wachattest.Server, d time.Duration) { s.Instance(storeName).SetDelay(d) },
	}
	for name, delay := range delays {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := newServer(t, wachattest.InMemory())
				server.Create(storeName)
				delay(server, time.Hour)
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()

				got := do(newClient(t, server), newRequest(ctx, server, storeName))
				if !errors.Is(got.err, context.DeadlineExceeded) {
					t.Errorf("%v, want the deadline", got.err)
				}
				synctest.Wait()
				if got := server.InFlight(); got != 0 {
					t.Errorf("%d requests in flight, want 0", got)
				}
			})
		})
	}
}
