// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"net"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// network is the distance to the API, the API's own time, and what gets lost.
type network struct {
	roundTrip time.Duration
	work      time.Duration // of the API for an answer
	stalls    bool          // 1 in stallEvery instances never gets an answer to its first request
}

var (
	zero     = network{}
	far      = network{roundTrip: 50 * time.Millisecond, work: 20 * time.Millisecond}
	stalling = network{roundTrip: far.roundTrip, work: far.work, stalls: true}
)

// stallEvery is how many instances there are for each that stalls. It is the
// one in the middle, so that the first request of a plan is not always it.
const stallEvery = 100

func stallsAt(index int) bool { return index%stallEvery == stallEvery/2 }

func (n network) String() string {
	switch {
	case n.stalls:
		return fmt.Sprintf("1 in %d stalls", stallEvery)
	case n.roundTrip > 0:
		return "with latency"
	}
	return "zero latency"
}

// latency is that of the simulated network, in words.
func (n network) latency() string {
	return fmt.Sprintf("%s of round trip, %s of work in the API", milliseconds(n.roundTrip), milliseconds(n.work))
}

// limit is the shortest time in which any client could read: the rounds of
// requests one after the other, and before them the two round trips that the
// connection takes, for TCP and for TLS 1.3.
func (n network) limit(w workload) time.Duration {
	rounds := (w.Instances + w.InFlight - 1) / w.InFlight
	return time.Duration(rounds)*(n.roundTrip+n.work) + 2*n.roundTrip
}

// serve starts an API at this distance that knows the instances. The caller
// closes it.
func (n network) serve(names []string, opts ...wachattest.Option) *wachattest.Server {
	api := wachattest.New(append(opts, wachattest.WithTLS(), wachattest.WithConnWrapper(n.wrap))...)
	api.SetDelay(n.work)
	for i, name := range names {
		instance := api.Create(name)
		if n.stalls && stallsAt(i) {
			instance.Enqueue(wachattest.HangHeaders())
		}
	}
	return api
}

func (n network) wrap(conn net.Conn) net.Conn {
	if n.roundTrip == 0 {
		return conn
	}
	return newDistantConn(conn, n.roundTrip)
}
