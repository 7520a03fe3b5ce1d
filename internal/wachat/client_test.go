// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestClient_requestFollowsTheReferencePage(t *testing.T) {
	const odd = "a/b?c=d&e#f%20g+ü"
	var got *http.Request
	api := startAPI(t)
	api.Create(odd).SetFault(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		got = r
		next.ServeHTTP(w, r)
	})
	client := newClient(t, api, func(c *Config) { c.UserAgent = "agent/1"; c.BaseURL += "/" })

	if state := mustRead(t, client, odd); state.State != "open" || state.Name != odd {
		t.Errorf("got state %q of %q", state.State, state.Name)
	}
	if got.Method != http.MethodGet || got.URL.Path != "/api/v1/instance/state" || got.URL.Query().Get("instanceName") != odd {
		t.Errorf("asked %s %s", got.Method, got.URL)
	}
	for name, want := range map[string]string{
		"Authorization": "Bearer " + api.Key(), "Accept": "application/json", "User-Agent": "agent/1", "Cache-Control": "no-cache",
	} {
		if value := got.Header.Get(name); value != want {
			t.Errorf("header %s is %q, want %q", name, value, want)
		}
	}
}

func TestClient_OnResponseSeesAndRecordsTheResponse(t *testing.T) {
	api := startAPI(t)
	api.Enqueue(wachattest.Header("X-Answer", "1", nil))
	var header string
	var body bytes.Buffer
	client := newClient(t, api, func(c *Config) {
		c.OnResponse = func(r *http.Response) {
			header = r.Header.Get("X-Answer")
			r.Body = struct {
				io.Reader
				io.Closer
			}{io.TeeReader(r.Body, &body), r.Body}
		}
	})
	if state := mustRead(t, client, shop); header != "1" || body.String() != state.Raw {
		t.Errorf("the hook saw the header %q and the body %q", header, &body)
	}
}

func TestClient_Sanitize(t *testing.T) {
	const text = "a \x1b number 628123456789"
	if got := newClient(t, startAPI(t)).Sanitize(text); got != "a  number [number]" {
		t.Errorf("Sanitize(%q) = %q", text, got)
	}
}

func TestClient_sendsNothingWithoutKeyOrName(t *testing.T) {
	api := startAPI(t)
	_, err := newClient(t, api, func(c *Config) { c.Key = "" }).InstanceState(t.Context(), shop)
	if failure := mustFail(t, err, KindMissingKey); failure.Instance != shop {
		t.Errorf("the error is about %q", failure.Instance)
	}
	_, err = newClient(t, api).InstanceState(t.Context(), "two words")
	_ = mustFail(t, err, KindBadRequest)
	if n := api.Requests(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestDefaultConfig_isDocumented(t *testing.T) {
	got := fmt.Sprintf("%+v", DefaultConfig())
	for _, want := range []string{
		"BaseURL:https://app.wachat.net/api/v1 ", "RequestTimeout:15s ", "MaxRetries:3 ", "RetryWaitMin:500ms ",
		"RetryWaitMax:30s ", "MaxConcurrentRequests:10 ", "RequestsPerSecond:0 ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the default configuration is %s, want %q in it", got, want)
		}
	}
}

func TestNew_acceptsTheBounds(t *testing.T) {
	for _, change := range []func(*Config){
		func(c *Config) { c.RequestTimeout = 1 },
		func(c *Config) { c.MaxRetries = 0 },
		func(c *Config) { c.RetryWaitMin, c.RetryWaitMax = 0, 0 },
		func(c *Config) { c.MaxConcurrentRequests = MinConcurrentRequests },
		func(c *Config) { c.MaxConcurrentRequests = MaxConcurrentRequests },
		func(c *Config) { c.RequestsPerSecond = 0 },
	} {
		config := DefaultConfig()
		change(&config)
		if _, err := New(config); err != nil {
			t.Errorf("%+v is refused: %v", config, err)
		}
	}
}

