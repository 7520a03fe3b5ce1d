// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// recorded returns a change to a client's configuration that records its
// attempts, and the attempts so far.
func recorded() (change func(*Config), attempts func() []Attempt) {
	var mu sync.Mutex
	var got []Attempt
	change = func(c *Config) {
		c.OnAttempt = func(_ context.Context, a Attempt) {
			mu.Lock()
			defer mu.Unlock()
			got = append(got, a)
		}
	}
	return change, func() []Attempt {
		mu.Lock()
		defer mu.Unlock()
		return got
	}
}

// stallOnce never answers the first request about an instance.
func stallOnce(api *wachattest.Server, names ...string) {
	for _, name := range names {
		api.Instance(name).Enqueue(wachattest.HangHeaders())
	}
}

func TestHedge_replacesAStalledAnswer(t *testing.T) {
	for name, tt := range map[string]struct {
		answers int // before the one that stalls
		delay   time.Duration
		want    time.Duration
	}{
		"the first answer":     {0, 0, firstHedgeDelay},
		"after fast answers":   {10, time.Millisecond, minHedgeDelay + time.Millisecond},
		"after slow answers":   {10, 400 * time.Millisecond, 3*400*time.Millisecond + 400*time.Millisecond},
		"after a full window":  {latestAnswers + 3, 200 * time.Millisecond, 3*200*time.Millisecond + 200*time.Millisecond},
		"too slow for a hedge": {1, 6 * time.Second, 15*time.Second + 6*time.Second}, // no hedge; the retry, without a wait
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.SetDelay(tt.delay)
				client := newClient(t, api, atOnce, func(c *Config) { c.Jitter = func(time.Duration) time.Duration { return 0 } })
				for range tt.answers {
					mustRead(t, client, shop)
				}
				stallOnce(api, shop)
				start := time.Now()
				mustRead(t, client, shop)
				if took := time.Since(start); took != tt.want {
					t.Errorf("took %s, want %s", took, tt.want)
				}
			})
		})
	}
}

func TestHedge_canBeTurnedOff(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.SetDelay(2 * firstHedgeDelay)
		mustRead(t, newClient(t, api, func(c *Config) { c.NoHedges = true }), shop)
		if n := api.Requests(); n != 1 {
			t.Errorf("%d requests were sent, want 1", n)
		}
	})
}

func TestHedge_firstAnswerWins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		record, attempts := recorded()
		client := newClient(t, api, record)
		mustRead(t, client, shop)
		api.SetDelay(500 * time.Millisecond)
		start := time.Now()
		mustRead(t, client, shop)
		if took := time.Since(start); took != 500*time.Millisecond {
			t.Errorf("took %s, want 500ms", took)
		}
		synctest.Wait()
		got := attempts()
		if len(got) != 3 || got[1].Hedge || got[1].Err != nil || !got[2].Hedge || !errors.Is(got[2].Err, errOtherAnswered) || got[2].Number != 1 {
			t.Fatalf("the attempts are %+v", got)
		}
		if n := api.Connections(); n != 2 {
			t.Errorf("%d connections, want one for the hedge", n)
		}
		api.SetDelay(0)
		mustRead(t, client, shop) // the loser has closed nothing
		if n := api.Connections(); n != 2 {
			t.Errorf("%d connections, want 2", n)
		}
	})
}

// A connection that is dead stalls the hedge no more than the answer.
func TestHedge_hasAConnectionOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		network := &mortalNetwork{api: api}
		client := newClient(t, api, func(c *Config) { c.DialContext = network.dial })
		mustRead(t, client, shop)
		network.die()
		start := time.Now()
		mustRead(t, client, shop)
		if took := time.Since(start); took != minHedgeDelay {
			t.Errorf("took %s, want %s", took, minHedgeDelay)
		}
	})
}

func TestHedge_failureWaitsForTheOther(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		slow := func(d time.Duration, fault wachattest.Fault) wachattest.Fault {
			return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
				time.Sleep(d)
				fault(w, r, next)
			}
		}
		answer := func(w http.ResponseWriter, r *http.Request, next http.Handler) { next.ServeHTTP(w, r) }
		for _, tt := range []struct {
			name          string
			first, second wachattest.Fault
			took          time.Duration
			kind          Kind
		}{
			{"the first fails", slow(time.Second, wachattest.Status(503)), slow(2*time.Second, answer), 2500 * time.Millisecond, KindUnknown},
			{"the second fails", slow(2*time.Second, answer), wachattest.Status(503), 2 * time.Second, KindUnknown},
			{"both fail", slow(time.Second, wachattest.Status(503)), slow(2*time.Second, wachattest.Status(500)), 2500 * time.Millisecond, KindUnavailable},
			{"the first fails and the second stalls", slow(time.Second, wachattest.Status(503)), wachattest.HangHeaders(), 15 * time.Second, KindUnavailable},
			{"the second fails for good", slow(time.Second, wachattest.Status(503)), slow(2*time.Second, wachattest.Status(404)), 2500 * time.Millisecond, KindNotFound},
			{"the first fails for good", slow(time.Second, wachattest.Status(404)), slow(2*time.Second, wachattest.Status(503)), 2500 * time.Millisecond, KindNotFound},
			{"both stall", wachattest.HangHeaders(), wachattest.HangHeaders(), 15 * time.Second, KindTimeout},
		} {
			client := newClient(t, api, once)
			api.Instance(shop).Enqueue(tt.first, tt.second)
			start := time.Now()
			_, err := client.InstanceState(t.Context(), shop)
			if took := time.Since(start); KindOf(err) != tt.kind || (err == nil) != (tt.kind == KindUnknown) || took != tt.took {
				t.Errorf("%s: ended after %s with %v, want kind %q after %s", tt.name, took, err, tt.kind, tt.took)
			}
		}
	})
}

