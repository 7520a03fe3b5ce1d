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

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestLimits_slotsAndRate(t *testing.T) {
	for _, tt := range []struct {
		slots int
		rate  float64
		reads int // whose answers take a second
		took  time.Duration
		most  int // in flight
	}{
		{3, 0, 10, 4 * time.Second, 3},
		{1000, 0, 1001, 2 * time.Second, 1000},
		{10, 0.1, 4, 31 * time.Second, 1},
		{2, 10, 6, 3100 * time.Millisecond, 2},
	} {
		bubble(t, "", func(t *testing.T, api *wachattest.Server) {
			api.SetDelay(time.Second)
			client := newClient(t, api, unhedged, func(c *Config) { c.MaxConcurrentRequests, c.RequestsPerSecond = tt.slots, tt.rate })
			start := time.Now()
			mustReadAll(t, client, createFleet(api, tt.reads)...)
			if took, most := time.Since(start), api.MaxInFlight(); took != tt.took || most != tt.most {
				t.Errorf("%+v: took %s with %d in flight", tt, took, most)
			}
		})
	}
}

// Callers that leave take no slot, no token and no turn with them.
func TestLimits_callersLeaveTheQueue(t *testing.T) {
	for want, change := range map[time.Duration]func(*Config){
		20 * time.Second:   func(c *Config) { c.MaxConcurrentRequests = 1 },
		1010 * time.Second: func(c *Config) { c.RequestsPerSecond = 0.001 },
	} {
		bubble(t, "", func(t *testing.T, api *wachattest.Server) {
			api.SetDelay(10 * time.Second)
			client := newClient(t, api, unhedged, change)
			start := time.Now()
			var group sync.WaitGroup
			group.Go(func() { mustRead(t, client, shop) })
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			for _, result := range client.RequireAll(ctx, createFleet(api, 3), Requirement{}) { // the first has the turn
				if !errors.Is(result.Err, context.DeadlineExceeded) {
					t.Errorf("got error %v", result.Err)
				}
			}
			mustTake(t, start, time.Second)
			mustRead(t, client, other)
			mustTake(t, start, want)
			group.Wait()
			mustSend(t, api, 2)
		})
	}
}

// A pause holds for all reads, and is never shortened. After it, the rate holds.
func TestLimits_pauseHoldsForOtherReads(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		enqueue(api.Instance(shop), "503:20")
		enqueue(api.Instance(other), "2s+503:1")
		client := newClient(t, api, unhedged, func(c *Config) { c.RequestsPerSecond = 1 })
		start := time.Now()
		var group sync.WaitGroup
		group.Go(func() { mustRead(t, client, other) })
		synctest.Wait()
		group.Go(func() { mustRead(t, client, shop) })
		time.Sleep(3 * time.Second)
		mustReadAll(t, client, createFleet(api, 10)...)
		group.Wait()
		mustTake(t, start, 32*time.Second) // 12 requests after 21s
		mustSend(t, api, 14)
	})
}

// The rest of a pause is in whole seconds, and more than a read waits.
func TestLimits_restOfALongPause(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		enqueue(api.Instance(shop), "429:60")
		client := newClient(t, api)
		for _, tt := range []struct{ after, want time.Duration }{
			{0, time.Minute}, {10300 * time.Millisecond, 50 * time.Second}, {19300 * time.Millisecond, 31 * time.Second}, // 30.4s are left
		} {
			time.Sleep(tt.after)
			_, err := readState(t, client, shop)
			if failure := mustFail(t, err, KindRateLimited); !failure.TooLong || failure.RetryAfter != tt.want {
				t.Errorf("got %+v, want the rest %s", failure, tt.want)
			}
		}
	})
}

// A pause that is longer than a read waits fails all reads at once, wherever they
// wait, without a request. Waits stay for its end.
func TestLimits_longPauseFailsReadsAtOnce(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Config)
		faults string
		begins time.Duration // the pause
	}{
		{"for a slot", func(c *Config) { c.MaxConcurrentRequests, c.NoHedges = 1, true }, "2s+429:60", 2 * time.Second},
		{"for a rate token", func(c *Config) { c.RequestsPerSecond, c.NoHedges = 0.1, true }, "2s+429:60", 2 * time.Second},
		// The first request keeps the slot.
		{"for a slot, and a hedge is refused", func(c *Config) { c.MaxConcurrentRequests = 1 }, "hang 2s+429:60", 2500 * time.Millisecond},
	} {
		bubble(t, tt.name, func(t *testing.T, api *wachattest.Server) {
			names := createFleet(api, 12)
			enqueue(api.Instance(shop), tt.faults)
			client := newClient(t, api, tt.change)
			start := time.Now()
			var group sync.WaitGroup
			group.Go(func() { _, _ = readState(t, client, shop) })
			synctest.Wait()
			group.Go(func() {
				_, err := client.Require(t.Context(), other, Requirement{State: "open", Timeout: 5 * time.Minute})
				mustEnd(t, start, err, (tt.begins+time.Minute).String()+": found")
			})
			for _, err := range readAll(t, client, names...) {
				failure := mustFail(t, err, KindRateLimited)
				if !failure.TooLong || failure.RetryAfter != time.Minute || failure.Attempts != 0 || failure.Status != 429 {
					t.Errorf("got %+v", failure)
				}
			}
			mustTake(t, start, tt.begins)
			group.Wait()
			mustSend(t, api, api.RequestsOf(shop)+1)
		})
	}
}

type dialer = func(ctx context.Context, network, addr string) (net.Conn, error)

// stallingDial never connects.
func stallingDial(ctx context.Context, _, _ string) (net.Conn, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// The others wait for the first handshake, not for its answer, for a second at
// most; what becomes of it is its own.
func TestFirstConnection_othersWaitForTheHandshake(t *testing.T) {
	refuse := func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("refused") }
	const slow = 300 * time.Millisecond
	for _, tt := range []struct {
		name   string
		takes  time.Duration // each dial
		first  dialer        // after that
		dials  int           // at most
		failed int
		late   time.Duration // the last answer
	}{
		{"one connection", slow, nil, 1, 0, slow},
		{"a dial that fails", slow, refuse, 51, 1, 2 * slow},
		{"a dial that stalls", 0, stallingDial, 51, 0, time.Second},
		{"a handshake of more than a second", 5 * slow, nil, 51, 0, 5 * slow},
	} {
		bubble(t, tt.name, func(t *testing.T, api *wachattest.Server) {
			var dials atomic.Int32
			dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
				time.Sleep(tt.takes)
				if dials.Add(1) == 1 && tt.first != nil {
					return tt.first(ctx, network, addr)
				}
				return api.DialContext(ctx, network, addr)
			}
			client := newClient(t, api, unhedged, wide, once, func(c *Config) { c.DialContext = dial })
			api.SetDelay(5 * time.Second)
			start := time.Now()
			failed := 0
			for _, err := range readAll(t, client, createFleet(api, 51)...) {
				if err != nil {
					failed++
				}
			}
			late := time.Since(start) - 5*time.Second
			if n := int(dials.Load()); failed != tt.failed || n > tt.dials || late != tt.late {
				t.Errorf("%d of 51 reads failed after %d dials, the last answer came %s late; want %+v", failed, n, late, tt)
			}
			time.Sleep(time.Minute) // for the end of the dial that stalls
		}, wachattest.WithTLS())
	}
}
