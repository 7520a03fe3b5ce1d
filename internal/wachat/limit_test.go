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

func TestSleep_returnsTheCauseOfAnEndedContext(t *testing.T) {
	cause := errors.New("the caller left")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	for _, d := range []time.Duration{-1, 0, time.Hour} {
		for range 100 { // a timer that has fired, too, would win half of the time
			if err := sleep(ctx, d); !errors.Is(err, cause) {
				t.Fatalf("after %s: %v, want the cause", d, err)
			}
		}
	}
}

// limiter takes so many requests in each second since the first one, and asks
// the others to wait for a second.
func limiter(perSecond int) wachattest.Fault {
	var mu sync.Mutex
	var start time.Time
	taken := 0
	take := func() bool {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(start) >= time.Second {
			start, taken = time.Now(), 0
		}
		taken++
		return taken <= perSecond
	}
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if take() {
			next.ServeHTTP(w, r)
			return
		}
		wachattest.RetryAfter(429, "1")(w, r, next)
	}
}

// A limiter takes 10 requests a second and asks the rest to wait for one: no
// instance asks again before its time, and all succeed.
func TestLimits_pauseHoldsForAFleet(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 50)
		api.SetFault(limiter(10))
		for _, result := range newClient(t, api).RequireAll(t.Context(), names, Requirement{}) {
			if result.Err != nil {
				t.Fatal(result.Err)
			}
		}
		for _, name := range names {
			times := api.RequestTimes(name)
			for i := 1; i < len(times); i++ {
				if wait := times[i].Sub(times[i-1]); wait < time.Second {
					t.Errorf("%s asks again after %s", name, wait)
				}
			}
		}
		if n := api.Requests(); n > 100 {
			t.Errorf("%d requests for 50 instances, want no more than one refusal each", n)
		}
	})
}

func TestLimits_pauseHoldsForOtherReads(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Create("t1_other")
		api.Instance(shop).Enqueue(wachattest.RetryAfter(503, "20"))
		client := newClient(t, api)
		start := time.Now()
		var group errgroup.Group
		group.Go(func() error { _, err := client.InstanceState(t.Context(), shop); return err })
		synctest.Wait() // the first read has met the pause
		mustRead(t, client, "t1_other")
		if took := time.Since(start); took != 20*time.Second {
			t.Errorf("the other read asked after %s, want 20s", took)
		}
		if err := group.Wait(); err != nil {
			t.Error(err)
		}
	})
}

// A pause that is longer than a read waits holds for the other reads, too: they
// send nothing and fail at once.
func TestLimits_longPauseFailsOtherReads(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Create("t1_other")
		api.Instance(shop).Enqueue(wachattest.RetryAfter(429, "60"))
		client := newClient(t, api)
		_, err := client.InstanceState(t.Context(), shop)
		_ = mustFail(t, err, KindRateLimited)
		time.Sleep(10 * time.Second)
		start := time.Now()
		_, err = client.InstanceState(t.Context(), "t1_other")
		failure := mustFail(t, err, KindRateLimited)
		if !failure.TooLong || failure.RetryAfter != 50*time.Second || failure.Instance != "t1_other" || failure.Attempts != 0 || failure.Status != 429 {
			t.Errorf("got %+v", failure)
		}
		if took := time.Since(start); took != 0 || api.Requests() != 1 {
			t.Errorf("the other read took %s, and %d requests were sent", took, api.Requests())
		}
		time.Sleep(50 * time.Second)
		mustRead(t, client, "t1_other")
	})
}

// What is left of a pause is in whole seconds, and still above the longest wait.
func TestLimits_longPauseIsRoundedUp(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.RetryAfter(429, "31"))
		client := newClient(t, api)
		_, err := client.InstanceState(t.Context(), shop)
		_ = mustFail(t, err, KindRateLimited)
		time.Sleep(700 * time.Millisecond)
		_, err = client.InstanceState(t.Context(), shop)
		if failure := mustFail(t, err, KindRateLimited); failure.RetryAfter != 31*time.Second {
			t.Errorf("the pause is %s, want 31s: 30.3s rounded up", failure.RetryAfter)
		}
	})
}

