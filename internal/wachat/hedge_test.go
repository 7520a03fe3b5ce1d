// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestHedge_replacesALateAnswer(t *testing.T) {
	const ms = time.Millisecond
	for _, tt := range []struct {
		name    string
		answers []time.Duration // of the requests before, and of the hedge
		want    time.Duration
	}{
		{"the first answer", []time.Duration{0}, 500 * ms},
		{"after fast answers", []time.Duration{0, ms, ms, ms}, 301 * ms},
		{"after a mean that moves by an eighth", []time.Duration{80 * ms, 160 * ms, 0}, 4 * 90 * ms},
		{"later than the timeout: none but the retry", []time.Duration{6000 * ms, 6000 * ms}, 21000 * ms},
	} {
		bubble(t, tt.name, func(t *testing.T, api *wachattest.Server) {
			client := newClient(t, api, atOnce, withoutJitter)
			last := len(tt.answers) - 1
			for _, delay := range tt.answers[:last] {
				api.SetDelay(delay)
				mustRead(t, client, shop)
			}
			api.SetDelay(tt.answers[last])
			enqueue(api.Instance(shop), "hang")
			start := time.Now()
			mustRead(t, client, shop)
			mustTake(t, start, tt.want)
		})
	}
}

// The first outcome that the other request cannot improve decides. The second
// request is sent after 500ms.
func TestHedge_outcomes(t *testing.T) {
	for _, tt := range []struct{ name, faults, want string }{
		{"the first fails", "1s+503 2s+ok", "2.5s: found"},
		{"the second fails", "2s+ok 503", "2s: found"},
		{"both fail", "1s+503 2s+500", "2.5s: unavailable"},
		{"the first fails and the second stalls", "1s+503 hang", "15s: unavailable"},
		{"the second fails for good at the end", "1s+503 2s+404", "2.5s: not found"},
		{"the second fails for good at first", "hang 1s+404", "1.5s: not found"},
		{"the first fails for good", "1s+404 2s+ok", "1s: not found"},
		{"both stall", "hang...", "15s: attempt timed out"},
		{"the second is told to wait", "2s+ok 429:86400", "2s: found"},
	} {
		bubble(t, tt.name, func(t *testing.T, api *wachattest.Server) {
			enqueue(api.Instance(shop), tt.faults)
			start := time.Now()
			_, err := readState(t, newClient(t, api, once), shop)
			mustEnd(t, start, err, tt.want)
			mustSend(t, api, 2)
		})
	}
}

// What the first request has met, a second would meet, too. A hedge that waited for
// nothing is given back to the budget.
func TestHedge_isNotSentAfterAFailure(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		client := newClient(t, api, once, func(c *Config) { c.RequestsPerSecond, c.RequestTimeout = 0.1, 30*time.Second })
		for range 5 {
			enqueue(api.Instance(shop), "1s+503") // the hedge waits for a token
			_, err := readState(t, client, shop)
			_ = mustFail(t, err, KindUnavailable)
			time.Sleep(20 * time.Second)
		}
		mustSend(t, api, 5)
		enqueue(api.Instance(shop), "hang...")
		_, _ = readState(t, client, shop)
		mustSend(t, api, 5+2) // the budget has as many hedges as before
	})
}

// A hedge needs a token and no pause, but no slot.
func TestHedge_keepsTheLimits(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Config)
		want   time.Duration
	}{
		{"the slot is taken", func(c *Config) { c.MaxConcurrentRequests = 1 }, 500 * time.Millisecond},
		{"no token for 2s", func(c *Config) { c.RequestsPerSecond = 0.5 }, 2 * time.Second},
	} {
		bubble(t, tt.name, func(t *testing.T, api *wachattest.Server) {
			enqueue(api.Instance(shop), "hang")
			start := time.Now()
			mustRead(t, newClient(t, api, tt.change), shop)
			mustTake(t, start, tt.want)
		})
	}
	bubble(t, "a pause of 20s", func(t *testing.T, api *wachattest.Server) {
		enqueue(api.Instance(shop), "hang")
		enqueue(api.Instance(other), "429:20")
		client := newClient(t, api, func(c *Config) { c.RequestTimeout = time.Minute })
		start := time.Now()
		var group sync.WaitGroup
		group.Go(func() {
			mustRead(t, client, shop)
			mustTake(t, start, 20*time.Second)
		})
		synctest.Wait() // the first request is sent
		mustRead(t, client, other)
		group.Wait()
	})
}

// A slow API gets no more hedges than two and one in twenty requests, and no fewer
// where they help; an even one gets none.
func TestHedge_budget(t *testing.T) {
	const reads = 1000
	for _, tt := range []struct {
		name        string
		stalls      int // one in so many answers takes 10s
		delay       time.Duration
		least, most int // hedges
	}{
		{"every answer is slow", reads, 3 * time.Second, 7, 7}, // the delay before a hedge then is 12s
		{"a third of the answers stall", 3, 50 * time.Millisecond, 45, 54},
		{"answers are even", reads, 250 * time.Millisecond, 0, 1},
	} {
		bubble(t, tt.name, func(t *testing.T, api *wachattest.Server) {
			names := createFleet(api, reads)
			for i, name := range names {
				api.Instance(name).SetDelay(tt.delay)
				if i%tt.stalls == 1 {
					api.Instance(name).SetDelay(10 * time.Second)
				}
			}
			mustReadAll(t, newClient(t, api, wide), names...)
			if hedges := api.Requests() - reads; hedges < tt.least || hedges > tt.most {
				t.Errorf("%d hedges for %d reads, want %d to %d", hedges, reads, tt.least, tt.most)
			}
		})
	}
}
