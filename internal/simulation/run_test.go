// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"context"
	"errors"
	"fmt"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// operation is a call of the client, by a caller that may leave.
type operation struct {
	number      int
	at          time.Duration
	names       []string
	fleet       bool
	requirement wachat.Requirement
	leavesAfter time.Duration // 0 for never
}

type operationKey struct{}

// polls reports whether more than one answer may be needed.
func (o *operation) polls() bool { return o.requirement.Timeout > 0 || o.requirement.StableFor > 0 }

// maxAge is how old an answer from a cache may be.
func (o *operation) maxAge() time.Duration {
	if o.requirement.StableFor > 0 {
		return 0
	}
	return time.Minute
}

var errLeft = errors.New("the caller left")

func (o *operation) run(ctx context.Context, client *wachat.Client, r *record) {
	time.Sleep(o.at)
	ctx, leave := context.WithCancelCause(context.WithValue(ctx, operationKey{}, o))
	defer leave(nil)
	if o.leavesAfter > 0 {
		time.AfterFunc(o.leavesAfter, func() { leave(errLeft) })
	}
	seen := &outcome{operation: o, start: r.now()}
	if o.fleet {
		seen.results = client.RequireAll(ctx, o.names, o.requirement)
	} else {
		state, err := client.Require(ctx, o.names[0], o.requirement)
		seen.results = []wachat.Result{{State: state, Err: err}}
	}
	seen.end = r.now()
	r.change(func() { r.outcomes = append(r.outcomes, seen) }, "operation %d ends for %v: %v", o.number, o.names, seen.results)
}

// horizon is far beyond the bound of every operation that a plan may have.
const horizon = 20 * time.Hour

// simulate runs a plan in a bubble and returns its record and all violations of
// an invariant.
func simulate(t *testing.T, p *plan, r *record) []string {
	t.Helper()
	server := startServer(p.protocol, &apiSimulation{plan: p, record: r})
	defer func() {
		_ = server.http.Close()
		time.Sleep(time.Minute) // until the network has carried that
	}()
	client := newClient(t, p, server, r)
	if !finish(p, client, r) {
		return []string{fmt.Sprintf("- an operation has not ended %s after the start of the run:\n%s", horizon, stacks())}
	}
	time.Sleep(time.Hour) // handshakes and idle connections end by themselves
	synctest.Wait()
	return check(p, r)
}

func newClient(t *testing.T, p *plan, server *server, r *record) *wachat.Client {
	t.Helper()
	config := p.config
	config.BaseURL, config.Key = "http://127.0.0.1", wachattest.DefaultKey
	if p.protocol.tls {
		config.BaseURL = "https://127.0.0.1"
		_, config.CACertPEM = certificate()
	}
	config.DialContext = (&network{plan: p, server: server, record: r}).DialContext
	config.OnAttempt = r.attempted
	// Keyed by the virtual time, the jitter does not depend on the scheduler.
	config.Jitter = func(limit time.Duration) time.Duration {
		return time.Duration(newRandom(p.seed, "jitter", r.now()).Int64N(int64(limit) + 1))
	}
	client, err := wachat.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// finish runs all operations and reports whether all of them ended. The label
// shows in the stacks of all that an operation starts.
func finish(p *plan, client *wachat.Client, r *record) bool {
	var running sync.WaitGroup
	for _, o := range p.operations {
		running.Go(func() {
			pprof.Do(context.Background(), pprof.Labels("operation", strconv.Itoa(o.number)), func(ctx context.Context) { o.run(ctx, client, r) })
		})
	}
	ended := make(chan struct{})
	go func() {
		running.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return true
	case <-time.After(horizon):
		return false
	}
}

// stacks returns where the client's goroutines wait, and for which operation: who
// holds a slot, and who waits for one.
func stacks() string {
	var all, found strings.Builder
	_ = pprof.Lookup("goroutine").WriteTo(&all, 1)
	for line := range strings.Lines(all.String()) {
		if strings.Contains(line, `"operation"`) || strings.Contains(line, "internal/wachat.") {
			found.WriteString(line)
		}
	}
	return found.String()
}