// A read that waits for its own Retry-After does not also wait for the end of a
// longer pause.
func TestLimits_longPauseFailsReadsBetweenAttempts(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		other := api.Create("t1_other")
		other.SetDelay(time.Second)
		other.Enqueue(wachattest.RetryAfter(429, "2"))
		api.Instance(shop).Enqueue(wachattest.RetryAfter(429, "3600"))
		client := newClient(t, api, func(c *Config) { c.NoHedges = true })
		start := time.Now()
		var group errgroup.Group
		group.Go(func() error { _, err := client.InstanceState(t.Context(), "t1_other"); return err })
		synctest.Wait() // its request is sent
		_, _ = client.InstanceState(t.Context(), shop)
		failure := mustFail(t, group.Wait(), KindRateLimited)
		if took := time.Since(start); took != 3*time.Second || !failure.TooLong || failure.RetryAfter != 3597*time.Second {
			t.Errorf("failed after %s with %+v, want 3s: the answer and its Retry-After", took, failure)
		}
	})
}

// A read that waits for a slot when the pause begins fails as well, although a
// wait before it in the queue stays for the end of the pause.
func TestLimits_longPauseFailsReadsInTheQueue(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Create("t1_waiting")
		api.Create("t1_read")
		api.Instance(shop).SetDelay(time.Second)
		api.Instance(shop).Enqueue(wachattest.RetryAfter(429, "60"))
		client := newClient(t, api, func(c *Config) { c.MaxConcurrentRequests = 1 })
		var group errgroup.Group
		wait := Requirement{State: "open", Timeout: 5 * time.Minute, PollInterval: time.Second}
		start := time.Now()
		for _, name := range []string{shop, "t1_waiting"} {
			group.Go(func() error { _, err := client.Require(t.Context(), name, wait); return err })
			synctest.Wait()
		}
		_, err := client.InstanceState(t.Context(), "t1_read")
		_ = mustFail(t, err, KindRateLimited)
		if took := time.Since(start); took != time.Second {
			t.Errorf("the read failed after %s, want 1s: the first answer", took)
		}
		if err := group.Wait(); err != nil {
			t.Error(err)
		}
	})
}

func TestLimits_pauseIsNeverShortened(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 2)
		api.Instance(names[0]).Enqueue(wachattest.RetryAfter(503, "20"))
		api.Instance(names[1]).Enqueue(wachattest.RetryAfter(503, "1"))
		api.Instance(names[1]).SetDelay(time.Second)
		client := newClient(t, api)
		start := time.Now()
		var group errgroup.Group
		for _, name := range names {
			group.Go(func() error { _, err := client.InstanceState(t.Context(), name); return err })
		}
		time.Sleep(2 * time.Second)
		mustRead(t, client, shop)
		if took := time.Since(start); took != 20*time.Second {
			t.Errorf("a read was sent after %s, want the end of the longer pause, 20s", took)
		}
		if err := group.Wait(); err != nil {
			t.Error(err)
		}
	})
}

// Callers that leave give back their rate tokens.
func TestLimits_callersThatLeaveTakeNoToken(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 50)
		client := newClient(t, api, func(c *Config) { c.RequestsPerSecond, c.MaxConcurrentRequests = 5, 100 })
		ctx, cancel := context.WithCancel(t.Context())
		var group errgroup.Group
		for _, name := range names {
			group.Go(func() error { _, _ = client.InstanceState(ctx, name); return nil })
		}
		time.Sleep(300 * time.Millisecond)
		cancel()
		_ = group.Wait()
		start := time.Now()
		mustRead(t, client, shop)
		if took := time.Since(start); api.Requests() != 3 || took > 200*time.Millisecond {
			t.Errorf("%d requests, and the next read took %s; want 2 before it and 200ms at most", api.Requests(), took)
		}
	})
}

// After a pause the rate limit holds again, instead of letting everybody start
// who has waited.
func TestLimits_rateHoldsAfterAPause(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 10)
		api.Instance(names[0]).Enqueue(wachattest.RetryAfter(429, "10"))
		client := newClient(t, api, func(c *Config) { c.RequestsPerSecond = 1 })
		start := time.Now()
		for _, result := range client.RequireAll(t.Context(), names, Requirement{}) {
			if result.Err != nil {
				t.Fatal(result.Err)
			}
		}
		if took := time.Since(start).Round(time.Second); took < 18*time.Second || took > 20*time.Second {
			t.Errorf("took %s, want the pause of 10s and 9 or 10 requests at one a second", took)
		}
	})
}