func TestNew_refusesValuesOutOfBounds(t *testing.T) {
	for want, change := range map[string]func(*Config){
		`the API key starts with "Bearer "`:                 func(c *Config) { c.Key = "bearer " },
		"the API key contains white space":                  func(c *Config) { c.Key = "a b" },
		"the API key contains an invisible or invalid":      func(c *Config) { c.Key = "a\u200bb" },
		"invisible or invalid character":                    func(c *Config) { c.Key = "a\xffb" },
		"the API key contains a control character":          func(c *Config) { c.Key = "a\x7fb" },
		"the request timeout is 0s, not above 0":            func(c *Config) { c.RequestTimeout = 0 },
		"the number of retries is -1, below 0":              func(c *Config) { c.MaxRetries = -1 },
		"the shortest retry wait is -1ns, below 0":          func(c *Config) { c.RetryWaitMin = -1 },
		"the longest retry wait, 1s, is below the shortest": func(c *Config) { c.RetryWaitMin, c.RetryWaitMax = 2*time.Second, time.Second },
		"concurrent requests is 0, not from 1 to 1000":      func(c *Config) { c.MaxConcurrentRequests = 0 },
		"concurrent requests is 1001, not from 1 to 1000":   func(c *Config) { c.MaxConcurrentRequests = 1001 },
		"requests per second is -1, not 0 or more":          func(c *Config) { c.RequestsPerSecond = -1 },
		"requests per second is NaN, not 0 or more":         func(c *Config) { c.RequestsPerSecond = math.NaN() },
		"the base URL cannot be used: it contains a query":  func(c *Config) { c.BaseURL += "?" },
		"the CA certificates cannot be used: it holds no":   func(c *Config) { c.CACertPEM = "none" },
		"block 1 is a PRIVATE KEY, not a CERTIFICATE":       func(c *Config) { c.CACertPEM = "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----" },
		"certificate 1 cannot be parsed":                    func(c *Config) { c.CACertPEM = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----" },
	} {
		config := DefaultConfig()
		change(&config)
		if _, err := New(config); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v, want %q", err, want)
		}
	}
	if _, err := New(Config{}); err == nil {
		t.Error("the zero value is taken")
	}
}

// The fault table has the other statuses.
func TestClient_statusErrorHasAllDetails(t *testing.T) {
	api := startAPI(t)
	api.Instance(shop).SetFault(wachattest.Header("X-Request-Id", "r-1", wachattest.StatusBody(503, "application/json", `{"message":"because"}`)))
	_, err := newClient(t, api, atOnce).InstanceState(t.Context(), shop)
	failure := mustFail(t, err, KindUnavailable)
	if failure.Status != 503 || failure.Instance != shop || failure.Attempts != 4 || failure.RequestID != "r-1" || failure.Message != "because" {
		t.Errorf("got %+v", failure)
	}
}

func TestRetry_transientFailures(t *testing.T) {
	api := startAPI(t)
	api.Instance(shop).Enqueue(wachattest.Status(503), wachattest.Reset(), wachattest.Truncated())
	if state := mustRead(t, newClient(t, api, atOnce), shop); state.State != "open" {
		t.Errorf("got state %q", state.State)
	}
	if n := api.Requests(); n != 4 {
		t.Errorf("%d requests, want 4", n)
	}
}

// bubble runs a test with a clock of its own and an API in memory.
func bubble(t *testing.T, test func(t *testing.T, api *wachattest.Server)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, startAPI(t, wachattest.InMemory())) })
}

func TestRetryBackOff_jitterWithinGrowingBounds(t *testing.T) {
	const shortest, longest = 100 * time.Millisecond, 3 * time.Second
	ceilings := []time.Duration{time.Second, 2 * time.Second, longest, longest}
	seen := make([]map[time.Duration]bool, len(ceilings))
	for range 200 {
		j := newRetryBackOff(Config{RetryWaitMin: shortest, RetryWaitMax: longest})
		for i, ceiling := range ceilings {
			wait := j.NextBackOff()
			if wait < shortest || wait > ceiling {
				t.Fatalf("wait %d is %s, want %s to %s", i+1, wait, shortest, ceiling)
			}
			if seen[i] == nil {
				seen[i] = map[time.Duration]bool{}
			}
			seen[i][wait.Truncate(ceiling/10)] = true
		}
	}
	for i := range seen {
		if len(seen[i]) < 8 {
			t.Errorf("wait %d falls into %d tenths of its range only", i+1, len(seen[i]))
		}
	}
	zero := newRetryBackOff(Config{})
	if wait := zero.NextBackOff(); wait > 1 {
		t.Errorf("without a longest wait it waits %s", wait)
	}
}

func TestRetry_waitsBetweenAttempts(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.Status(500), wachattest.Status(500), wachattest.Status(500))
		mustRead(t, newClient(t, api, func(c *Config) { c.RetryWaitMin, c.RetryWaitMax = time.Minute, time.Minute }), shop)
		times := api.RequestTimes(shop)
		for i := 1; i < len(times); i++ {
			if wait := times[i].Sub(times[i-1]).Round(time.Second); wait != time.Minute {
				t.Errorf("wait %d was %s, want 1m0s", i, wait)
			}
		}
		if len(times) != 4 {
			t.Errorf("%d requests, want 4", len(times))
		}
	})
}

