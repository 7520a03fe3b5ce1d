// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// A state may be any text: what is shown of it is not the key, and no number.
func TestRequire_foundStateIsFitToBeShown(t *testing.T) {
	key := wachattest.DefaultKey
	for state, want := range map[string]string{
		"open " + key[4:14] + "!": "open …!", " open": " open", strings.ToUpper(key[:9]): "…", "at 628123456789": "at [number]",
		strings.Repeat("w", 60): strings.Repeat("w", 60), strings.Repeat("é", 201): strings.Repeat("é", 199) + "…",
	} {
		api := startAPI(t)
		api.Instance(shop).SetState(state)
		api.Instance(shop).Set("instanceName", "store "+key)
		var polls []Poll
		_, err := newClient(t, api).Require(t.Context(), shop, Requirement{State: "open", StableFor: time.Second, OnPoll: func(p Poll) { polls = append(polls, p) }})
		if mismatch := mustMismatch(t, err); mismatch.Found != want || mismatch.DisplayName != "store …" || len(polls) != 1 || polls[0].State != want {
			t.Errorf("%q gives %+v and the polls %+v, want %q", state, mismatch, polls, want)
		}
	}
}

// waitCase is a wait for shop to be open, of the states and faults that it meets.
type waitCase struct{ name, states, faults, want string }

func checkWait(t *testing.T, tt waitCase, required Requirement) {
	t.Helper()
	bubble(t, tt.name, func(t *testing.T, api *wachattest.Server) {
		follow(t, api.Instance(shop), tt.states)
		enqueue(api.Instance(shop), tt.faults)
		client := newClient(t, api, unhedged, withoutJitter, func(c *Config) { c.RetryWaitMin, c.RetryWaitMax = 0, 10*time.Second })
		required.State = "open"
		start := time.Now()
		_, err := client.Require(t.Context(), shop, required)
		mustEnd(t, start, err, tt.want)
	})
}

// Without a wait, a read has its retries and the first answer decides.
func TestRequire_firstAnswerDecides(t *testing.T) {
	for _, tt := range []waitCase{
		{"another state", "close", "503", "0s: close, 1 polls"},
		{"the state", "open", "503 503 503", "0s: found"},
		{"only failures", "open", "503...", "0s: unavailable"},
	} {
		checkWait(t, tt, Requirement{})
	}
}

// Waits of 30s, of polls every 5s.
func TestWait_outcomes(t *testing.T) {
	for _, tt := range []waitCase{
		{"found", "connecting 14s, open", "", "15s: found"},
		{"never found", "connecting", "", "30s: connecting, 7 polls"},
		{"other states", "close 1s, connecting 24s, close", "", "30s: close, 7 polls, 2 changes"},
		{"found after transient failures", "open", "503 cut reset", "15s: found"},
		{"only transient failures", "open", "503...", "30s: nothing, 7 polls, last unavailable"},
		{"a state, and then failures", "connecting", "- 502...", "30s: connecting, 7 polls, last unavailable"},
		{"the deadline in a poll", "open", "hang...", "30s: nothing, 1 polls, unanswered, last attempt timed out"},
		{"404", "connecting", "- 404", "5s: not found"},
		{"nonsense", "connecting", "- html", "5s: malformed answer"},
		{"a Retry-After", "connecting 1s, open", "429:12 429:1", "17s: found"},
		{"a Retry-After beyond the deadline", "connecting", "- - 429:21", "10s: connecting, 3 polls, last rate-limited"},
		{"a Retry-After until the deadline", "connecting", "- - 429:20", "30s: connecting, 3 polls, last rate-limited"},
		{"an answer of a cache", "connecting 4s, open", "age:30...", "5s: found"},
		{"an answer of an old cache", "open", "age:61...", "30s: nothing, 7 polls, last stale answer"},
	} {
		checkWait(t, tt, Requirement{Timeout: 30 * time.Second, PollInterval: 5 * time.Second})
	}
}

