// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// require asks for shop to be open within 30s, polling every 5s.
func require30(t *testing.T, client *Client, polls *[]Poll) (*InstanceState, error) {
	t.Helper()
	return client.Require(t.Context(), shop, Requirement{
		State: "open", Timeout: 30 * time.Second, PollInterval: 5 * time.Second,
		OnPoll: func(l Poll) {
			if polls != nil {
				*polls = append(*polls, l)
			}
		},
	})
}

func mustMismatch(t *testing.T, err error) *StateError {
	t.Helper()
	var mismatch *StateError
	if !errors.As(err, &mismatch) {
		t.Fatalf("got error %v, want a StateError", err)
	}
	return mismatch
}

func TestRequire_firstAnswerDecides(t *testing.T) {
	api := startAPI(t)
	client := newClient(t, api, atOnce)
	if state, err := client.Require(t.Context(), shop, Requirement{State: "open"}); err != nil || state.State != "open" {
		t.Errorf("open: got %v, %v", state, err)
	}
	api.Instance(shop).Close()
	if state, err := client.Require(t.Context(), shop, Requirement{}); err != nil || state.State != "close" {
		t.Errorf("no requirement: got %v, %v", state, err)
	}
	_, err := client.Require(t.Context(), shop, Requirement{State: "open"})
	if got, want := *mustMismatch(t, err), (StateError{Instance: shop, DisplayName: "jakarta_store", Required: "open", Found: "close", Polls: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	api.Instance(shop).Enqueue(wachattest.Status(500))
	if _, err := client.Require(t.Context(), shop, Requirement{State: "close"}); err != nil {
		t.Errorf("a failure that passes is tried again: %v", err)
	}
}

func TestWait_pollsUntilTheStateIsFound(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		instance := api.Instance(shop)
		instance.Close()
		polls := 0
		instance.OnRequest(func() {
			switch polls++; polls {
			case 2:
				instance.Connecting()
			case 4:
				instance.Open()
			}
		})
		var seen []Poll
		start := time.Now()
		state, err := require30(t, newClient(t, api), &seen)
		if err != nil || state.State != "open" {
			t.Fatalf("got %v, %v", state, err)
		}
		if took := time.Since(start); took != 15*time.Second {
			t.Errorf("took %s, want 15s", took)
		}
		want := []Poll{
			{State: "close", Timeout: 30 * time.Second},
			{State: "connecting", Elapsed: 5 * time.Second, Timeout: 30 * time.Second},
			{State: "connecting", Elapsed: 10 * time.Second, Timeout: 30 * time.Second},
			{State: "open", Elapsed: 15 * time.Second, Timeout: 30 * time.Second},
		}
		if !slices.Equal(seen, want) {
			t.Errorf("saw %v, want %v", seen, want)
		}
	})
}

func TestWait_transientFailures(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		instance := api.Instance(shop)
		instance.Connecting()
		instance.Enqueue(wachattest.Status(503), nil, wachattest.Reset(), wachattest.Truncated(), nil)
		polls := 0
		instance.OnRequest(func() {
			if polls++; polls == 5 {
				instance.Open()
			}
		})
		if _, err := require30(t, newClient(t, api, once), nil); err != nil {
			t.Fatal(err)
		}
		if n := api.Requests(); n != 5 {
			t.Errorf("%d requests, want 5", n)
		}
	})
}

func TestWait_endsAtItsDeadline(t *testing.T) {
	for _, tt := range []struct {
		name  string
		state string
		fault wachattest.Fault
		polls int
		found string
		last  Kind
	}{
		{name: "in another state", state: "connecting", polls: 7, found: "connecting"},
		{name: "with failures that may pass", fault: wachattest.Status(503), polls: 7, last: KindUnavailable},
		{name: "in the middle of a poll", fault: wachattest.HangHeaders(), polls: 1, last: KindTimeout},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).SetState(tt.state)
				api.Instance(shop).SetFault(tt.fault)
				start := time.Now()
				_, err := require30(t, newClient(t, api), nil)
				mismatch := mustMismatch(t, err)
				if took := time.Since(start); took != 30*time.Second || mismatch.Waited != took {
					t.Errorf("took %s and says %s, want 30s", took, mismatch.Waited)
				}
				if mismatch.Found != tt.found || mismatch.Required != "open" || mismatch.Instance != shop {
					t.Errorf("got %+v", mismatch)
				}
				if (mismatch.Last == nil) != (tt.last == KindUnknown) || mismatch.Last != nil && mismatch.Last.Kind != tt.last {
					t.Errorf("the last failure is %v", mismatch.Last)
				}
				if mismatch.Polls != tt.polls {
					t.Errorf("%d polls, want %d", mismatch.Polls, tt.polls)
				}
			})
		})
	}
}

