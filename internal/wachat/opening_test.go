// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func wide(c *Config) { c.MaxConcurrentRequests = 100 }

func TestAStormOfFirstRequestsOpensOneConnection(t *testing.T) {
	api := startAPI(t, wachattest.WithTLS())
	client := newClient(t, api, wide)
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
func TestTheOthersDoNotWaitForTheFirstAnswer(t *testing.T) {
	for name, options := range map[string][]wachattest.Option{
		"HTTP/2": {wachattest.InMemory(), wachattest.WithTLS()}, "HTTP/1.1": {wachattest.InMemory(), wachattest.WithTLSHTTP1()},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := startAPI(t, options...)
				api.SetDelay(10 * time.Second)
				if took := readMany(t, newClient(t, api, wide), api, 100); took != 10*time.Second {
					t.Errorf("100 reads side by side took %s, want 10s", took)
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

// Who waits for a connection shares the failure to open it, and does not queue
// up to fail by itself until its time is over.
func TestTheOthersShareTheFailureOfTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		d := &dials{api: api, fails: 1}
		client := newClient(t, api, wide, once, func(c *Config) { c.DialContext = d.dial })
		var failed atomic.Int32
		var group errgroup.Group
		start := time.Now()
		for _, name := range createFleet(api, 50) {
			group.Go(func() error {
				if _, err := client.InstanceState(t.Context(), name); KindOf(err) == KindConnection {
					failed.Add(1)
				}
				return nil
			})
		}
		_ = group.Wait()
		if took := time.Since(start); failed.Load() != 50 || d.count.Load() != 1 || took != time.Second {
			t.Errorf("%d reads failed in %d dials and %s, want 50 in 1 and 1s", failed.Load(), d.count.Load(), took)
		}
		mustRead(t, client, shop)
	})
}

func TestAnotherRequestLeadsWhenTheFirstLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		client := newClient(t, api, once, func(c *Config) { c.DialContext = (&dials{api: api}).dial })
		ctx, leave := context.WithTimeout(t.Context(), time.Second/2)
		defer leave()
		var group errgroup.Group
		group.Go(func() error { _, _ = client.InstanceState(ctx, "t1_leaver"); return nil })
		synctest.Wait()
		mustRead(t, client, shop)
		_ = group.Wait()
	})
}

func TestAFollowerThatLeavesDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		slow := func(ctx context.Context, network, addr string) (net.Conn, error) {
			time.Sleep(10 * time.Second)
			return api.DialContext(ctx, network, addr)
		}
		client := newClient(t, api, func(c *Config) { c.DialContext = slow })
		var leader sync.WaitGroup
		leader.Go(func() { mustRead(t, client, shop) })
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if _, err := client.InstanceState(ctx, "t1_other"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got error %v", err)
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("left after %s, want 1s", took)
		}
		leader.Wait()
	})
}
