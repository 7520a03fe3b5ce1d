// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"strconv"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// stable10 requires shop to be open for 10s, within a wait, polled every 3s.
func stable10(t *testing.T, client *Client, wait time.Duration, polls *[]Poll) (took time.Duration, err error) {
	t.Helper()
	start := time.Now()
	_, err = client.Require(t.Context(), shop, Requirement{
		State: "open", Timeout: wait, StableFor: 10 * time.Second, PollInterval: 3 * time.Second,
		OnPoll: func(p Poll) {
			if polls != nil {
				*polls = append(*polls, p)
			}
		},
	})
	return time.Since(start), err
}

func TestStreak_holds(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		var polls []Poll
		took, err := stable10(t, newClient(t, api), 0, &polls)
		if err != nil || took != 10*time.Second {
			t.Errorf("ended after %s with %v, want 10s", took, err)
		}
		held := []time.Duration{0, 3 * time.Second, 6 * time.Second, 9 * time.Second, 10 * time.Second}
		if len(polls) != len(held) {
			t.Fatalf("%d polls, want %d", len(polls), len(held))
		}
		for i, poll := range polls {
			if poll.Held != held[i] || poll.Elapsed != held[i] || poll.StableFor != 10*time.Second || poll.State != "open" {
				t.Errorf("poll %d is %+v, want it to have held %s", i+1, poll, held[i])
			}
		}
	})
}

// The streak runs from the first answer to the last request: the time of the
// first request and of the last answer proves nothing.
func TestStreak_countsNoAnswerTime(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.SetDelay(2 * time.Second)
		if took, err := stable10(t, newClient(t, api), 0, nil); err != nil || took != 14*time.Second {
			t.Errorf("ended after %s with %v, want 14s", took, err)
		}
	})
}

func TestStreak_dropsWithoutTimeToWait(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		setStateAfter(api.Instance(shop), 5*time.Second, "connecting")
		took, err := stable10(t, newClient(t, api), 0, nil)
		mismatch := mustMismatch(t, err)
		if took != 6*time.Second || mismatch.Found != "connecting" || mismatch.Held != 3*time.Second || mismatch.Changes != 1 || mismatch.Polls != 3 {
			t.Errorf("ended after %s with %+v", took, mismatch)
		}
	})
}

func TestStreak_beginsAgainWithinTheWait(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		instance := api.Instance(shop)
		setStateAfter(instance, 5*time.Second, "connecting")
		setStateAfter(instance, 8*time.Second, "open")
		// Found at 9s, a second before the deadline; the streak goes on beyond it.
		if took, err := stable10(t, newClient(t, api), 10*time.Second, nil); err != nil || took != 19*time.Second {
			t.Errorf("ended after %s with %v, want 19s", took, err)
		}
	})
}

func TestStreak_doesNotBeginAfterTheDeadline(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		instance := api.Instance(shop)
		setStateAfter(instance, 11*time.Second, "close") // found at the next poll, 12s
		setStateAfter(instance, 13*time.Second, "open")
		instance.Connecting()
		setStateAfter(instance, 2*time.Second, "open") // found at 3s
		took, err := stable10(t, newClient(t, api), 11*time.Second, nil)
		mismatch := mustMismatch(t, err)
		if took != 12*time.Second || mismatch.Held != 6*time.Second || mismatch.Changes != 2 || mismatch.Found != "close" {
			t.Errorf("ended after %s with %+v", took, mismatch)
		}
	})
}

func TestStreak_needsTheStateAtFirstWithoutTimeToWait(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Close()
		took, err := stable10(t, newClient(t, api), 0, nil)
		if mismatch := mustMismatch(t, err); took != 0 || mismatch.Found != "close" || mismatch.Polls != 1 || mismatch.Held != 0 {
			t.Errorf("ended after %s with %+v", took, mismatch)
		}
	})
}

// The first poll is a read with its retries where there is no time to wait.
func TestStreak_firstPollIsRetried(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.Status(503), wachattest.Status(503), wachattest.Status(503))
		if took, err := stable10(t, newClient(t, api, atOnce), 0, nil); err != nil || took != 10*time.Second {
			t.Errorf("ended after %s with %v, want 10s", took, err)
		}
		api.Instance(shop).SetFault(wachattest.Status(503))
		_, err := stable10(t, newClient(t, api, atOnce), 0, nil)
		if failure := mustFail(t, err, KindUnavailable); failure.Attempts != 4 {
			t.Errorf("got %+v", failure)
		}
	})
}

func TestStreak_transientFailures(t *testing.T) {
	down := wachattest.Status(503)
	for _, tt := range []struct {
		name   string
		faults []wachattest.Fault
		took   time.Duration
		held   time.Duration // 0 if the read succeeds
	}{
		{"two in a row", []wachattest.Fault{nil, down, down}, 10 * time.Second, 0},
		{"three, but not in a row", []wachattest.Fault{nil, down, down, nil, down}, 11 * time.Second, 0},
		{"three in a row", []wachattest.Fault{nil, nil, down, down, down}, 10 * time.Second, 3 * time.Second},
		{"at the end, repeated after a backoff", []wachattest.Fault{nil, nil, nil, nil, down, down}, 12 * time.Second, 0},
		{"three at the end", []wachattest.Fault{nil, nil, nil, nil, down, down, down}, 12 * time.Second, 9 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).Enqueue(tt.faults...)
				client := newClient(t, api, func(c *Config) { c.RetryWaitMin, c.RetryWaitMax = time.Second, time.Second })
				took, err := stable10(t, client, 0, nil)
				if took != tt.took || (err == nil) != (tt.held == 0) {
					t.Fatalf("ended after %s with %v, want %s", took, err, tt.took)
				}
				if err != nil {
					if mismatch := mustMismatch(t, err); mismatch.Held != tt.held || mismatch.Last == nil || mismatch.Last.Status != 503 {
						t.Errorf("got %+v", mismatch)
					}
				}
			})
		})
	}
}

