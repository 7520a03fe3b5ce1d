// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "fmt"

// subject is what reads the instances. Each has a file in configurations.
type subject string

const (
	forEach     subject = "for_each" // data source wachat_instance_state, one graph node for each instance
	fleet       subject = "fleet"    // data source wachat_instance_states, one graph node
	peerHTTP    subject = "http"     // data source http of hashicorp/http, one graph node for each instance
	peerRestful subject = "restful"  // data source restful_resource of magodo/restful, the same
)

// sources are the addresses of the providers that a user could pick instead.
var sources = map[subject]string{
	peerHTTP:    "hashicorp/http",
	peerRestful: "magodo/restful",
}

func (s subject) isPeer() bool { return sources[s] != "" }

// parallelism is Terraform's -parallelism, and the provider's default for
// max_concurrent_requests: as many graph nodes, or reads of a fleet, are in
// progress at the same time.
const parallelism = 10

// workload is how many instances a plan reads, and how.
type workload struct {
	Subject   subject `json:"subject"`
	Instances int     `json:"instances"`
	InFlight  int     `json:"in_flight"` // requests at the same time
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

// networks are those that the workload is measured on. Stalls need as many
// instances as have one; more sizes than these would show nothing new.
func (w workload) networks() []network {
	if w.InFlight == parallelism && (w.Instances == 100 || w.Instances == 1_000) {
		return []network{zero, far, stalling}
	}
	return []network{zero, far}
}

// workloads are what is measured.
func workloads(quick bool, peers []peer) []workload {
	nodes, fleets, wide := []int{1, 10, 100, 300}, []int{1, 10, 100, 1_000, 10_000}, 1_000
	if quick {
		nodes, fleets, wide = []int{1, 10}, []int{1, 100}, 100
	}
	all := each(forEach, nodes)
	all = append(all, each(fleet, fleets)...)
	all = append(all, workload{fleet, wide, 100})
	for _, p := range peers {
		all = append(all, each(p.name, nodes)...)
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
