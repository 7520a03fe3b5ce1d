// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// measurement is what one plan cost.
type measurement struct {
	Time                   seconds `json:"seconds"`
	Unfinished             bool    `json:"did_not_finish,omitempty"` // Terraform was stopped after Time
	Requests               int     `json:"requests"`
	FewestRequestsInstance int     `json:"fewest_requests_per_instance"`
	MostRequestsInstance   int     `json:"most_requests_per_instance"`
	Connections            int     `json:"connections"`
	PeakMemory             int64   `json:"peak_memory_bytes,omitempty"` // of the provider; 0 where it is not known
}

func (m measurement) String() string {
	if m.Unfinished {
		return "did not finish in " + m.Time.String()
	}
	return m.Time.String()
}

// errUnfinished is the cause of a context that ends since the time is over.
var errUnfinished = errors.New("the plan did not finish in time")

// measure plans the workload on that network, once, with an API and a
// directory of its own.
func (tf terraform) measure(ctx context.Context, w workload, n network) (measurement, error) {
	dir, err := os.MkdirTemp(tf.dir, "plan-")
	if err != nil {
		return measurement{}, err
	}
	defer os.RemoveAll(dir)
	api := n.serve(w.names()) //nolint:contextcheck // Close ends it.
	defer api.Close()
	if err := w.configure(dir, api); err != nil {
		return measurement{}, err
	}

	peakMemory := followMemory(tf.binary(w.Subject))
	limited, cancel := context.WithTimeoutCause(ctx, n.limit(w)+tf.spare, errUnfinished)
	defer cancel()
	elapsed, err := tf.plan(limited, dir, w.environment(dir)...)
	m := measurement{Time: seconds(elapsed), PeakMemory: peakMemory(), Requests: api.Requests(), Connections: api.Connections()}
	switch {
	case errors.Is(context.Cause(limited), errUnfinished):
		m.Unfinished = true
	case err != nil:
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
