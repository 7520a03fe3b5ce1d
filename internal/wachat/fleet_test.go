// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// createFleet creates n open instances and returns their names.
func createFleet(api *wachattest.Server, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("t1_%04d", i)
		api.Create(names[i])
	}
	return names
}

func notRead(results []Result) int {
	n := 0
	for _, result := range results {
		if errors.Is(result.Err, ErrNotRead) {
			n++
		}
	}
	return n
}

func TestRequireAll_readsConcurrentlyAndInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 100)
		api.SetDelay(100 * time.Millisecond)
		start := time.Now()
		for i, result := range newClient(t, api).RequireAll(t.Context(), names, Requirement{}) {
			if result.Err != nil || result.State.Name != names[i] || result.State.Text("apiInstanceName") != names[i] {
				t.Fatalf("result %d is %+v", i, result)
			}
		}
		if took := time.Since(start); took != time.Second || api.Requests() != 100 {
			t.Errorf("took %s and %d requests, want 1s and 100", took, api.Requests())
		}
	})
}

func TestRequireAll_oneFailureAffectsNoOther(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 50)
		for i := 0; i < 50; i += 2 {
			api.Delete(names[i])
		}
		for i, result := range newClient(t, api).RequireAll(t.Context(), names, Requirement{}) {
			if (KindOf(result.Err) == KindNotFound) != (i%2 == 0) {
				t.Errorf("result %d is %+v", i, result)
			}
		}
		if n := api.Requests(); n != 50 {
			t.Errorf("%d requests, want 50", n)
		}
	})
}

func TestRequireAll_aborts(t *testing.T) {
	waiting := Requirement{State: "open", Timeout: time.Hour, PollInterval: time.Second}
	for _, tt := range []struct {
		name        string
		fault       wachattest.Fault
		requirement Requirement
		requests    int
	}{
		{"when the key is refused", wachattest.Status(401), Requirement{}, 10},
		{"when the key is refused while waiting", wachattest.Status(401), waiting, 50},
		{"when as many reads as are in flight have used up their attempts", wachattest.Status(500), Requirement{}, 40},
		{"when the API asks for a pause that is too long", wachattest.RetryAfter(429, "3600"), Requirement{}, 10},
		{"when every answer is a redirect", wachattest.Redirect(302, "/login"), Requirement{}, 10},
		{"when every answer is a redirect while waiting", wachattest.Redirect(302, "/login"), waiting, 50},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				names := createFleet(api, 500)
				api.SetFault(tt.fault)
				api.SetDelay(100 * time.Millisecond)
				results := newClient(t, api, atOnce).RequireAll(t.Context(), names, tt.requirement)
				// Reads that have begun when the fleet gives up may end. Those of a wait
				// have all begun, and some get their turn while they are told to leave.
				if n := api.Requests(); n > 2*tt.requests {
					t.Errorf("%d requests, want about %d", n, tt.requests)
				}
				if n := notRead(results); n < 450 || n == 500 {
					t.Errorf("%d of 500 were not read, want most but not all", n)
				}
			})
		})
	}
}

func TestRequireAll_doesNotAbort(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault func(i int) wachattest.Fault
	}{
		{"when a success comes between", func(i int) wachattest.Fault {
			if i%2 == 0 {
				return nil
			}
			return wachattest.Status(500)
		}},
		{"when every instance is missing", func(int) wachattest.Fault { return wachattest.Status(404) }},
		{"when answers contradict themselves", func(i int) wachattest.Fault {
			if i >= 50 {
				return nil
			}
			return wachattest.Body("application/json", fmt.Sprintf(`{"success":true,"data":{"instance":{"state":"close"}},"instance":{"apiInstanceName":"t1_%04d","state":"open"}}`, i))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				names := createFleet(api, 100)
				for i, name := range names {
					api.Instance(name).SetFault(tt.fault(i))
				}
				for _, concurrent := range []int{1, 10} {
					client := newClient(t, api, atOnce, func(c *Config) { c.MaxConcurrentRequests = concurrent })
					if n := notRead(client.RequireAll(t.Context(), names, Requirement{})); n != 0 {
						t.Errorf("%d were not read with %d in flight", n, concurrent)
					}
				}
			})
		})
	}
}

