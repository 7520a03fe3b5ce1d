// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// The random part of a backoff is up to a ceiling that doubles.
func TestRead_backoff(t *testing.T) {
	const second = time.Second
	for _, tt := range []struct {
		shortest, longest time.Duration
		ceilings          []time.Duration
	}{
		{second / 2, 30 * second, []time.Duration{second, 2 * second, 4 * second, 8 * second, 16 * second, 30 * second, 30 * second}},
		{7 * second, 7 * second, []time.Duration{7 * second, 7 * second}},
		{0, 30 * second, []time.Duration{second, 2 * second}},
	} {
		bubble(t, "", func(t *testing.T, api *wachattest.Server) {
			client := newClient(t, api, func(c *Config) {
				c.RetryWaitMin, c.RetryWaitMax, c.MaxRetries = tt.shortest, tt.longest, len(tt.ceilings)
				c.Jitter = func(limit time.Duration) time.Duration { return limit }
			})
			if got := backoffs(t, api, client); !slices.Equal(got, tt.ceilings) {
				t.Errorf("from %s to %s: the longest waits are %v, want %v", tt.shortest, tt.longest, got, tt.ceilings)
			}
		})
	}
}

// backoffs returns the waits of a read that fails.
func backoffs(t *testing.T, api *wachattest.Server, client *Client) []time.Duration {
	t.Helper()
	enqueue(api.Instance(shop), "500...")
	_, err := readState(t, client, shop)
	_ = mustFail(t, err, KindUnavailable)
	var waits []time.Duration
	times := api.RequestTimes(shop)
	for i := range times[1:] {
		waits = append(waits, times[i+1].Sub(times[i]))
	}
	return waits
}

func TestRead_backoffIsSpread(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		got := backoffs(t, api, newClient(t, api, func(c *Config) { c.MaxRetries, c.RetryWaitMin, c.RetryWaitMax = 100, time.Second, 2*time.Second }))
		slices.Sort(got)
		if got[0] < time.Second || got[10] > 1300*time.Millisecond || got[90] < 1700*time.Millisecond || got[99] > 2*time.Second {
			t.Errorf("the waits are %v, want them evenly from 1s to 2s", got)
		}
	})
}

func TestRead_honorsRetryAfter(t *testing.T) {
	const early, late, none = "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 1999 23:00:00 GMT", "" // of the server's clock; a bubble begins with 2000
	for _, tt := range []struct {
		status             int
		retryAfter, server string
		want               time.Duration // of at least 20s; 0 for an error at once
	}{
		{429, "31", none, 31 * time.Second},
		{503, "40", none, 40 * time.Second},
		{503, "31.5", none, 20 * time.Second},
		{503, "Sat, 01 Jan 2000 00:00:31 GMT", none, 31 * time.Second},
		{503, "Fri, 31 Dec 1999 23:00:31 GMT", late, 31 * time.Second},
		{503, "Sat, 01 Jan 2000 00:00:31 GMT", early, 20 * time.Second},
		{503, "Fri, 31 Dec 1999 23:00:00 GMT", none, 20 * time.Second},
		{503, "31536001", none, 20 * time.Second},
		{503, "31536000", none, 0},
		{500, "31", none, 20 * time.Second},
		{408, "31", none, 20 * time.Second},
		{503, "41", none, 0},
	} {
		bubble(t, "", func(t *testing.T, api *wachattest.Server) {
			refusal := wachattest.RetryAfter(tt.status, tt.retryAfter)
			if tt.server != none {
				refusal = wachattest.Header("Date", tt.server, refusal)
			}
			api.Instance(shop).Enqueue(refusal)
			client := newClient(t, api, withoutJitter, func(c *Config) { c.RetryWaitMin, c.RetryWaitMax = 20*time.Second, 40*time.Second })
			start := time.Now()
			_, err := readState(t, client, shop)
			if took := time.Since(start); took != tt.want || (err == nil) != (tt.want > 0) {
				t.Errorf("%+v: got error %v after %s", tt, err, took)
			}
			if failure, failed := errors.AsType[*Error](err); failed && (!failure.TooLong || failure.Transient() || failure.RetryAfter <= 40*time.Second) {
				t.Errorf("%+v: got %+v", tt, failure)
			}
		})
	}
}

func TestRead_answerOfACache(t *testing.T) {
	for reason, ages := range map[string][][]string{
		"":                        {nil, {"0"}, {"60"}, {"", "-5", "soon"}},
		"its Age is 1m1s":         {{" 61 "}, {"61.5"}, {"0", "61"}, {"61", "0"}, {"0, 61"}},
		"its Age is 596523h14m7s": {{"99999999999999999999"}},
	} {
		for _, age := range ages {
			api := startAPI(t)
			api.Instance(shop).SetFault(func(w http.ResponseWriter, _ *http.Request, next http.Handler) {
				w.Header()["Age"] = age
				next.ServeHTTP(w, nil)
			})
			_, err := readState(t, newClient(t, api, atOnce), shop)
			if failure, failed := errors.AsType[*Error](err); failed != (reason != "") || failed && (failure.Kind != KindStale || failure.Reason != reason || failure.Attempts != 4) {
				t.Errorf("Age %q gives %+v, want the reason %q", age, failure, reason)
			}
		}
	}
}

