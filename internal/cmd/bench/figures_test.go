// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// written is what readers of bench.json rely on.
type written struct {
	Date    string
	Machine struct {
		OS, Arch string
		Cores    int
	}
	Go, Terraform      string
	Runs, Parallelism  int
	RoundTripSeconds   float64 `json:"round_trip_seconds"`
	WorkSeconds        float64 `json:"work_seconds"`
	ReleaseBinaryBytes int64   `json:"release_binary_bytes"`
	Results            []writtenResult
	Targets            []target
}

type writtenResult struct {
	Subject      string
	Instances    int
	InFlight     int           `json:"in_flight"`
	ZeroLatency  writtenSeries `json:"zero_latency"`
	WithLatency  writtenSeries `json:"with_latency"`
	AboveSeconds float64       `json:"above_seconds"`
	LimitSeconds float64       `json:"limit_seconds"`
	Ratio        float64
}

type writtenSeries struct {
	MedianSeconds float64 `json:"median_seconds"`
	Runs          []struct {
		Seconds         float64
		Requests        int
		Fewest          int `json:"fewest_requests_per_instance"`
		Most            int `json:"most_requests_per_instance"`
		Connections     int
		PeakMemoryBytes int64 `json:"peak_memory_bytes"`
	}
}

func readFigures(t *testing.T, dir string) written {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "bench.json"))
	if err != nil {
		t.Fatal(err)
	}
	var w written
	if err := json.Unmarshal(text, &w); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestFiguresAreWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "assets")
	f := sampleFigures()
	if err := f.write(dir); err != nil {
		t.Fatal(err)
	}

	w := readFigures(t, dir)
	if _, err := time.Parse(time.DateOnly, w.Date); err != nil {
		t.Error(err)
	}
	if w.Machine.Cores < 1 || w.Machine.OS == "" || w.Go == "" || w.Terraform != "1.11.4" || w.Runs != 3 || w.Parallelism != 10 ||
		w.RoundTripSeconds != 0.05 || w.WorkSeconds != 0.02 || w.ReleaseBinaryBytes != 19_612_345 {
		t.Errorf("the setting is %+v", w)
	}
	if len(w.Results) != len(f.Results) || !slices.Equal(w.Targets, f.Targets) {
		t.Errorf("%d results and targets %v", len(w.Results), w.Targets)
	}
	r := w.Results[7]
	if r.Subject != "fleet" || r.Instances != 1_000 || r.InFlight != 10 || r.ZeroLatency.MedianSeconds != 0.375 ||
		r.WithLatency.MedianSeconds != 8.185 || r.AboveSeconds != 7.81 || r.LimitSeconds != 7.1 || r.Ratio != 1.1 {
		t.Errorf("a result is %+v", r)
	}
	run := r.WithLatency.Runs[2]
	if run.Seconds != 8.185 || run.Requests != 1_000 || run.Fewest != 1 || run.Most != 1 || run.Connections != 2 || run.PeakMemoryBytes != 30<<20 {
		t.Errorf("a run is %+v", run)
	}
	if _, err := os.Stat(filepath.Join(dir, "bench.svg")); err != nil {
		t.Error(err)
	}
}