func TestRequireAll_waitsConcurrently(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 100)
		for _, name := range names {
			instance, polls := api.Instance(name), 0
			instance.Connecting()
			instance.OnRequest(func() {
				if polls++; polls == 4 {
					instance.Open()
				}
			})
		}
		start := time.Now()
		for _, result := range newClient(t, api).RequireAll(t.Context(), names, Requirement{State: "open", Timeout: time.Minute, PollInterval: 10 * time.Second}) {
			if result.Err != nil {
				t.Fatal(result.Err)
			}
		}
		if took := time.Since(start); took != 30*time.Second || api.Requests() != 400 {
			t.Errorf("took %s and %d requests, want 30s and 400", took, api.Requests())
		}
	})
}

// With one request in flight, a single failure must not end the fleet.
func TestRequireAll_abortsAfterFiveFailuresAtLeast(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 20)
		api.SetFault(wachattest.Status(500))
		client := newClient(t, api, once, func(c *Config) { c.MaxConcurrentRequests = 1 })
		if n := notRead(client.RequireAll(t.Context(), names, Requirement{})); n != 15 {
			t.Errorf("%d of 20 were not read, want 15", n)
		}
	})
}

// One instance that can never meet the requirement decides the fleet's wait,
// once there is something to report about the others.
func TestRequireAll_permanentFailureEndsTheWait(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 30)
		for _, name := range names {
			api.Instance(name).Connecting()
		}
		api.Delete(names[0])
		api.SetDelay(time.Second)
		start := time.Now()
		results := newClient(t, api).RequireAll(t.Context(), names, Requirement{State: "open", Timeout: time.Hour})
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("took %s, want one poll of each, 10 at a time", took)
		}
		_ = mustFail(t, results[0].Err, KindNotFound)
		for _, result := range results[1:] {
			if mismatch := mustMismatch(t, result.Err); mismatch.Found != "connecting" || mismatch.Polls != 1 || !mismatch.Stopped {
				t.Errorf("got %+v", mismatch)
			}
		}
	})
}

// The end of a fleet's wait also ends a poll.
func TestRequireAll_permanentFailureEndsAPoll(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Connecting()
		api.Instance(shop).SetDelay(4 * time.Second) // the second poll takes from 9s to 13s
		api.Create("t1_gone").SetDelay(12 * time.Second)
		api.Instance("t1_gone").SetFault(wachattest.Status(404))
		start := time.Now()
		results := newClient(t, api, unhedged).RequireAll(t.Context(), []string{shop, "t1_gone"}, Requirement{State: "open", Timeout: time.Hour})
		if took := time.Since(start); took != 12*time.Second {
			t.Errorf("took %s, want 12s", took)
		}
		_ = mustFail(t, results[1].Err, KindNotFound)
		if mismatch := mustMismatch(t, results[0].Err); mismatch.Found != "connecting" || mismatch.Polls != 1 || !mismatch.Stopped {
			t.Errorf("got %+v", mismatch)
		}
	})
}

// What affects every read ends a fleet, however each read found out.
func TestError_affectsAllInstances(t *testing.T) {
	affects := []Kind{KindConnection, KindCertificate, KindProxy, KindTimeout, KindRedirect, KindRateLimited, KindUnavailable}
	for kind := range kindNames {
		if got, want := (&Error{Kind: kind, Status: 407}).affectsAllInstances(), slices.Contains(affects, kind); got != want {
			t.Errorf("kind %q: %t, want %t", kind, got, want)
		}
	}
	if !(&Error{Kind: KindRateLimited, TooLong: true}).affectsAllInstances() {
		t.Error("a pause that is too long affects one instance only")
	}
}