// What the first request has met, a second would meet, too.
func TestHedge_isNotSentAfterAFailure(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		for _, fault := range []wachattest.Fault{wachattest.Status(404), wachattest.Status(503), wachattest.RetryAfter(429, "1")} {
			record, attempts := recorded()
			client := newClient(t, api, once, record, func(c *Config) { c.MaxConcurrentRequests = 1 })
			api.Instance(shop).Enqueue(fault)
			api.SetDelay(time.Second) // the hedge waits for the slot of the first
			if _, err := client.InstanceState(t.Context(), shop); err == nil {
				t.Error("the read succeeded")
			}
			time.Sleep(10 * time.Second)
			if got := attempts(); len(got) != 1 {
				t.Errorf("%d attempts, want 1: %+v", len(got), got)
			}
		}
	})
}

func TestHedge_keepsTheLimits(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 40)
		stallOnce(api, names[3], names[20])
		api.SetDelay(100 * time.Millisecond)
		client := newClient(t, api, func(c *Config) { c.MaxConcurrentRequests, c.RequestsPerSecond = 4, 10 })
		start := time.Now()
		for _, result := range client.RequireAll(t.Context(), names, Requirement{}) {
			if result.Err != nil {
				t.Fatal(result.Err)
			}
		}
		if n := api.MaxInFlight(); n > 4 {
			t.Errorf("%d requests in flight, want 4 at most", n)
		}
		if took := time.Since(start); api.Requests() != 42 || took < 4100*time.Millisecond {
			t.Errorf("%d requests in %s, want 42 at 10 a second", api.Requests(), took)
		}
	})
}

func TestHedge_isNotSentDuringAPause(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Create("t1_paused").Enqueue(wachattest.RetryAfter(429, "20"))
		stallOnce(api, shop)
		client := newClient(t, api, func(c *Config) { c.RequestTimeout = time.Minute })
		start := time.Now()
		var group errgroup.Group
		group.Go(func() error { _, err := client.InstanceState(t.Context(), shop); return err })
		group.Go(func() error { _, err := client.InstanceState(t.Context(), "t1_paused"); return err })
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		for _, at := range api.RequestTimes(shop)[1:] {
			if at.Sub(start) < 20*time.Second {
				t.Errorf("a hedge was sent %s after the start, want 20s at least", at.Sub(start))
			}
		}
	})
}

// A slow API gets no more hedges than the budget.
func TestHedge_budget(t *testing.T) {
	const reads = 1000
	for name, delay := range map[string]func(i int) time.Duration{
		"every answer is slow": func(int) time.Duration { return 3 * time.Second },
		"ten times slower, then fast": func(i int) time.Duration {
			return map[bool]time.Duration{true: 2 * time.Second, false: 200 * time.Millisecond}[i > 300 && i < 700]
		},
		"a third of the answers stall": func(i int) time.Duration {
			return map[bool]time.Duration{true: 10 * time.Second, false: 50 * time.Millisecond}[i%3 == 0]
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				names := createFleet(api, reads)
				for i, name := range names {
					api.Instance(name).SetDelay(delay(i))
				}
				for _, result := range newClient(t, api, wide).RequireAll(t.Context(), names, Requirement{}) {
					if result.Err != nil {
						t.Fatal(result.Err)
					}
				}
				if hedges := api.Requests() - reads; hedges > freeHedges+(reads+hedges)/requestsPerHedge {
					t.Errorf("%d hedges for %d reads", hedges, reads)
				}
			})
		})
	}
}

func TestHedge_noneWhereAnswersAreEven(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 1000)
		api.SetDelay(250 * time.Millisecond)
		newClient(t, api).RequireAll(t.Context(), names, Requirement{})
		if n := api.Requests(); n != 1000 {
			t.Errorf("%d requests, want 1000", n)
		}
	})
}

func TestHedge_callerLeaves(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).SetFault(wachattest.HangHeaders())
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		client := newClient(t, api, func(c *Config) { c.MaxConcurrentRequests = 2 })
		if _, err := client.InstanceState(ctx, shop); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got error %v", err)
		}
		synctest.Wait()
		api.Instance(shop).SetFault(nil)
		start := time.Now()
		mustRead(t, client, shop)
		if took := time.Since(start); took != 0 {
			t.Errorf("a slot was held for %s", took)
		}
	})
}

// What a hedge was told to wait is over by the time the attempt ends.
func TestHedge_retryAfterCountsFromItsAnswer(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.HangHeaders(), wachattest.RetryAfter(429, "40"))
		client := newClient(t, api, func(c *Config) { c.RequestTimeout = time.Minute })
		start := time.Now()
		_, err := client.Require(t.Context(), shop, Requirement{State: "open", Timeout: time.Hour, PollInterval: 2 * time.Second})
		if took := time.Since(start); err != nil || took != 62*time.Second {
			t.Errorf("ended after %s with %v, want 1m2s: the timeout and the poll interval", took, err)
		}
	})
}
