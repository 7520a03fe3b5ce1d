// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
)

// measurement is what one plan cost.
type measurement struct {
	Time                   seconds `json:"seconds"`
	Requests               int     `json:"requests"`
	FewestRequestsInstance int     `json:"fewest_requests_per_instance"`
	MostRequestsInstance   int     `json:"most_requests_per_instance"`
	Connections            int     `json:"connections"`
	PeakMemory             int64   `json:"peak_memory_bytes,omitempty"` // of the provider; 0 where that is not known
}

// measure plans the workload at that distance, once, with an API and a
// directory of its own.
func (tf terraform) measure(ctx context.Context, w workload, n network) (measurement, error) {
	dir, err := os.MkdirTemp(tf.providers.dir, "plan-")
	if err != nil {
		return measurement{}, err
	}
	defer os.RemoveAll(dir)
	api := n.serve(w.names()) //nolint:contextcheck // Close ends it.
	defer api.Close()
	if err := w.configure(dir, api); err != nil {
		return measurement{}, err
	}

	peakMemory := followMemory(tf.providers.binary(w.Subject))
	elapsed, err := tf.plan(ctx, dir, w.environment(dir)...)
	m := measurement{Time: seconds(elapsed), PeakMemory: peakMemory(), Requests: api.Requests(), Connections: api.Connections()}
	if err != nil {
		return measurement{}, fmt.Errorf("%s, %s: %w", w, n, err)
	}
	m.FewestRequestsInstance = m.Requests
	for _, name := range w.names() {
		requests := api.RequestsOf(name)
		m.FewestRequestsInstance = min(m.FewestRequestsInstance, requests)
		m.MostRequestsInstance = max(m.MostRequestsInstance, requests)
	}
	return m, nil
}
