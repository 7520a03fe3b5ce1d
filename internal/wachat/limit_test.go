// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// A limiter takes 10 requests a second and asks the rest to wait for one: no
// instance asks again before its time, and all succeed.
func TestAPauseIsOneForAll(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 50)
		api.SetFault(wachattest.Limiter(10, time.Second, "1"))
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

func TestAPauseHoldsBackReadsThatDidNotMeetIt(t *testing.T) {
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

func TestAPauseThatIsTooLongHoldsNobodyBack(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Create("t1_other")
		api.Instance(shop).SetFault(wachattest.RetryAfter(429, "86400"))
		client := newClient(t, api)
		_, err := client.InstanceState(t.Context(), shop)
		_ = mustFail(t, err, KindRateLimited)
		start := time.Now()
		mustRead(t, client, "t1_other")
		if took := time.Since(start); took != 0 {
			t.Errorf("the other read took %s", took)
		}
	})
}

// After a pause the rate limit holds again, instead of letting everybody start
// who has waited.
func TestARateHoldsAfterAPause(t *testing.T) {
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
