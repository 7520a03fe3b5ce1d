// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestCloseConnections_clientConnectsAgain(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		server.Create(storeName)
		getStatus(t, client, server, storeName)
		server.CloseConnections()
		if got := server.OpenConnections(); got != 0 {
			t.Errorf("%d connections open, want 0", got)
		}
		client.CloseIdleConnections()
		if got := getStatus(t, client, server, storeName); got != 200 {
			t.Errorf("got %d, want 200", got)
		}
		if got := server.Connections(); got != 2 {
			t.Errorf("%d connections, want 2", got)
		}
	})
}

func TestRefuse_untilAccept(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		server.Create(storeName)
		server.Refuse()
		if got := get(t, client, server, storeName); !isErrno(got.err, syscall.ECONNREFUSED, errConnRefused) {
			t.Errorf("refusing: %v, want connection refused", got.err)
		}
		if err := server.Accept(); err != nil {
			t.Fatal(err)
		}
		if got := getStatus(t, client, server, storeName); got != 200 {
			t.Errorf("accepting again: %d, want 200", got)
		}
	})
}

func TestGoDead_newConnectionWorks(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		server.Create(storeName)
		getStatus(t, client, server, storeName)
		server.GoDead()

		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if got := do(client, newRequest(ctx, server, storeName)); !errors.Is(got.err, context.DeadlineExceeded) {
			t.Errorf("on the dead connection: %v, want the deadline", got.err)
		}
		if got := server.Requests(); got != 1 {
			t.Errorf("%d requests arrived, want 1", got)
		}
		if got := getStatus(t, newClient(t, server), server, storeName); got != 200 {
			t.Errorf("on a new connection: %d, want 200", got)
		}
	})
}

func TestGoDead_foundByPings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newServer(t, wachattest.InMemory(), wachattest.WithTLS())
		server.Create(storeName)
		client := newClient(t, server)
		client.Transport.(*http.Transport).HTTP2 = &http.HTTP2Config{
			SendPingTimeout: 5 * time.Second, PingTimeout: 2 * time.Second,
		}
		getStatus(t, client, server, storeName)
		server.GoDead()

		start := time.Now()
		if got := get(t, client, server, storeName); got.err == nil {
			t.Error("no error on a dead connection")
		}
		if got := time.Since(start); got != 7*time.Second {
			t.Errorf("found after %v, want 7s", got)
		}
		if got := getStatus(t, client, server, storeName); got != 200 {
			t.Errorf("on a new connection: %d, want 200", got)
		}
	})
}

func TestConnWrapper_wrapsEachConnection(t *testing.T) {
	var writes atomic.Int64
	server := newServer(t, wachattest.WithTLS(), wachattest.WithConnWrapper(func(conn net.Conn) net.Conn {
		return writeCounter{conn, &writes}
	}))
	getStatus(t, newClient(t, server), server, storeName)
	if writes.Load() == 0 {
		t.Error("nothing was written through the wrapper")
	}
}

type writeCounter struct {
	net.Conn
	writes *atomic.Int64
}

func (c writeCounter) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}
