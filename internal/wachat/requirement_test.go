// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// require asks for shop to be open within 30s, looking every 5s.
func require30(t *testing.T, client *Client, looks *[]Poll) (*InstanceState, error) {
	t.Helper()
	return client.Require(t.Context(), shop, Requirement{
		State: "open", Timeout: 30 * time.Second, PollInterval: 5 * time.Second,
		OnPoll: func(l Poll) {
			if looks != nil {
				*looks = append(*looks, l)
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

func TestARequirementWithoutAWaitIsDecidedByTheFirstAnswer(t *testing.T) {
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
	if got, want := *mustMismatch(t, err), (StateError{Instance: shop, Required: "open", Found: "close", Polls: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	api.Instance(shop).Enqueue(wachattest.Status(500))
	if _, err := client.Require(t.Context(), shop, Requirement{State: "close"}); err != nil {
		t.Errorf("a failure that passes is tried again: %v", err)
	}
}

func TestAWaitLooksAgainUntilTheStateIsThere(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		instance := api.Instance(shop)
		instance.Close()
		looks := 0
		instance.OnRequest(func() {
			switch looks++; looks {
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

func TestAWaitGoesOnThroughWhatMayPass(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		instance := api.Instance(shop)
		instance.Connecting()
		instance.Enqueue(wachattest.Status(503), nil, wachattest.Reset(), wachattest.Truncated(), nil)
		looks := 0
		instance.OnRequest(func() {
			if looks++; looks == 5 {
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

func TestAWaitEndsAtItsDeadline(t *testing.T) {
	for _, tt := range []struct {
		name  string
		state string
		fault wachattest.Fault
		looks int
		found string
		last  Kind
	}{
		{name: "in another state", state: "connecting", looks: 6, found: "connecting"},
		{name: "with failures that may pass", fault: wachattest.Status(503), looks: 6, last: KindUnavailable},
		{name: "in the middle of a look", fault: wachattest.HangHeaders(), looks: 2, last: KindTimeout},
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
				// The look at the deadline may or may not begin.
				if mismatch.Polls != tt.looks && mismatch.Polls != tt.looks+1 {
					t.Errorf("%d looks, want %d", mismatch.Polls, tt.looks)
				}
			})
		})
	}
}

func TestAWaitSaysWhatItSawLastAndWhatFailedSince(t *testing.T) {
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

func TestAWaitEndsAtOnceOnWhatCannotGetBetter(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault wachattest.Fault
		kind  Kind
	}{
		{"404", wachattest.Status(404), KindNotFound},
		{"401", wachattest.Status(401), KindUnauthorized},
		{"a redirect", wachattest.Redirect(302, "https://example.com/login"), KindRedirect},
		{"nonsense", wachattest.Body("text/html", "<p>open</p>"), KindMalformed},
		{"a pause that is longer than allowed", wachattest.RetryAfter(429, "31"), KindRateLimited},
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

func TestRetryAfterPostponesTheNextLook(t *testing.T) {
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

func TestARetryAfterBeyondTheDeadlineEndsTheWait(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Connecting()
		api.Instance(shop).Enqueue(nil, nil, wachattest.RetryAfter(429, "21"))
		_, err := require30(t, newClient(t, api), nil)
		if mismatch := mustMismatch(t, err); mismatch.Waited != 10*time.Second || mismatch.Last.RetryAfter != 21*time.Second || mismatch.Found != "connecting" {
			t.Errorf("got %+v", mismatch)
		}
	})
}

func TestAnInterruptEndsAWaitAtOnce(t *testing.T) {
	interrupted := errors.New("interrupted")
	for name, fault := range map[string]wachattest.Fault{"between two looks": nil, "in a look": wachattest.HangHeaders()} {
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

func TestTheDeadlineEndsQueueingToo(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Create("t1_slow").SetDelay(time.Hour)
		client := newClient(t, api, func(c *Config) { c.MaxConcurrentRequests, c.RequestTimeout = 1, 2*time.Hour })
		slow, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); _, _ = client.InstanceState(slow, "t1_slow") }()
		time.Sleep(time.Second)
		_, err := require30(t, client, nil)
		if mismatch := mustMismatch(t, err); mismatch.Waited != 30*time.Second || mismatch.Found != "" {
			t.Errorf("got %+v", mismatch)
		}
		cancel()
		<-done
	})
}
