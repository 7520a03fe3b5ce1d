// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	shop  = "t1_mq9r2jov_jakarta_store"
	other = "t1_other"
)

// startAPI starts an API that has the open instances shop and other, and closes it
// after the test.
func startAPI(t *testing.T, options ...wachattest.Option) *wachattest.Server {
	t.Helper()
	api := wachattest.New(options...)
	t.Cleanup(api.Close)
	api.Create(shop)
	api.Create(other)
	return api
}

// bubble runs a test with a clock of its own and an API in memory. A name makes it
// a subtest.
func bubble(t *testing.T, name string, test func(t *testing.T, api *wachattest.Server), options ...wachattest.Option) {
	t.Helper()
	run := func(t *testing.T) { test(t, startAPI(t, append(options, wachattest.InMemory())...)) }
	if name == "" {
		synctest.Test(t, run)
		return
	}
	t.Run(name, func(t *testing.T) { synctest.Test(t, run) })
}

// newClient makes a client of api, with changes to the default configuration,
// and closes its connections after the test.
func newClient(tb testing.TB, api *wachattest.Server, changes ...func(*Config)) *Client {
	tb.Helper()
	config := DefaultConfig()
	config.BaseURL, config.Key, config.CACertPEM = api.BaseURL(), api.Key(), api.CACertPEM()
	config.DialContext = api.DialContext
	for _, change := range changes {
		change(&config)
	}
	client, err := New(config)
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

func atOnce(c *Config) { c.RetryWaitMin, c.RetryWaitMax = 0, 0 }

func once(c *Config) { c.MaxRetries = 0 }

func wide(c *Config) { c.MaxConcurrentRequests = 100 }

func unhedged(c *Config) { c.NoHedges = true }

// withoutJitter makes each backoff the shortest.
func withoutJitter(c *Config) { c.Jitter = func(time.Duration) time.Duration { return 0 } }

// readState reads an instance's state without a requirement.
func readState(t *testing.T, client *Client, name string) (*InstanceState, error) {
	t.Helper()
	return client.Require(t.Context(), name, Requirement{})
}

func mustRead(t *testing.T, client *Client, name string) *InstanceState {
	t.Helper()
	state, err := readState(t, client, name)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// mustFail returns the failure that err has to be.
func mustFail(t *testing.T, err error, kind Kind) *Error {
	t.Helper()
	failure, ok := errors.AsType[*Error](err)
	if !ok {
		t.Fatalf("got error %v, want one of kind %q", err, kind)
	}
	if failure.Kind != kind {
		t.Fatalf("got kind %q (%v), want %q", failure.Kind, failure, kind)
	}
	return failure
}

func mustMismatch(t *testing.T, err error) *StateError {
	t.Helper()
	mismatch, ok := errors.AsType[*StateError](err)
	if !ok {
		t.Fatalf("got error %v, want a StateError", err)
	}
	return mismatch
}

// mustTake checks how much time has passed in a bubble.
func mustTake(t *testing.T, start time.Time, want time.Duration) {
	t.Helper()
	if took := time.Since(start); took != want {
		t.Errorf("took %s, want %s", took, want)
	}
}

func mustSend(t *testing.T, api *wachattest.Server, want int) {
	t.Helper()
	if n := api.Requests(); n != want {
		t.Errorf("%d requests were sent, want %d", n, want)
	}
}

// createFleet creates n open instances and returns their names.
func createFleet(api *wachattest.Server, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("t1_%04d", i)
		api.Create(names[i])
	}
	return names
}

// readAll reads the instances concurrently, without the rules of a fleet.
func readAll(t *testing.T, client *Client, names ...string) []error {
	t.Helper()
	errs := make([]error, len(names))
	var group sync.WaitGroup
	for i, name := range names {
		group.Go(func() { _, errs[i] = client.Require(t.Context(), name, Requirement{}) })
	}
	group.Wait()
	return errs
}

func mustReadAll(t *testing.T, client *Client, names ...string) {
	t.Helper()
	if err := errors.Join(readAll(t, client, names...)...); err != nil {
		t.Error(err)
	}
}

// recorded returns a change to a client's configuration that records its
// attempts, and the attempts so far.
func recorded() (change func(*Config), attempts func() []Attempt) {
	var mu sync.Mutex
	var got []Attempt
	change = func(c *Config) {
		c.OnAttempt = func(_ context.Context, a Attempt) {
			mu.Lock()
			defer mu.Unlock()
			got = append(got, a)
		}
	}
	return change, func() []Attempt {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(got)
	}
}

// fault returns the fault that a word names, which may begin with a delay: "404",
// "429:12" for a Retry-After, "age:61", "1s+503". "ok" and "-" are none.
func fault(word string) wachattest.Fault {
	delay, what, delayed := strings.Cut(word, "+")
	if delayed {
		return late(delay, fault(what))
	}
	name, value, _ := strings.Cut(word, ":")
	if name == "age" {
		return wachattest.Header("Age", value, nil)
	}
	status, err := strconv.Atoi(name)
	switch {
	case err != nil:
		return namedFaults[name]
	case status/100 == 3:
		return wachattest.Redirect(status, "/login")
	case value != "":
		return wachattest.RetryAfter(status, value)
	}
	return wachattest.Status(status)
}

var namedFaults = map[string]wachattest.Fault{
	"ok":            nil,
	"hang":          wachattest.HangHeaders(),
	"cut":           wachattest.Truncated(),
	"reset":         wachattest.Reset(),
	"html":          wachattest.Body("text/html", "<p>open</p>"),
	"contradiction": wachattest.JSON(`{"success":true,"data":"close","instance":{"apiInstanceName":"NAME","state":"open"}}`),
}

func late(delay string, fault wachattest.Fault) wachattest.Fault {
	d, err := time.ParseDuration(delay)
	if err != nil {
		panic(err)
	}
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		time.Sleep(d)
		if fault == nil {
			next.ServeHTTP(w, r)
			return
		}
		fault(w, r, next)
	}
}

