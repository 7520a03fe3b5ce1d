// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package simulation tests the whole API client in virtual time. A seed decides
// on a configuration, a workload, a network and an API, with random faults in
// each. The client runs against them in a bubble of testing/synctest, and all
// that happens is recorded. The invariants are then checked on the record:
// limits_test.go has those of pauses, slots, rates and handshakes, hedges_test.go,
// reads_test.go and waits_test.go have the others of their names, and
// invariants_test.go has those that hold for every request and every result.
//
// The scheduler has no seed: two goroutines that are due at the same virtual
// time may run in either order. Everything else that a seed decides is keyed by
// what it belongs to, such as the instance and the number of the request, so
// that it does not depend on that order.
package simulation