// To be open for 10s, of polls every 3s.
func TestStreak_outcomes(t *testing.T) {
	for timeout, cases := range map[time.Duration][]waitCase{
		0: {
			{"it holds", "open", "", "10s: found"},
			{"the time of answers does not count", "open", "2s+ok...", "14s: found"},
			{"lost", "open 5s, connecting", "", "6s: connecting, 3 polls, held 3s, 1 changes"},
			{"never open", "close", "", "0s: close, 1 polls"},
			{"the first poll is retried", "open", "503 503 503", "10s: found"},
			{"the first poll fails", "open", "503...", "0s: unavailable"},
			{"all answers are of a cache", "open", "age:1...", "0s: stale answer"},
			{"some answers are of a cache", "open", "- age:1 - age:1", "10s: found"},
			{"three in a row", "open", "- - 503...", "10s: open, 5 polls, held 3s, last unavailable"},
			{"retried at the end", "open", "- - - - 503 503 503", "10s: found"},
			{"failed at the end", "open", "- - - - 503...", "10s: open, 5 polls, held 9s, last unavailable"},
			{"a permanent failure", "open", "- - 404", "6s: not found"},
			{"a pause", "open", "- 429:9", "12s: found"},
			{"a pause that is too long", "open", "- 429:60", "3s: open, 2 polls, last rate-limited"},
		},
		11 * time.Second: {
			{"begun again", "open 5s, connecting 3s, open", "", "19s: found"},
			{"not begun after the deadline", "connecting 2s, open 9s, close 2s, open", "", "12s: close, 5 polls, held 6s, 2 changes"},
			{"only answers of a cache", "open", "age:1...", "11s: nothing, 5 polls, last stale answer"},
		},
		20 * time.Second: {{"begun again after failures", "open", "- 503 503 503", "22s: found"}},
	} {
		for _, tt := range cases {
			checkWait(t, tt, Requirement{Timeout: timeout, StableFor: 10 * time.Second, PollInterval: 3 * time.Second})
		}
	}
}

// A poll that never got its turn does not count, and was not sent.
func TestWait_deadlineEndsQueueing(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		api.Instance(other).SetDelay(time.Hour)
		client := newClient(t, api, unhedged, func(c *Config) { c.MaxConcurrentRequests, c.RequestTimeout = 1, 2*time.Hour })
		var group sync.WaitGroup
		group.Go(func() { mustRead(t, client, other) })
		time.Sleep(time.Second)
		start := time.Now()
		_, err := client.Require(t.Context(), shop, Requirement{State: "open", Timeout: 30 * time.Second})
		mustEnd(t, start, err, "30s: nothing, 0 polls")
		group.Wait()
		mustSend(t, api, 1)
	})
}

// A wait that is no longer than its poll interval still polls twice; the last poll
// leaves time for an answer as slow as the slowest so far.
func TestWait_polls(t *testing.T) {
	const second = time.Second
	for _, tt := range []struct {
		timeout, delay time.Duration
		want           string
	}{
		{second, 0, "0s 500ms"},
		{5 * second, 0, "0s 4s"},
		{11 * second, 0, "0s 5s 10s"},
		{9 * second, second, "0s 6s 7s"},
		{20 * second, 4 * second, "0s 9s 13s"},
		{10 * second, 4 * second, "0s 5s"},
	} {
		bubble(t, "", func(t *testing.T, api *wachattest.Server) {
			api.Instance(shop).Connecting()
			api.SetDelay(tt.delay)
			record, attempts := recorded()
			start := time.Now()
			_, _ = newClient(t, api, unhedged, record).Require(t.Context(), shop, Requirement{State: "open", Timeout: tt.timeout})
			var got []string
			for _, at := range api.RequestTimes(shop) {
				got = append(got, at.Sub(start).String())
			}
			if all := attempts(); strings.Join(got, " ") != tt.want || all[len(all)-1].Number != len(got) {
				t.Errorf("%+v: the polls were at %s, the attempts are %+v", tt, got, all)
			}
		})
	}
}

// A wait that meets another read's pause of a minute ends at once if the pause ends
// after the deadline, and polls after it otherwise. It counts no poll for the pause.
func TestWait_anothersPause(t *testing.T) {
	const second = time.Second
	for _, tt := range []struct {
		begins          time.Duration // after the wait's start
		timeout, stable time.Duration
		want            string
	}{
		{0, 120 * second, 0, "1m0s: found"},
		{0, 120 * second, 10 * second, "1m10s: found"},
		{0, 50 * second, 0, "0s: nothing, 0 polls, last rate-limited"},
		{0, 50 * second, time.Hour, "0s: nothing, 0 polls, last rate-limited"},
		{40 * second, 28 * second, 20 * second, "47s: open, 5 polls, held 10s, 1 changes, last rate-limited too long"},
		{22 * second, 80 * second, 0, "30s: connecting, 3 polls, last rate-limited"},
	} {
		bubble(t, "", func(t *testing.T, api *wachattest.Server) {
			follow(t, api.Instance(shop), "connecting 25s, open")
			enqueue(api.Instance(other), "429:60")
			client := newClient(t, api)
			start := time.Now()
			var group sync.WaitGroup
			group.Go(func() {
				time.Sleep(tt.begins)
				_, _ = readState(t, client, other)
			})
			if tt.begins == 0 {
				group.Wait()
			}
			_, err := client.Require(t.Context(), shop, Requirement{State: "open", Timeout: tt.timeout, StableFor: tt.stable, PollInterval: 10 * second})
			mustEnd(t, start, err, tt.want)
			group.Wait()
		})
	}
}
