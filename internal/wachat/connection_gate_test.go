// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func wide(c *Config) { c.MaxConcurrentRequests = 100 }

// unhedged keeps hedges from dialing, too.
func unhedged(c *Config) { c.NoHedges = true }

func TestConnectionGate_opensOneConnection(t *testing.T) {
	api := startAPI(t, wachattest.WithTLS())
	client := newClient(t, api, unhedged, wide)
	readMany(t, client, api, 100)
	if n := api.Connections(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
	api.CloseConnections()
	readMany(t, client, api, 100)
	// Requests that start before the loss is noticed open one each.
	if n := api.Connections(); n > 20 {
		t.Errorf("%d connections after the first one was lost, want 2 or a few more", n)
	}
}

// The others follow at the handshake, not at the first answer.
func TestConnectionGate_othersDoNotWaitForTheAnswer(t *testing.T) {
	for name, options := range map[string][]wachattest.Option{
		"HTTP/2": {wachattest.InMemory(), wachattest.WithTLS()}, "HTTP/1.1": {wachattest.InMemory(), wachattest.WithTLSHTTP1()},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := startAPI(t, options...)
				api.SetDelay(10 * time.Second)
				if took := readMany(t, newClient(t, api, unhedged, wide), api, 100); took != 10*time.Second {
					t.Errorf("100 reads concurrently took %s, want 10s", took)
				}
			})
		})
	}
}

// dials counts the dials, which take a second; the first ones fail.
type dials struct {
	api   *wachattest.Server
	fails int32
	count atomic.Int32
}

func (d *dials) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	n := d.count.Add(1)
	if err := sleep(ctx, time.Second); err != nil {
		return nil, err
	}
	if n <= d.fails {
		return nil, errors.New("refused")
	}
	return d.api.DialContext(ctx, network, addr)
}

// readFleet reads n instances concurrently and returns how many reads failed.
func readFleet(t *testing.T, client *Client, api *wachattest.Server, n int) (failed int) {
	t.Helper()
	var count atomic.Int32
	var group errgroup.Group
	for _, name := range createFleet(api, n) {
		group.Go(func() error {
			if _, err := client.InstanceState(t.Context(), name); err != nil {
				count.Add(1)
			}
			return nil
		})
	}
	_ = group.Wait()
	return int(count.Load())
}

// A dial that fails is the failure of the request that made it.
func TestConnectionGate_othersDialAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		d := &dials{api: api, fails: 1}
		client := newClient(t, api, unhedged, wide, once, func(c *Config) { c.DialContext = d.dial })
		start := time.Now()
		if failed := readFleet(t, client, api, 50); failed != 1 {
			t.Errorf("%d of 50 reads failed, want the first only", failed)
		}
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("took %s, want two dials of 1s", took)
		}
		mustRead(t, client, shop)
	})
}

// A handshake that stalls costs the others a bounded wait, and once there is a
// connection nothing.
func TestConnectionGate_othersDialAfterAStall(t *testing.T) {
	for timeout, want := range map[time.Duration]time.Duration{15 * time.Second: time.Second, 2 * time.Second: time.Second / 2} {
		t.Run("request timeout "+timeout.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { testOthersDialAfterAStall(t, timeout, want) })
		})
	}
}

func testOthersDialAfterAStall(t *testing.T, timeout, want time.Duration) {
	t.Helper()
	api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
	var count atomic.Int32
	stalling := func(ctx context.Context, network, addr string) (net.Conn, error) {
		if count.Add(1) == 1 {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return api.DialContext(ctx, network, addr)
	}
	client := newClient(t, api, unhedged, wide, once, func(c *Config) { c.DialContext, c.RequestTimeout = stalling, timeout })
	api.Create("t1_stalled")
	start := time.Now()
	var group errgroup.Group
	group.Go(func() error { _, err := client.InstanceState(t.Context(), "t1_stalled"); return err })
	synctest.Wait()
	if failed := readFleet(t, client, api, 50); failed != 0 {
		t.Errorf("%d of 50 reads failed", failed)
	}
	if took := time.Since(start); took != want {
		t.Errorf("the others took %s, want %s", took, want)
	}
	mustRead(t, client, shop)
	if took := time.Since(start); took != want {
		t.Errorf("a later read waited, too: %s", took)
	}
	if err := group.Wait(); err != nil { // net/http gives it a connection of the others
		t.Error(err)
	}
}

func TestConnectionGate_firstRequestLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		client := newClient(t, api, unhedged, once, func(c *Config) { c.DialContext = (&dials{api: api}).dial })
		ctx, leave := context.WithTimeout(t.Context(), time.Second/2)
		defer leave()
		var group errgroup.Group
		group.Go(func() error { _, _ = client.InstanceState(ctx, "t1_leaver"); return nil })
		synctest.Wait()
		mustRead(t, client, shop)
		_ = group.Wait()
	})
}

func TestConnectionGate_waitingRequestLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		slow := func(ctx context.Context, network, addr string) (net.Conn, error) {
			if err := sleep(ctx, 10*time.Second); err != nil {
				return nil, err
			}
			return api.DialContext(ctx, network, addr)
		}
		client := newClient(t, api, unhedged, func(c *Config) { c.DialContext = slow })
		var leader sync.WaitGroup
		leader.Go(func() { mustRead(t, client, shop) })
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		start := time.Now()
		if _, err := client.InstanceState(ctx, "t1_other"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got error %v", err)
		}
		if took := time.Since(start); took != time.Second/2 {
			t.Errorf("left after %s, want 500ms", took)
		}
		leader.Wait()
	})
}

// A connection that is closed again as soon as it was there is none.
func TestConnectionGate_connectionClosesAtOnce(t *testing.T) {
	g := newConnectionGate(&http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		conn, _ := net.Pipe()
		return conn, nil
	}}, time.Second)
	release, err := g.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := g.next.DialContext(t.Context(), "tcp", "")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = conn.Close(), conn.Close() // counted once
	release(true)
	if g.established || g.open != 0 || g.dialing != nil {
		t.Errorf("the gate is %+v", g)
	}
}

// The transport lets a dial go on when the request that began it has ended.
func TestTransport_dialIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan time.Time, 1)
		transport, err := newTransport(Config{RequestTimeout: time.Minute, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			ended <- time.Now()
			return nil, ctx.Err()
		}})
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if conn, err := transport.DialContext(t.Context(), "tcp", "127.0.0.1:1"); conn != nil || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, %v", conn, err)
		}
		if took := (<-ended).Sub(start); took != time.Minute {
			t.Errorf("the dial ended after %s, want 1m0s", took)
		}
	})
}
