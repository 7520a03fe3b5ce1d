// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

func TestAccBench_quick(t *testing.T) {
	acctest.Needs(t)
	dir := t.TempDir()
	var stdout, progress strings.Builder

	if err := run(t.Context(), options{runs: 2, quick: true, out: dir}, &stdout, &progress); err != nil {
		t.Fatal(err)
	}

	w := writtenIn(t, dir)
	quick := workloads(true, nil)
	if len(w.Results) != len(quick) {
		t.Fatalf("%d results, want %d", len(w.Results), len(quick))
	}
	for i, r := range w.Results {
		if got := (workload{subject(r.Subject), r.Instances, r.InFlight}); got != quick[i] {
			t.Errorf("a result is of %v, want %v", got, quick[i])
		}
		expectRuns(t, quick[i], r.ZeroLatency)
		expectRuns(t, quick[i], r.WithLatency)
		if stalls := quick[i].networks()[len(quick[i].networks())-1].stalls; (r.WithStalls != nil) != stalls {
			t.Errorf("%v: measured with stalls: %t, want %t", quick[i], !stalls, stalls)
		}
	}
	for _, target := range w.Targets {
		if target.Name == "requests for each instance in a plan" && !target.Met {
			t.Errorf("%v requests for an instance, want 1", target.Value)
		}
	}
	if plans := strings.Count(progress.String(), "\nrun "); plans < 2*2*len(quick) {
		t.Errorf("%d plans in the progress, want %d or more:\n%s", plans, 2*2*len(quick), progress.String())
	}
	if !strings.Contains(stdout.String(), "requests for each instance in a plan") {
		t.Errorf("the output has no targets:\n%s", stdout.String())
	}
	if _, err := os.Stat(filepath.Join(dir, "bench-dark.svg")); err != nil {
		t.Error(err)
	}
}

func expectRuns(t *testing.T, w workload, s writtenSeries) {
	t.Helper()
	if len(s.Runs) != 2 || s.MedianSeconds <= 0 {
		t.Fatalf("%v: %+v", w, s)
	}
	for _, r := range s.Runs {
		if r.Requests != w.Instances || r.Fewest != 1 || r.Most != 1 {
			t.Errorf("%v: %d requests, %d to %d for an instance", w, r.Requests, r.Fewest, r.Most)
		}
		if r.Connections < 1 || r.Connections > w.Instances {
			t.Errorf("%v: %d connections", w, r.Connections)
		}
		if knowsMemory := r.PeakMemoryBytes > 1<<20; knowsMemory != (runtime.GOOS == "linux") {
			t.Errorf("%v: a peak of %d bytes", w, r.PeakMemoryBytes)
		}
	}
}

// Plans that take long, or that never end, are not measured again.
func TestBench_longPlanOnce(t *testing.T) {
	b := &bench{terraform: testTerraform(t, "/no/terraform"), progress: io.Discard}
	for name, row := range map[string]struct {
		first    measurement
		measures bool
	}{
		"short":      {measurement{Time: 14 * second}, true},
		"long":       {measurement{Time: 16 * second}, false},
		"unfinished": {measurement{Time: 60 * second, Unfinished: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			runs := map[network][]measurement{}
			for _, n := range fleetOf1000.networks() {
				runs[n] = []measurement{row.first}
			}
			if err := b.measureOnce(t.Context(), "", fleetOf1000, runs); (err != nil) != row.measures {
				t.Errorf("got %v; tried to measure, want %t", err, row.measures)
			}
		})
	}
}

func TestBench_withoutTerraform(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(goTool, filepath.Join(dir, "go")); err != nil {
		t.Skip(err)
	}
	t.Setenv("PATH", dir)
	err = run(t.Context(), options{runs: 1, quick: true}, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "neither terraform nor tofu") {
		t.Errorf("got %v", err)
	}
}