func TestRetry_hasNoTimeLimit(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(slices.Repeat([]wachattest.Fault{wachattest.Status(500)}, 30)...)
		mustRead(t, newClient(t, api, func(c *Config) {
			c.MaxRetries, c.RetryWaitMin, c.RetryWaitMax = 30, time.Minute, time.Minute
		}), shop)
	})
}

func TestRetry_honorsRetryAfter(t *testing.T) {
	for _, tt := range []struct {
		name     string
		fault    wachattest.Fault
		want     time.Duration
		requests int
	}{
		{"429 with seconds", wachattest.RetryAfter(429, "31"), 31 * time.Second, 2},
		{"503 with seconds", wachattest.RetryAfter(503, "31"), 31 * time.Second, 2},
		{"503 with the longest that is allowed", wachattest.RetryAfter(503, "40"), 40 * time.Second, 2},
		{"503 with less than the backoff", wachattest.RetryAfter(503, "7"), 20 * time.Second, 2},
		{"503 with zero backs off", wachattest.RetryAfter(503, "0"), 20 * time.Second, 2},
		{"503 with a date in the past backs off", wachattest.RetryAfter(503, "Fri, 02 Jan 1970 03:04:15 GMT"), 20 * time.Second, 2},
		{"503 with nonsense backs off", wachattest.RetryAfter(503, "soon"), 20 * time.Second, 2},
		{"500 does not pause", wachattest.RetryAfter(500, "7"), 20 * time.Second, 2},
		{"503 with longer than is allowed ends it", wachattest.RetryAfter(503, "41"), 0, 1},
		{"429 with a day ends it", wachattest.RetryAfter(429, "86400"), 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).Enqueue(tt.fault)
				client := newClient(t, api, func(c *Config) {
					c.RetryWaitMin, c.RetryWaitMax = 20*time.Second, 40*time.Second
					c.Jitter = func(time.Duration) time.Duration { return 0 }
				})
				start := time.Now()
				_, err := client.InstanceState(t.Context(), shop)
				waited := time.Since(start).Truncate(time.Second)
				if waited != tt.want || api.Requests() != tt.requests {
					t.Errorf("waited %s with %d requests, want %s with %d", waited, api.Requests(), tt.want, tt.requests)
				}
				if tt.requests == 1 {
					var failure *Error
					if !errors.As(err, &failure) || !failure.TooLong || failure.Retryable() {
						t.Errorf("got error %v, want one that is too long", err)
					}
				} else if err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestAttempt_timesOut(t *testing.T) {
	for name, fault := range map[string]wachattest.Fault{
		"no headers":         wachattest.HangHeaders(),
		"half a body":        wachattest.HangBody(),
		"a byte at a time":   wachattest.Drip(time.Second),
		"headers and no end": wachattest.Header("X-Request-Id", "r", wachattest.HangBody()),
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).SetFault(fault)
				start := time.Now()
				_, err := newClient(t, api, atOnce).InstanceState(t.Context(), shop)
				failure := mustFail(t, err, KindTimeout)
				if took := time.Since(start).Round(time.Second); took != time.Minute || failure.Attempts != 4 {
					t.Errorf("took %s in %d attempts, want 4 attempts of 15s", took, failure.Attempts)
				}
			})
		})
	}
}

func TestAttempt_callersEndIsNoTimeout(t *testing.T) {
	left := errors.New("the caller left")
	for _, tt := range []struct {
		name   string
		change func(*Config)
		fault  wachattest.Fault
	}{
		{"in the headers", once, wachattest.HangHeaders()},
		{"in the body", once, wachattest.HangBody()},
		{"in the backoff", func(c *Config) { c.RetryWaitMin, c.RetryWaitMax = time.Hour, time.Hour }, wachattest.Status(500)},
		{"in the pause that the API asked for", func(c *Config) { c.RetryWaitMax = time.Hour }, wachattest.RetryAfter(429, "3600")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).SetFault(tt.fault)
				ctx, leave := context.WithCancelCause(t.Context())
				time.AfterFunc(7*time.Second, func() { leave(left) })
				start := time.Now()
				_, err := newClient(t, api, tt.change).InstanceState(ctx, shop)
				if !errors.Is(err, left) || KindOf(err) != KindUnknown {
					t.Errorf("got error %v, want the caller's", err)
				}
				if took := time.Since(start); took != 7*time.Second {
					t.Errorf("returned after %s, want 7s", took)
				}
			})
		})
	}
}

