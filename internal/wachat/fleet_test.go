// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestRequireAll_readsConcurrentlyAndInOrder(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 100)
		for i := 0; i < 100; i += 2 {
			api.Delete(names[i]) // which affects no other
		}
		api.SetDelay(100 * time.Millisecond)
		start := time.Now()
		for i, result := range newClient(t, api).RequireAll(t.Context(), names, Requirement{}) {
			if i%2 == 0 {
				if failure := mustFail(t, result.Err, KindNotFound); failure.Instance != names[i] || result.State != nil {
					t.Errorf("result %d is %+v", i, result)
				}
			} else if result.Err != nil || result.State.Name != names[i] {
				t.Errorf("result %d is %+v", i, result)
			}
		}
		mustTake(t, start, time.Second)
		mustSend(t, api, 100)
	})
}

// Of 500 reads, so many are made.
func TestRequireAll_abortsWhatEveryReadWouldMeet(t *testing.T) {
	for _, tt := range []struct {
		fault       string
		healthy     int // every such instance is without the fault
		slots       int
		required    Requirement
		least, most int
	}{
		{"401", 0, 10, Requirement{}, 1, 20},
		{"401", 0, 10, Requirement{State: "open", Timeout: time.Hour}, 1, 20},
		{"500", 0, 10, Requirement{}, 10, 20},
		{"500", 0, 1, Requirement{}, 5, 5},
		{"500", 5, 1, Requirement{}, 500, 500},
		{"429:3600", 0, 10, Requirement{}, 10, 20},
		{"404", 0, 10, Requirement{}, 500, 500},
		{"contradiction", 0, 1, Requirement{}, 500, 500},
	} {
		bubble(t, tt.fault, func(t *testing.T, api *wachattest.Server) {
			names := createFleet(api, 500)
			for i, name := range names {
				if tt.healthy == 0 || i%tt.healthy != tt.healthy-1 {
					enqueue(api.Instance(name), tt.fault+"...")
				}
			}
			api.SetDelay(100 * time.Millisecond)
			read := 0
			client := newClient(t, api, atOnce, func(c *Config) { c.MaxConcurrentRequests, c.MaxRetries = tt.slots, 1 })
			for _, result := range client.RequireAll(t.Context(), names, tt.required) {
				if !errors.Is(result.Err, ErrNotRead) {
					read++
				}
			}
			if read < tt.least || read > tt.most {
				t.Errorf("%d of 500 were read, want %d to %d", read, tt.least, tt.most)
			}
		})
	}
}

// A failure of one instance that no later poll can undo ends the wait of all, also
// in a poll, once each was polled. A wait whose time is over ends no other.
func TestRequireAll_certainFailureEndsTheWait(t *testing.T) {
	hour := Requirement{State: "open", Timeout: time.Hour}
	stable := Requirement{State: "open", StableFor: 10 * time.Minute}
	for _, tt := range []struct {
		required    Requirement
		one, others waitCase
	}{
		{hour, waitCase{"a missing instance", "open", "404", "1s: not found"}, waitCase{"", "connecting", "1s+ok...", "1s: connecting, 1 polls, stopped"}},
		{hour, waitCase{"a failure during a poll", "open", "6500ms+404", "6.5s: not found"}, waitCase{"", "connecting", "1s+ok...", "6.5s: connecting, 1 polls, unanswered, stopped"}},
		{hour, waitCase{"another letter case", "Open", "", "1s: Open, 1 polls"}, waitCase{"", "close", "1s+ok...", "1s: close, 1 polls, stopped"}},
		{hour, waitCase{"no failure", "connecting 12s, open", "", "15s: found"}, waitCase{"", "close 12s, open", "", "15s: found"}},
		{stable, waitCase{"a streak that cannot begin", "close", "", "1s: close, 1 polls"}, waitCase{"", "open", "1s+ok...", "1s: open, 1 polls, stopped"}},
		{stable, waitCase{"a streak that is lost", "open 3s, close", "1s+ok...", "7s: close, 2 polls, 1 changes"}, waitCase{"", "open", "", "7s: open, 2 polls, held 5s, stopped"}},
		{
			Requirement{State: "open", Timeout: 20 * time.Second, StableFor: 15 * time.Second},
			waitCase{"a streak that may begin again", "open 7s, close", "", "20s: close, 5 polls, held 5s, 1 changes"},
			waitCase{"", "open", "", "20s: found"},
		},
		{
			Requirement{State: "open", Timeout: 9 * time.Second, PollInterval: 4 * time.Second},
			waitCase{"the deadline", "connecting", "", "9s: connecting, 3 polls"},
			waitCase{"", "close", "", "9s: close, 3 polls"},
		},
	} {
		bubble(t, tt.one.name, func(t *testing.T, api *wachattest.Server) {
			names := createFleet(api, 30)
			client := newClient(t, api, unhedged, wide)
			for i, name := range names {
				which := tt.others
				if i == 0 {
					which = tt.one
				}
				follow(t, api.Instance(name), which.states)
				enqueue(api.Instance(name), which.faults)
			}
			start := time.Now()
			results := client.RequireAll(t.Context(), names, tt.required)
			mustEnd(t, start, results[0].Err, tt.one.want)
			for _, result := range results[1:] {
				mustEnd(t, start, result.Err, tt.others.want)
			}
		})
	}
}