// Once the end is due, there are no more retries than a read has.
func TestStreak_endHasTheRetriesOfARead(t *testing.T) {
	for retries, polls := range map[int]int{0: 6, 1: 7, 2: 8, 9: 8} {
		t.Run(strconv.Itoa(retries), func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).Enqueue(nil, nil, nil, nil)
				api.Instance(shop).SetFault(wachattest.Status(503))
				client := newClient(t, api, atOnce, func(c *Config) { c.MaxRetries = retries })
				_, err := stable10(t, client, 0, nil)
				if mismatch := mustMismatch(t, err); mismatch.Polls != polls-1 {
					t.Errorf("%d polls, want %d", mismatch.Polls, polls-1)
				}
			})
		})
	}
}

func TestStreak_permanentFailureEndsIt(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(nil, nil, wachattest.Status(404))
		took, err := stable10(t, newClient(t, api), time.Hour, nil)
		_ = mustFail(t, err, KindNotFound)
		if took != 6*time.Second {
			t.Errorf("ended after %s, want 6s", took)
		}
	})
}

// An answer from a cache does not show what the state is now.
func TestStreak_oldAnswersDoNotExtendIt(t *testing.T) {
	old := wachattest.Header("Age", "1", nil)
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(nil, old, nil, old)
		if took, err := stable10(t, newClient(t, api), 0, nil); err != nil || took != 10*time.Second {
			t.Errorf("ended after %s with %v, want 10s", took, err)
		}
		api.Instance(shop).SetFault(old)
		_, err := stable10(t, newClient(t, api), 0, nil)
		_ = mustFail(t, err, KindStale)
		took, err := stable10(t, newClient(t, api), 20*time.Second, nil)
		if mismatch := mustMismatch(t, err); took != 20*time.Second || mismatch.Last == nil || mismatch.Last.Kind != KindStale || mismatch.Held != 0 {
			t.Errorf("ended after %s with %+v", took, mismatch)
		}
		api.Instance(shop).Close() // another state counts, however old its answer is
		_, err = stable10(t, newClient(t, api), 0, nil)
		if mismatch := mustMismatch(t, err); mismatch.Found != "close" || mismatch.Last != nil {
			t.Errorf("got %+v", mismatch)
		}
	})
}

func TestStreak_retryAfterPostponesAPoll(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(nil, wachattest.RetryAfter(429, "20"))
		if took, err := stable10(t, newClient(t, api), 0, nil); err != nil || took != 23*time.Second {
			t.Errorf("ended after %s with %v, want 23s", took, err)
		}
		api.Instance(shop).Enqueue(nil, wachattest.RetryAfter(429, "60"))
		took, err := stable10(t, newClient(t, api), 0, nil)
		if mismatch := mustMismatch(t, err); took != 3*time.Second || mismatch.Last.RetryAfter != time.Minute {
			t.Errorf("ended after %s with %+v", took, mismatch)
		}
	})
}

// A pause that another instance met ends a streak that it outlasts, even if the
// next poll is already in the queue.
func TestStreak_anothersLongRetryAfter(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 3)
		api.SetDelay(time.Second)
		api.Instance(names[0]).Enqueue(nil, wachattest.RetryAfter(429, "86400"))
		client := newClient(t, api, func(c *Config) { c.MaxConcurrentRequests, c.NoHedges = 1, true })
		start := time.Now()
		results := client.RequireAll(t.Context(), names, Requirement{State: "open", StableFor: time.Minute})
		for i, result := range results {
			mismatch := mustMismatch(t, result.Err)
			if mismatch.Last == nil || mismatch.Last.Kind != KindRateLimited || mismatch.Last.TooLong || mismatch.Found != "open" {
				t.Errorf("%s: %+v, its last failure %+v", names[i], mismatch, mismatch.Last)
			}
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("took %s, want a minute at most", took)
		}
	})
}

// A flapping instance is never taken for a stable one, and each of a fleet has
// its own streak.
func TestStreak_fleet(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		names := createFleet(api, 100)
		flapping := map[string]bool{}
		for _, name := range names[:5] {
			flapping[name] = true
			instance, requests := api.Instance(name), 0
			instance.OnRequest(func() {
				if requests++; requests%2 == 0 {
					instance.Connecting()
				} else {
					instance.Open()
				}
			})
		}
		start := time.Now()
		results := newClient(t, api, func(c *Config) { c.MaxConcurrentRequests = 100 }).RequireAll(t.Context(), names,
			Requirement{State: "open", Timeout: 20 * time.Second, StableFor: 10 * time.Second, PollInterval: 3 * time.Second})
		for i, result := range results {
			if !flapping[names[i]] {
				if result.Err != nil {
					t.Errorf("%s: %v", names[i], result.Err)
				}
				continue
			}
			if mismatch := mustMismatch(t, result.Err); mismatch.Held != 0 || mismatch.Changes < 5 {
				t.Errorf("%s: %+v", names[i], mismatch)
			}
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("took %s, want 30s at most", took)
		}
	})
}
