// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"fmt"
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

func notAsked(results []Result) int {
	n := 0
	for _, result := range results {
		if errors.Is(result.Err, ErrNotRead) {
			n++
		}
	}
	return n
}

func TestAFleetIsReadSideBySideAndInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 100)
		api.SetDelay(time.Second)
		start := time.Now()
		for i, result := range newClient(t, api).RequireAll(t.Context(), names, Requirement{}) {
			if result.Err != nil || result.State.Name != names[i] || result.State.Text("apiInstanceName") != names[i] {
				t.Fatalf("result %d is %+v", i, result)
			}
		}
		if took := time.Since(start); took != 10*time.Second || api.Requests() != 100 {
			t.Errorf("took %s and %d requests, want 10s and 100", took, api.Requests())
		}
	})
}

func TestOneFailureIsNoOthers(t *testing.T) {
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

func TestAFleetGivesUpEarly(t *testing.T) {
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
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				names := createFleet(api, 500)
				api.SetFault(tt.fault)
				api.SetDelay(time.Second)
				results := newClient(t, api, atOnce).RequireAll(t.Context(), names, tt.requirement)
				// Reads that have begun when the fleet gives up may end. Those of a wait
				// have all begun, and some get their turn while they are told to leave.
				if n := api.Requests(); n > 2*tt.requests {
					t.Errorf("%d requests, want about %d", n, tt.requests)
				}
				if n := notAsked(results); n < 450 || n == 500 {
					t.Errorf("%d of 500 were not asked, want most but not all", n)
				}
			})
		})
	}
}

func TestAFleetDoesNotGiveUp(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(i int) wachattest.Fault
	}{
		{"when a success comes between", func(i int) wachattest.Fault {
			if i%2 == 0 {
				return nil
			}
			return wachattest.Status(500)
		}},
		{"when every instance is missing", func(int) wachattest.Fault { return wachattest.Status(404) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				names := createFleet(api, 100)
				for i, name := range names {
					api.Instance(name).SetFault(tt.spoil(i))
				}
				results := newClient(t, api, atOnce).RequireAll(t.Context(), names, Requirement{})
				if n := notAsked(results); n != 0 {
					t.Errorf("%d were not asked", n)
				}
			})
		})
	}
}

func TestAFleetWaitsForAllAtTheSameTime(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 100)
		for _, name := range names {
			instance, looks := api.Instance(name), 0
			instance.Connecting()
			instance.OnRequest(func() {
				if looks++; looks == 4 {
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