func TestLimits_slotIsFreeDuringBackoff(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Create("t1_other")
		api.Instance(shop).Enqueue(wachattest.Status(500))
		client := newClient(t, api, func(c *Config) {
			c.MaxConcurrentRequests, c.RetryWaitMin, c.RetryWaitMax = 1, time.Minute, time.Minute
		})
		start := time.Now()
		var group errgroup.Group
		group.Go(func() error { _, err := client.InstanceState(t.Context(), shop); return err })
		synctest.Wait() // the first read is in its backoff
		mustRead(t, client, "t1_other")
		if took := time.Since(start); took >= time.Minute {
			t.Errorf("the other read waited %s for the first one's backoff", took)
		}
		if err := group.Wait(); err != nil {
			t.Error(err)
		}
	})
}

// readMany reads n instances at the same time and returns how long it took.
func readMany(t *testing.T, client *Client, api *wachattest.Server, n int) time.Duration {
	t.Helper()
	start := time.Now()
	var group errgroup.Group
	for i := range n {
		name := "t1_" + strings.Repeat("x", i+1)
		api.Create(name)
		group.Go(func() error {
			state, err := client.InstanceState(t.Context(), name)
			if err == nil && state.Name != name {
				t.Errorf("asked for %q, got %q", name, state.Name)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

func TestLimits_concurrentRequests(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.SetDelay(time.Second)
		took := readMany(t, newClient(t, api, func(c *Config) { c.MaxConcurrentRequests = 3 }), api, 10)
		if api.MaxInFlight() != 3 || took.Truncate(time.Second) != 4*time.Second {
			t.Errorf("%d in flight over %s, want 3 over 4s", api.MaxInFlight(), took)
		}
	})
}

func TestLimits_requestsPerSecond(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		took := readMany(t, newClient(t, api, func(c *Config) { c.RequestsPerSecond = 2 }), api, 11)
		if took.Round(100*time.Millisecond) != 5*time.Second {
			t.Errorf("11 requests took %s, want 5s at 2 a second", took)
		}
	})
}

func TestLimits_callerLeavesTheQueue(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"for a slot":  func(c *Config) { c.MaxConcurrentRequests = 1 },
		"for a token": func(c *Config) { c.RequestsPerSecond = 0.001 },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.SetDelay(10 * time.Second)
				client := newClient(t, api, change)
				var group errgroup.Group
				group.Go(func() error { _, err := client.InstanceState(t.Context(), shop); return err })
				synctest.Wait()
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				start := time.Now()
				if _, err := client.InstanceState(ctx, "t1_other"); !errors.Is(err, context.DeadlineExceeded) || KindOf(err) != KindUnknown {
					t.Errorf("got error %v", err)
				}
				if took := time.Since(start); took != time.Second {
					t.Errorf("returned after %s, want 1s", took)
				}
				if err := group.Wait(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestClient_followsNoRedirect(t *testing.T) {
	elsewhere := startAPI(t)
	api := startAPI(t)
	for _, location := range []string{elsewhere.BaseURL() + "/instance/state?instanceName=" + shop, api.BaseURL(), ""} {
		api.Instance(shop).SetFault(wachattest.Redirect(302, location))
		_, err := newClient(t, api, atOnce).InstanceState(t.Context(), shop)
		failure := mustFail(t, err, KindRedirect)
		if location != "" && !strings.HasPrefix(failure.Reason, "to http://127.0.0.1:") {
			t.Errorf("the reason is %q", failure.Reason)
		}
	}
	if api.Requests() != 3 || elsewhere.Requests() != 0 {
		t.Errorf("%d requests here and %d elsewhere, want 3 and 0", api.Requests(), elsewhere.Requests())
	}
}

func TestClient_bodyLimit(t *testing.T) {
	for name, fault := range map[string]wachattest.Fault{
		"a body of 2 GiB":         wachattest.Header("Content-Length", "2147483648", wachattest.EndlessBody()),
		"a body without end":      wachattest.EndlessBody(),
		"gzip that never ends":    wachattest.Gzipped(wachattest.EndlessBody()),
		"one byte over the limit": wachattest.JSON("{" + strings.Repeat(" ", maxBody)),
	} {
		t.Run(name, func(t *testing.T) {
			api := startAPI(t)
			api.Instance(shop).SetFault(fault)
			_, err := newClient(t, api).InstanceState(t.Context(), shop)
			failure := mustFail(t, err, KindMalformed)
			if failure.Reason != "it is larger than 1 MiB" || !strings.HasPrefix(failure.Answer, "application/json: {") {
				t.Errorf("got %+v", failure)
			}
		})
	}
}

func TestClient_readsGzip(t *testing.T) {
	api := startAPI(t)
	api.Instance(shop).SetFault(wachattest.Gzipped(nil))
	if state := mustRead(t, newClient(t, api), shop); state.State != "open" {
		t.Errorf("got state %q", state.State)
	}
}

func TestClient_verifiesCertificates(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Config)
		want   string
	}{
		{"expired", func(*Config) { time.Sleep(100 * 365 * 24 * time.Hour) }, "has expired"}, // by the bubble's clock
		{"for another host", func(c *Config) { c.BaseURL = "https://localhost/api/v1" }, "not localhost"},
		{"from an unknown authority", func(c *Config) { c.CACertPEM = "" }, "unknown authority"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
				_, err := newClient(t, api, atOnce, tt.change).InstanceState(t.Context(), shop)
				failure := mustFail(t, err, KindCertificate)
				if !strings.Contains(failure.Reason, tt.want) || failure.Attempts != 1 || api.Requests() != 0 {
					t.Errorf("got %+v", failure)
				}
			})
		})
	}
}

