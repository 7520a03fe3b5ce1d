// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "fmt"

// subject is what reads the instances.
type subject string

const (
	forEach subject = "for_each" // data source wachat_instance_state, a node of Terraform's graph an instance
	fleet   subject = "fleet"    // data source wachat_instance_states, one node
	peer    subject = "peer"     // data source http of the provider hashicorp/http, a node an instance
)

// parallelism is Terraform's -parallelism, and the provider's default for
// max_concurrent_requests: as many nodes, or reads of a fleet, are under way.
const parallelism = 10

// workload is how many instances a plan reads, and how.
type workload struct {
	Subject   subject `json:"subject"`
	Instances int     `json:"instances"`
	InFlight  int     `json:"in_flight"` // requests under way at the same time
}

func (w workload) String() string {
	return fmt.Sprintf("%s, %s %s, %d in flight", w.Subject, grouped(w.Instances), plural("instance", w.Instances), w.InFlight)
}

// names are the unique API names of the instances.
func (w workload) names() []string {
	names := make([]string, w.Instances)
	for i := range names {
		names[i] = fmt.Sprintf("t1_bench_%05d", i)
	}
	return names
}

// workloads are what is measured.
func workloads(quick, withPeer bool) []workload {
	nodes, fleets, wide := []int{1, 10, 100, 300}, []int{1, 10, 100, 1_000, 10_000}, 1_000
	if quick {
		nodes, fleets, wide = []int{1, 10}, []int{1, 25}, 25
	}
	all := each(forEach, nodes)
	all = append(all, each(fleet, fleets)...)
	all = append(all, workload{fleet, wide, 100})
	if withPeer {
		all = append(all, each(peer, nodes)...)
	}
	return all
}

func each(s subject, sizes []int) []workload {
	all := make([]workload, len(sizes))
	for i, size := range sizes {
		all[i] = workload{s, size, parallelism}
	}
	return all
}
