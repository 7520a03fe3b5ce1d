// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"net"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// network is how far away the API is, and how long it thinks.
type network struct {
	roundTrip time.Duration
	work      time.Duration // of the API for an answer
}

var (
	zero = network{}
	far  = network{roundTrip: 50 * time.Millisecond, work: 20 * time.Millisecond}
)

func (n network) String() string {
	if n == zero {
		return "zero latency"
	}
	return fmt.Sprintf("%s of round trip, %s of work in the API", milliseconds(n.roundTrip), milliseconds(n.work))
}

// limit is the time in which no client could read less: the rounds of requests
// one after the other, and the connection's two round trips, for TCP and for
// TLS 1.3, before the first.
func (n network) limit(w workload) time.Duration {
	rounds := (w.Instances + w.InFlight - 1) / w.InFlight
	return time.Duration(rounds)*(n.roundTrip+n.work) + 2*n.roundTrip
}

// serve starts an API at this distance that knows the instances. The caller
// closes it.
func (n network) serve(names []string) *wachattest.Server {
	api := wachattest.New(wachattest.WithTLS(), wachattest.WithConnWrapper(n.wrap))
	api.SetDelay(n.work)
	for _, name := range names {
		api.Create(name)
	}
	return api
}

func (n network) wrap(conn net.Conn) net.Conn {
	if n.roundTrip == 0 {
		return conn
	}
	return newDistantConn(conn, n.roundTrip)
}
