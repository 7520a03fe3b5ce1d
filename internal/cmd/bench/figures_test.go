// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
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
	Go, CLI            string
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
	InFlight     int            `json:"in_flight"`
	ZeroLatency  writtenSeries  `json:"zero_latency"`
	WithLatency  writtenSeries  `json:"with_latency"`
	WithStalls   *writtenSeries `json:"with_stalls"`
	AboveSeconds float64        `json:"above_seconds"`
	LimitSeconds float64        `json:"limit_seconds"`
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
		DidNotFinish    bool  `json:"did_not_finish"`
	}
}

func writtenIn(t *testing.T, dir string) written {
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

func TestFigures_write(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "assets")
	f := sampleFigures()
	if err := f.write(dir); err != nil {
		t.Fatal(err)
	}

	w := writtenIn(t, dir)
	if _, err := time.Parse(time.DateOnly, w.Date); err != nil {
		t.Error(err)
	}
	if w.Machine.Cores < 1 || w.Machine.OS == "" || w.Go == "" || w.CLI != "Terraform v1.11.4" || w.Runs != 3 || w.Parallelism != 10 ||
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
	if s := r.WithStalls; s == nil || s.MedianSeconds != 8.685 || s.Runs[0].Requests != 1_010 || s.Runs[0].DidNotFinish {
		t.Errorf("with stalls it is %+v", s)
	}
	if s := w.Results[12].WithStalls; s == nil || !s.Runs[0].DidNotFinish {
		t.Errorf("a peer with stalls is %+v", s)
	}
	if s := w.Results[0].WithStalls; s != nil {
		t.Errorf("one instance with stalls is %+v, want none", s)
	}
	for _, name := range []string{"bench-light.svg", "bench-dark.svg"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestFigures_read(t *testing.T) {
	dir := t.TempDir()
	want := sampleFigures()
	if err := want.write(dir); err != nil {
		t.Fatal(err)
	}
	if got, err := readFigures(dir); err != nil || !reflect.DeepEqual(got.Results[8], want.Results[8]) {
		t.Errorf("got %+v, %v; want %+v", got.Results[8], err, want.Results[8])
	}
}

// The README's plots show the figures beside them, and nothing else.
func TestFigures_plotsAreCurrent(t *testing.T) {
	mustHaveItsPlots(t, filepath.Join("..", "..", "..", ".github", "assets"))
}

func TestFigures_plotsAreOfTheRoundedFigures(t *testing.T) {
	dir := t.TempDir()
	f := sampleFigures()
	for i := range f.Results {
		f.Results[i].Above += seconds(499 * time.Microsecond)
	}
	if err := f.write(dir); err != nil {
		t.Fatal(err)
	}
	mustHaveItsPlots(t, dir)
}

// mustHaveItsPlots compares the plots in assets with those of the bench.json there.
func mustHaveItsPlots(t *testing.T, assets string) {
	t.Helper()
	f, err := readFigures(assets)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := f.plot(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bench-light.svg", "bench-dark.svg"} {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(assets, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not the plot of bench.json (%v): run make bench, or bench -redraw", name, err)
		}
	}
}