// enqueue gives the faults that words name to the next requests about an instance.
// One with "..." stays.
func enqueue(instance *wachattest.Instance, words string) {
	for word := range strings.FieldsSeq(words) {
		if standing, ok := strings.CutSuffix(word, "..."); ok {
			instance.SetFault(fault(standing))
			return
		}
		instance.Enqueue(fault(word))
	}
}

// follow gives an instance states one after the other, as in "close 5s, open".
func follow(t *testing.T, instance *wachattest.Instance, states string) {
	t.Helper()
	var phases []wachattest.Phase
	for phase := range strings.SplitSeq(states, ", ") {
		state, length, _ := strings.Cut(phase, " ")
		d, err := time.ParseDuration(cmp.Or(length, "0s"))
		if err != nil {
			t.Fatal(err)
		}
		phases = append(phases, wachattest.Phase{State: state, For: d})
	}
	instance.Follow(phases...)
}

// waitEnd says when a read that required a state ended, and with what.
func waitEnd(start time.Time, err error) string {
	took := time.Since(start).String()
	if err == nil {
		return took + ": found"
	}
	mismatch, ok := errors.AsType[*StateError](err)
	if !ok {
		return took + ": " + KindOf(err).String()
	}
	text := fmt.Sprintf("%s: %s, %d polls", took, cmp.Or(mismatch.Found, "nothing"), mismatch.Polls)
	if mismatch.Held > 0 {
		text += fmt.Sprintf(", held %s", mismatch.Held)
	}
	if mismatch.Changes > 0 {
		text += fmt.Sprintf(", %d changes", mismatch.Changes)
	}
	if mismatch.Unanswered {
		text += ", unanswered"
	}
	if mismatch.Stopped {
		text += ", stopped"
	}
	if last := mismatch.Last; last != nil {
		text += ", last " + last.Kind.String()
		if last.TooLong {
			text += " too long"
		}
	}
	return text
}

// mustEnd checks an outcome.
func mustEnd(t *testing.T, start time.Time, err error, want string) {
	t.Helper()
	if got := waitEnd(start, err); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
