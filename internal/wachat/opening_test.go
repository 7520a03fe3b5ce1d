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

// failingDial refuses the first dials, and counts them all.
type failingDial struct {
	api   *wachattest.Server
	fails int32
	dials atomic.Int32
}

func (d *failingDial) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if d.dials.Add(1) <= d.fails {
		return nil, errors.New("refused")
	}
	return d.api.DialContext(ctx, network, addr)
}

func TestAnotherRequestLeadsWhenTheFirstGetsNoConnection(t *testing.T) {
	api := startAPI(t, wachattest.WithTLS())
	d := &failingDial{api: api, fails: 3}
	client := newClient(t, api, wide, once, func(c *Config) { c.DialContext = d.dial })
	var failed atomic.Int32
	var group errgroup.Group
	for _, name := range createFleet(api, 50) {
		group.Go(func() error {
			if _, err := client.InstanceState(t.Context(), name); err != nil {
				failed.Add(1)
			}
			return nil
		})
	}
	_ = group.Wait()
	if failed.Load() != 3 || d.dials.Load() != 4 {
		t.Errorf("%d reads failed in %d dials, want 3 in 4", failed.Load(), d.dials.Load())
	}
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