// The end of the caller's context is noticed at once wherever the read is, and is
// no timeout of the attempt.
func TestRead_interruptEndsItAtOnce(t *testing.T) {
	none := func(*Config) {}
	for _, tt := range []struct {
		where, fault string
		change       func(*Config)
		required     Requirement
	}{
		{"dial", "ok", func(c *Config) { c.DialContext = stallingDial }, Requirement{}},
		{"headers", "hang", none, Requirement{}},
		{"backoff", "500", none, Requirement{}},
		{"pause", "429:3600", none, Requirement{}},
		{"between polls", "ok", none, Requirement{State: "close", Timeout: 10 * time.Hour, PollInterval: time.Hour}},
	} {
		bubble(t, tt.where, func(t *testing.T, api *wachattest.Server) {
			enqueue(api.Instance(shop), tt.fault)
			client := newClient(t, api, unhedged, func(c *Config) {
				c.RequestTimeout, c.RetryWaitMin, c.RetryWaitMax = 2*time.Hour, time.Hour, time.Hour
			}, tt.change)
			left := errors.New("the caller left")
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(time.Minute, func() { cancel(left) })
			start := time.Now()
			_, err := client.Require(ctx, shop, tt.required)
			mustTake(t, start, time.Minute)
			if err != left { //nolint:errorlint // Nothing may be around it.
				t.Errorf("got error %v, want the cause", err)
			}
			time.Sleep(3 * time.Hour) // a dial ends by itself
		})
	}
}

func TestOnAttempt_getsEachRequest(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.Header("Cf-Ray", "ray-1", fault("400ms+503")), fault("hang"), fault("1s+ok"))
		record, attempts := recorded()
		start := time.Now()
		_, err := readState(t, newClient(t, api, atOnce, record), shop)
		mustEnd(t, start, err, "1.9s: found")
		synctest.Wait()
		got := attempts()
		url := api.BaseURL() + "/instance/state?instanceName=" + shop
		for i, want := range []Attempt{
			{Number: 1, Status: 503, RequestID: "ray-1", Duration: 400 * time.Millisecond},
			{Number: 2, Status: 200, Duration: time.Second, Hedge: true},
			{Number: 2, Duration: 1500 * time.Millisecond},
		} {
			want.Instance, want.URL, want.Sent, want.Err = shop, url, 1, got[i].Err
			if got[i] != want {
				t.Errorf("got  %+v\nwant %+v", got[i], want)
			}
		}
		if len(got) != 3 || KindOf(got[0].Err) != KindUnavailable || got[1].Err != nil || !errors.Is(got[2].Err, errOtherAnswered) {
			t.Errorf("got %+v", got)
		}
	})
}

// Reads share a call with reads, polls with polls, and nobody shares an answer that
// is there already.
func TestSharedCalls_oneRequest(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		enqueue(api.Instance(shop), "100ms+503 100ms+ok 100ms+ok")
		client := newClient(t, api, withoutJitter)
		mustReadAll(t, client, slices.Repeat([]string{shop}, 10)...)
		mustSend(t, api, 2)
		enqueue(api.Instance(shop), "100ms+ok")
		var group sync.WaitGroup
		for range 10 {
			for _, required := range []Requirement{{}, {State: "open", Timeout: time.Minute}} {
				group.Go(func() {
					if _, err := client.Require(t.Context(), shop, required); err != nil {
						t.Error(err)
					}
				})
			}
		}
		group.Wait()
		mustSend(t, api, 4)
		api.Instance(shop).Close()
		if state := mustRead(t, client, shop); state.State != "close" {
			t.Errorf("got the state %q of an earlier answer", state.State)
		}
	})
}

// One caller may leave. The call that the last one has left ends, and gives back
// what it holds; who comes then is not in it.
func TestSharedCalls_callersLeave(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		api.SetDelay(time.Hour)
		client := newClient(t, api, unhedged, func(c *Config) { c.RequestTimeout, c.MaxConcurrentRequests = 2*time.Hour, 1 })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				if _, err := client.Require(ctx, shop, Requirement{}); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got error %v", err)
				}
			})
			synctest.Wait()
			group.Go(func() {
				brief, cancel := context.WithTimeout(t.Context(), 2*time.Second)
				defer cancel()
				_, _ = client.Require(brief, shop, Requirement{})
			})
		}
		time.Sleep(1500 * time.Millisecond)
		mustSend(t, api, 1)
		group.Wait()
		api.SetDelay(0)
		start := time.Now()
		mustRead(t, client, shop) // has the only slot
		mustTake(t, start, 0)
	})
}

func TestRead_interruptedBeforeItStarts(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		client := newClient(t, api)
		mustRead(t, client, other) // there is a connection
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 100 {
			if _, err := client.Require(ctx, shop, Requirement{}); !errors.Is(err, context.Canceled) {
				t.Errorf("got error %v", err)
			}
			synctest.Wait()
		}
		mustSend(t, api, 1)
	})
}