func TestWait_reportsLastStateAndFailure(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Close()
		api.Instance(shop).Enqueue(nil)
		api.Instance(shop).SetFault(wachattest.Status(502))
		_, err := require30(t, newClient(t, api), nil)
		if mismatch := mustMismatch(t, err); mismatch.Found != "close" || mismatch.Last == nil || mismatch.Last.Status != 502 {
			t.Errorf("got %+v", mismatch)
		}
	})
}

func TestWait_endsOnAPermanentFailure(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault wachattest.Fault
		kind  Kind
	}{
		{"404", wachattest.Status(404), KindNotFound},
		{"401", wachattest.Status(401), KindUnauthorized},
		{"a redirect", wachattest.Redirect(302, "https://example.com/login"), KindRedirect},
		{"nonsense", wachattest.Body("text/html", "<p>open</p>"), KindMalformed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).Connecting()
				api.Instance(shop).Enqueue(nil, tt.fault)
				start := time.Now()
				_, err := require30(t, newClient(t, api), nil)
				_ = mustFail(t, err, tt.kind)
				if took := time.Since(start); took != 5*time.Second || api.Requests() != 2 {
					t.Errorf("took %s and %d requests, want 5s and 2", took, api.Requests())
				}
			})
		})
	}
}

func TestWait_retryAfterPostponesThePoll(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.RetryAfter(429, "12"), wachattest.RetryAfter(503, "1"))
		start := time.Now()
		if _, err := require30(t, newClient(t, api), nil); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != 17*time.Second {
			t.Errorf("took %s, want 12s for the pause and 5s for the poll interval", took)
		}
	})
}

func TestWait_retryAfterBeyondTheDeadline(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Connecting()
		api.Instance(shop).Enqueue(nil, nil, wachattest.RetryAfter(429, "21"))
		_, err := require30(t, newClient(t, api), nil)
		if mismatch := mustMismatch(t, err); mismatch.Waited != 10*time.Second || mismatch.Last.RetryAfter != 21*time.Second || mismatch.Found != "connecting" {
			t.Errorf("got %+v", mismatch)
		}
	})
}

func TestWait_interrupt(t *testing.T) {
	interrupted := errors.New("interrupted")
	for name, fault := range map[string]wachattest.Fault{"between two polls": nil, "in a poll": wachattest.HangHeaders()} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).Close()
				api.Instance(shop).SetFault(fault)
				ctx, interrupt := context.WithCancelCause(t.Context())
				time.AfterFunc(7*time.Second, func() { interrupt(interrupted) })
				start := time.Now()
				_, err := newClient(t, api).Require(ctx, shop, Requirement{State: "open", Timeout: time.Hour, PollInterval: time.Minute})
				if took := time.Since(start); !errors.Is(err, interrupted) || took != 7*time.Second {
					t.Errorf("ended with %v after %s", err, took)
				}
			})
		})
	}
}

// Polls that never got their turn do not count.
func TestWait_deadlineEndsQueueing(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Create("t1_slow").SetDelay(time.Hour)
		client := newClient(t, api, func(c *Config) { c.MaxConcurrentRequests, c.RequestTimeout = 1, 2*time.Hour })
		slow, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); _, _ = client.InstanceState(slow, "t1_slow") }()
		time.Sleep(time.Second)
		_, err := require30(t, client, nil)
		if mismatch := mustMismatch(t, err); mismatch.Waited != 30*time.Second || mismatch.Found != "" || mismatch.Polls != 0 || mismatch.Last != nil {
			t.Errorf("got %+v", mismatch)
		}
		cancel()
		<-done
	})
}

// setStateAfter puts an instance in a state at a time of the bubble's clock.
func setStateAfter(instance *wachattest.Instance, d time.Duration, state string) {
	time.AfterFunc(d, func() { instance.SetState(state) })
}

// A wait that is no longer than its poll interval still polls twice.
func TestWait_pollsBeforeTheDeadline(t *testing.T) {
	for _, tt := range []struct {
		timeout, delay, polled time.Duration
	}{
		{timeout: 5 * time.Second, polled: 4 * time.Second},
		{timeout: time.Second, polled: 500 * time.Millisecond},
		{timeout: 9 * time.Second, polled: 8 * time.Second},
		{timeout: 9 * time.Second, delay: time.Second, polled: 7 * time.Second}, // right after the poll at 6s,
	} {
		t.Run(fmt.Sprintf("%s with answers after %s", tt.timeout, tt.delay), func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).Connecting()
				api.SetDelay(tt.delay)
				setStateAfter(api.Instance(shop), tt.polled+tt.delay-time.Millisecond, "open")
				start := time.Now()
				_, err := newClient(t, api).Require(t.Context(), shop, Requirement{State: "open", Timeout: tt.timeout})
				if took := time.Since(start); err != nil || took != tt.polled+tt.delay {
					t.Errorf("ended after %s with %v, want %s", took, err, tt.polled+tt.delay)
				}
			})
		})
	}
}

