// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"context"
	"errors"
	"fmt"
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

func (o *operation) String() string {
	kind := "read"
	if o.fleet {
		kind = "fleet"
	}
	r := o.requirement
	return fmt.Sprintf("%s at %s of %s; required %q, timeout %s, stable for %s, poll interval %s; leaves after %s",
		kind, o.at, strings.Join(o.names, " "), r.State, r.Timeout, r.StableFor, r.PollInterval, o.leavesAfter)
}

var errLeft = errors.New("the caller left")

func (o *operation) run(client *wachat.Client, r *record) {
	time.Sleep(o.at)
	ctx, leave := context.WithCancelCause(context.WithValue(context.Background(), operationKey{}, o))
	defer leave(nil)
	if o.leavesAfter > 0 {
		time.AfterFunc(o.leavesAfter, func() { leave(errLeft) })
	}
	seen := &outcome{operation: o, start: r.now()}
	requirement := o.requirement
	if !o.fleet {
		requirement.OnPoll = func(p wachat.Poll) { seen.polls = append(seen.polls, p) }
	}
	if o.fleet {
		seen.results = client.RequireAll(ctx, o.names, requirement)
	} else {
		state, err := client.Require(ctx, o.names[0], requirement)
		seen.results = []wachat.Result{{State: state, Err: err}}
	}
	seen.end = r.now()
	r.ended(seen)
}

// horizon is far beyond the bound of every operation that a plan may have.
const horizon = 20 * time.Hour

// simulate runs a plan in a bubble and returns its record and all violations of
// an invariant.
func simulate(t *testing.T, p *plan) (*record, []string) {
	t.Helper()
	r := newRecord()
	server := wachattest.New(append(p.protocol.options, wachattest.InMemory())...)
	defer server.Close()
	api := &apiSimulation{seed: p.seed, instances: p.instances, server: server, record: r, counts: map[string]int{}}
	for _, i := range p.instances {
		i.create(server)
	}
	server.SetFault(api.serve)
	net := &network{seed: p.seed, plan: p.network, dial: server.DialContext, record: r}

	client := newClient(t, p, server, net, r)
	if !finish(p, client, r) {
		late := unfinished(p, r)
		server.Close()
		time.Sleep(horizon) // until what hangs on the API has ended
		r.sort()
		return r, []string{fmt.Sprintf("- operations %v have not ended after %s", late, horizon)}
	}
	problems := checkSlots(client, server, api, net, r, p)
	client.CloseIdleConnections()
	time.Sleep(time.Hour) // dials and handshakes that nobody waits for end by themselves
	client.CloseIdleConnections()
	synctest.Wait()
	problems = append(problems, checkConnections(r)...)
	r.sort()
	return r, append(problems, check(p, r)...)
}

func newClient(t *testing.T, p *plan, server *wachattest.Server, net *network, r *record) *wachat.Client {
	t.Helper()
	config := p.config
	config.BaseURL, config.Key, config.CACertPEM = server.BaseURL(), server.Key(), server.CACertPEM()
	config.DialContext = net.DialContext
	config.OnAttempt = r.attempted
	config.Jitter = newJitter(p.seed, r)
	client, err := wachat.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// newJitter keys the jitter by the virtual time: reads that fail at the same
// time may swap theirs, but the others do not depend on the scheduler.
func newJitter(seed uint64, r *record) func(time.Duration) time.Duration {
	var mu sync.Mutex
	calls := map[time.Duration]int{}
	return func(limit time.Duration) time.Duration {
		mu.Lock()
		defer mu.Unlock()
		now := r.now()
		calls[now]++
		return time.Duration(newRandom(seed, "jitter", now, calls[now]).Int64N(int64(limit) + 1))
	}
}

// finish runs all operations and reports whether all of them ended.
func finish(p *plan, client *wachat.Client, r *record) bool {
	var running sync.WaitGroup
	for _, o := range p.operations {
		running.Go(func() { o.run(client, r) })
	}
	ended := make(chan struct{})
	go func() {
		running.Wait()
		close(ended)
	}()
	timer := time.NewTimer(horizon)
	defer timer.Stop()
	select {
	case <-ended:
		return true
	case <-timer.C:
		return false
	}
}

func unfinished(p *plan, r *record) []int {
	r.mu.Lock()
	defer r.mu.Unlock()
	ended := map[int]bool{}
	for _, o := range r.outcomes {
		ended[o.operation.number] = true
	}
	var numbers []int
	for _, o := range p.operations {
		if !ended[o.number] {
			numbers = append(numbers, o.number)
		}
	}
	return numbers
}

// checkSlots reads as many instances at the same time as there are slots, on a
// network without faults.
func checkSlots(client *wachat.Client, server *wachattest.Server, api *apiSimulation, net *network, r *record, p *plan) []string {
	synctest.Wait() // for attempts whose callers have left
	attempts := len(r.attempts)
	defer func() { r.attempts = r.attempts[:attempts] }()
	net.setCalm()
	client.CloseIdleConnections()
	time.Sleep(time.Hour) // beyond every pause
	names := make([]string, p.config.MaxConcurrentRequests)
	for i := range names {
		names[i] = fmt.Sprintf("t1_probe_%d", i)
		server.Create(names[i])
	}
	var problems []string
	var reads sync.WaitGroup
	errs := make([]error, len(names))
	for i, name := range names {
		reads.Go(func() { _, errs[i] = client.InstanceState(context.Background(), name) })
	}
	reads.Wait()
	if err := errors.Join(errs...); err != nil {
		problems = append(problems, fmt.Sprintf("- the client cannot read any more after the operations: %v", err))
	}
	if n := api.mostInProbe.Load(); p.config.RequestsPerSecond == 0 && n != int64(len(names)) {
		problems = append(problems, fmt.Sprintf("- %d requests can be in flight after the operations, want %d", n, len(names)))
	}
	return problems
}

func checkConnections(r *record) []string {
	var problems []string
	for _, c := range r.connections {
		c.mu.Lock()
		if c.connected && !c.closed {
			problems = append(problems, fmt.Sprintf("- connection %d is still open", c.number))
		}
		c.mu.Unlock()
	}
	return problems
}