func TestClient_sharesConnections(t *testing.T) {
	for _, tt := range []struct {
		name   string
		option wachattest.Option
		most   int
	}{
		{"HTTP/2", wachattest.WithTLS(), 10},
		// A connection is idle a moment after its answer has been read: a read
		// that starts within that moment may open another.
		{"HTTP/1.1", wachattest.WithTLSHTTP1(), 100},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api := startAPI(t, tt.option)
			client := newClient(t, api)
			readMany(t, client, api, 100)
			readMany(t, client, api, 100)
			if n := api.Connections(); n > tt.most {
				t.Errorf("%d connections for 200 requests, want %d at most", n, tt.most)
			}
		})
	}
}

func TestRetry_refusedConnection(t *testing.T) {
	api := startAPI(t)
	address := api.BaseURL()
	api.Close()
	client := newClient(t, api, atOnce, func(c *Config) { c.BaseURL, c.DialContext = address, nil })
	_, err := client.InstanceState(t.Context(), shop)
	failure := mustFail(t, err, KindConnection)
	if failure.Attempts != 4 || !strings.Contains(failure.Reason, "refused") {
		t.Errorf("got %+v", failure)
	}
}

func TestOnAttempt_getsEachAttempt(t *testing.T) {
	type key struct{}
	var (
		mu  sync.Mutex
		got []Attempt
	)
	api := startAPI(t)
	api.Instance(shop).Enqueue(wachattest.Header("Cf-Ray", "ray-1", wachattest.Status(503)), nil)
	client := newClient(t, api, atOnce, func(c *Config) {
		c.OnAttempt = func(ctx context.Context, a Attempt) {
			mu.Lock()
			defer mu.Unlock()
			if ctx.Value(key{}) != "read" {
				t.Error("the observer's context is not the read's")
			}
			got = append(got, a)
		}
	})
	if _, err := client.InstanceState(context.WithValue(t.Context(), key{}, "read"), shop); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("got %d attempts, want 2", len(got))
	}
	first, second := got[0], got[1]
	if first.Number != 1 || first.Status != 503 || KindOf(first.Err) != KindUnavailable || first.RequestID != "ray-1" || first.Duration <= 0 {
		t.Errorf("the first was %+v", first)
	}
	if second.Number != 2 || second.Status != 200 || second.Err != nil || second.Instance != shop {
		t.Errorf("the second was %+v", second)
	}
	if want := api.BaseURL() + "/instance/state?instanceName=" + shop; second.URL != want {
		t.Errorf("the URL was %s, want %s", second.URL, want)
	}
}

func TestOnAttempt_getsAnInterrupt(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).SetFault(wachattest.HangHeaders())
		told := make(chan error, 1)
		client := newClient(t, api, func(c *Config) { c.OnAttempt = func(_ context.Context, a Attempt) { told <- a.Err } })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, _ = client.InstanceState(ctx, shop)
		if err := <-told; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the end of the read", err)
		}
	})
}

func TestError_text(t *testing.T) {
	err := &Error{Kind: KindUnauthorized, Instance: "shop", Status: 401, Message: "Invalid API key"}
	if got, want := err.Error(), `instance "shop": unauthorized (HTTP status 401): Invalid API key`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for kind := KindUnknown; kind <= KindContradiction; kind++ {
		if kind.String() == "" {
			t.Errorf("kind %d has no name", kind)
		}
	}
}