func TestWait_numbersItsPolls(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.Status(500), wachattest.Status(500))
		record, attempts := recorded()
		if _, err := require30(t, newClient(t, api, record), nil); err != nil {
			t.Fatal(err)
		}
		var numbers []int
		for _, a := range attempts() {
			numbers = append(numbers, a.Number)
		}
		if !slices.Equal(numbers, []int{1, 2, 3}) {
			t.Errorf("the attempts are numbered %v", numbers)
		}
	})
}

func TestWait_lastFailureIsReset(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Close()
		api.Instance(shop).Enqueue(nil, wachattest.Status(502))
		_, err := require30(t, newClient(t, api), nil)
		if mismatch := mustMismatch(t, err); mismatch.Found != "close" || mismatch.Last != nil {
			t.Errorf("got %+v", mismatch)
		}
	})
}

// A wait that starts during a pause ends at once where that ends too late, and
// polls after it otherwise. It counts no poll for the time of the pause.
func TestWait_anothersLongRetryAfter(t *testing.T) {
	for name, tt := range map[string]struct {
		requirement Requirement
		took        time.Duration
		succeeds    bool
	}{
		"in time":               {Requirement{Timeout: 2 * time.Minute}, time.Minute, true},
		"in time, stable":       {Requirement{Timeout: 2 * time.Minute, StableFor: 10 * time.Second}, 70 * time.Second, true},
		"too late":              {Requirement{Timeout: 50 * time.Second}, 0, false},
		"too late to be stable": {Requirement{Timeout: 50 * time.Second, StableFor: time.Hour}, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Create("t1_other").Enqueue(wachattest.RetryAfter(429, "60"))
				client := newClient(t, api)
				_, err := client.InstanceState(t.Context(), "t1_other")
				_ = mustFail(t, err, KindRateLimited)
				start := time.Now()
				tt.requirement.State = "open"
				_, err = client.Require(t.Context(), shop, tt.requirement)
				if took := time.Since(start); took != tt.took || (err == nil) != tt.succeeds {
					t.Fatalf("ended after %s with %v, want %s", took, err, tt.took)
				}
				if tt.succeeds {
					return
				}
				mismatch := mustMismatch(t, err)
				if mismatch.Polls != 0 || mismatch.Last == nil || mismatch.Last.RetryAfter != time.Minute || mismatch.Last.TooLong {
					t.Errorf("got %+v, its last failure %+v", mismatch, mismatch.Last)
				}
			})
		})
	}
}

// A failure without a Retry-After does not end the wait because of a pause that
// another read met.
func TestWait_anothersRetryAfterDuringAFailure(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).SetDelay(time.Second)
		api.Instance(shop).SetFault(wachattest.Status(502))
		api.Create("t1_other").SetFault(wachattest.RetryAfter(429, "28"))
		client := newClient(t, api, once)
		time.AfterFunc(400*time.Millisecond, func() { _, _ = client.InstanceState(t.Context(), "t1_other") })
		start := time.Now()
		_, err := client.Require(t.Context(), shop, Requirement{State: "open", Timeout: 20 * time.Second})
		mismatch := mustMismatch(t, err)
		if took := time.Since(start); took != 20*time.Second || mismatch.Polls != 1 || mismatch.Last == nil || mismatch.Last.Status != 502 {
			t.Errorf("ended after %s with %+v, its last failure %+v", took, mismatch, mismatch.Last)
		}
	})
}

// Without a time to be stable, a wait accepts cached answers of the same age as a
// read does.
func TestWait_acceptsAnAnswerOfACache(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).SetFault(wachattest.Header("Age", "30", nil))
		start := time.Now()
		_, err := require30(t, newClient(t, api), nil)
		if took := time.Since(start); err != nil || took != 0 {
			t.Errorf("ended after %s with %v, want the first answer", took, err)
		}
	})
}

// A wait honors a Retry-After that a read would not.
func TestWait_honorsALongRetryAfter(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.RetryAfter(429, "60"))
		start := time.Now()
		_, err := newClient(t, api).Require(t.Context(), shop, Requirement{State: "open", Timeout: 10 * time.Minute})
		if took := time.Since(start); err != nil || took != time.Minute {
			t.Errorf("ended after %s with %v, want 1m0s", took, err)
		}
	})
}

func TestWait_countsChanges(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		instance := api.Instance(shop)
		states := []string{"close", "connecting", "connecting", "close", "close", "close", "close"}
		instance.OnRequest(func() {
			instance.SetState(states[0])
			states = states[1:]
		})
		_, err := require30(t, newClient(t, api), nil)
		if mismatch := mustMismatch(t, err); mismatch.Changes != 2 || mismatch.Polls != 7 || mismatch.DisplayName != "jakarta_store" {
			t.Errorf("got %+v", mismatch)
		}
	})
}
