// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// observations are the responses to all requests of the contract. One that was
// not sent is nil.
type observations struct {
	known    *exchange // about the instance
	again    *exchange // about the instance, for a second time
	closed   *exchange // about an instance that is not open
	unknown  *exchange // about a name that does not exist
	display  *exchange // about the instance's display name
	wrongKey *exchange
	guard    guard
}

// observe sends the requests, one after the other.
func observe(ctx context.Context, t target) (*observations, error) {
	caller, err := newCaller(t.config)
	if err != nil {
		return nil, err
	}
	defer caller.client.CloseIdleConnections()
	o := &observations{known: caller.read(ctx, t.name)}
	if o.known.response == nil {
		return nil, fmt.Errorf("there is no answer from %s (%s): run terraform-provider-wachat -check to find out why", t.label, o.known.reported())
	}
	o.again = caller.read(ctx, t.name)
	o.closed = closedExchange(ctx, caller, t, o.known)
	o.unknown = caller.read(ctx, "t1_contract_"+strings.ToLower(rand.Text()))
	if name := o.displayName(); name != "" && name != t.name && wachat.CheckName(name) == nil && !strings.Contains(name, t.config.Key) {
		o.display = caller.read(ctx, name)
	}
	if t.wrongKey {
		if o.wrongKey, err = readWithWrongKey(ctx, t); err != nil {
			return nil, err
		}
	}
	o.guard = newGuard(t, o.all())
	return o, ctx.Err()
}

// closedExchange returns the answer about an instance that is not open, if there
// is one.
func closedExchange(ctx context.Context, caller *caller, t target, known *exchange) *exchange {
	switch {
	case t.closed != "":
		return caller.read(ctx, t.closed)
	case known.isAnswer() && known.instance().text("state") != wachat.StateOpen:
		return known
	}
	return nil
}

func readWithWrongKey(ctx context.Context, t target) (*exchange, error) {
	config := t.config
	config.Key = "wrong_" + strings.ToLower(rand.Text())
	caller, err := newCaller(config)
	if err != nil {
		return nil, err
	}
	defer caller.client.CloseIdleConnections()
	return caller.read(ctx, t.name), nil
}

func (o *observations) displayName() string { return o.known.instance().text("instanceName") }

func (o *observations) all() []*exchange {
	var all []*exchange
	for _, e := range []*exchange{o.known, o.again, o.closed, o.unknown, o.display, o.wrongKey} {
		if e != nil {
			all = append(all, e)
		}
	}
	return all
}
