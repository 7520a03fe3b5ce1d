// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"sync"

	"golang.org/x/sync/singleflight"
)

// flights let reads of the same instance that are under way at the same time
// share one. Nothing is kept of a flight when it has ended.
type flights struct {
	group singleflight.Group

	mu    sync.Mutex
	under map[string]*flight // under way, by the instance's name
}

// flight is what its callers share: a context that has the first one's values
// but nobody's end.
type flight struct {
	ctx     context.Context //nolint:containedctx // It is the flight's own, and ends with its last caller.
	end     context.CancelFunc
	callers int
}

// withFlights makes reads of one instance share next. Each caller leaves when
// its own context ends; the last one that leaves ends the flight.
func withFlights(next handler) handler {
	f := &flights{under: map[string]*flight{}}
	return func(ctx context.Context, name string) (*InstanceState, error) {
		shared := f.board(ctx, name)
		defer f.leave(name, shared)
		landing := f.group.DoChan(name, func() (any, error) { return next(shared.ctx, name) })
		select {
		case landed := <-landing:
			state, _ := landed.Val.(*InstanceState)
			return state, landed.Err
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

func (f *flights) board(ctx context.Context, name string) *flight {
	f.mu.Lock()
	defer f.mu.Unlock()
	shared := f.under[name]
	if shared == nil {
		shared = &flight{}
		shared.ctx, shared.end = context.WithCancel(context.WithoutCancel(ctx))
		f.under[name] = shared
	}
	shared.callers++
	return shared
}

// leave makes sure that nobody boards a flight that ends: whoever comes after
// the last caller starts another.
func (f *flights) leave(name string, shared *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if shared.callers--; shared.callers > 0 {
		return
	}
	delete(f.under, name)
	f.group.Forget(name)
	shared.end()
}
