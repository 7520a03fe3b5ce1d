// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"

	"resenje.org/singleflight"
)

// withSharedCalls makes concurrent reads of one instance share one call of
// next. Each caller leaves when its own context ends; the context of the call
// ends when the last caller has left. No result is kept.
func withSharedCalls(next handler) handler {
	var calls singleflight.Group[string, *InstanceState]
	return func(ctx context.Context, name string) (*InstanceState, error) {
		state, _, err := calls.Do(ctx, name, func(ctx context.Context) (*InstanceState, error) {
			return next(ctx, name)
		})
		if err != nil && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return state, err
	}
}
