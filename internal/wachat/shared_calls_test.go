// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestSharedCalls_oneRequest(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.SetDelay(300 * time.Millisecond)
		client := newClient(t, api)
		var group errgroup.Group
		for range 10 {
			group.Go(func() error { _, err := client.InstanceState(t.Context(), shop); return err })
			group.Go(func() error {
				_, err := client.Require(t.Context(), shop, Requirement{State: "open", Timeout: time.Minute, PollInterval: time.Second})
				return err
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		if n := api.Requests(); n != 2 {
			t.Errorf("%d requests, want one of the reads and one of the waits", n)
		}
	})
}

func TestSharedCalls_oneBackoff(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.Instance(shop).Enqueue(wachattest.Status(503))
		client := newClient(t, api)
		var group errgroup.Group
		for range 10 {
			group.Go(func() error { _, err := client.InstanceState(t.Context(), shop); return err })
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		if n := api.Requests(); n != 2 {
			t.Errorf("%d requests, want 2", n)
		}
	})
}

func TestSharedCalls_keepNoAnswer(t *testing.T) {
	api := startAPI(t)
	client := newClient(t, api)
	mustRead(t, client, shop)
	api.Instance(shop).Close()
	if state := mustRead(t, client, shop); state.State != "close" {
		t.Errorf("got state %q, want close", state.State)
	}
}

func TestSharedCalls_oneCallerLeaves(t *testing.T) {
	left := errors.New("left")
	for _, tt := range []struct {
		name   string
		leaver int
	}{{"the first one leaves", 0}, {"another one leaves", 1}} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.SetDelay(100 * time.Millisecond)
				client := newClient(t, api)
				var errs [3]error
				var leave context.CancelCauseFunc
				var group errgroup.Group
				for i := range errs {
					ctx, cancel := context.WithCancelCause(t.Context())
					defer cancel(nil)
					if i == tt.leaver {
						leave = cancel
					}
					group.Go(func() error { _, errs[i] = client.InstanceState(ctx, shop); return nil })
					synctest.Wait()
				}
				leave(left)
				synctest.Wait()
				if !errors.Is(errs[tt.leaver], left) {
					t.Errorf("the one that left has error %v", errs[tt.leaver])
				}
				errs[tt.leaver] = nil
				_ = group.Wait()
				if err := errors.Join(errs[:]...); err != nil {
					t.Errorf("the others have %v", err)
				}
				if n := api.Requests(); n != 1 {
					t.Errorf("%d requests, want 1", n)
				}
			})
		})
	}
}

func TestSharedCalls_endWithTheLastCaller(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		api.SetDelay(time.Hour)
		client := newClient(t, api, func(c *Config) { c.RequestTimeout = 2 * time.Hour; c.MaxConcurrentRequests = 1 })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := client.InstanceState(ctx, shop); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got error %v", err)
		}
		synctest.Wait()
		api.SetDelay(0)
		start := time.Now()
		mustRead(t, client, shop) // has the only slot
		if took := time.Since(start); took > time.Second {
			t.Errorf("the flight that nobody was in held the slot for %s", took)
		}
		if n := api.Requests(); n != 2 {
			t.Errorf("%d requests, want 2", n)
		}
	})
}

// A flight that its last caller has left may take a while to end. Whoever comes
// then must not be taken along.
func TestSharedCalls_noneJoinsACallThatEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int32
		release := make(chan struct{})
		read := withSharedCalls(func(ctx context.Context, name string) (*InstanceState, error) {
			if calls.Add(1) == 1 {
				<-release // whatever becomes of ctx
				return nil, ctx.Err()
			}
			return &InstanceState{Name: name}, nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := read(ctx, shop); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the first has error %v", err)
		}
		if state, err := read(t.Context(), shop); err != nil || state.Name != shop || calls.Load() != 2 {
			t.Errorf("the second got %v, %v in call %d", state, err, calls.Load())
		}
		close(release)
	})
}
