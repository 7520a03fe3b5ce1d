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

func TestAccQuickRun(t *testing.T) {
	acctest.SkipUnlessAcceptance(t)
	dir := t.TempDir()
	var stdout, progress strings.Builder

	if err := run(t.Context(), options{runs: 2, quick: true, out: dir}, &stdout, &progress); err != nil {
		t.Fatal(err)
	}

	w := readFigures(t, dir)
	quick := workloads(true, false)
	if len(w.Results) != len(quick) {
		t.Fatalf("%d results, want %d", len(w.Results), len(quick))
	}
	for i, r := range w.Results {
		if got := (workload{subject(r.Subject), r.Instances, r.InFlight}); got != quick[i] {
			t.Errorf("a result is of %v, want %v", got, quick[i])
		}
		expectRuns(t, quick[i], r.ZeroLatency)
		expectRuns(t, quick[i], r.WithLatency)
	}
	for _, target := range w.Targets {
		if target.Name == "requests for each instance in a plan" && !target.Met {
			t.Errorf("%v requests for an instance, want 1", target.Value)
		}
	}
	if plans := strings.Count(progress.String(), "\nrun "); plans != 2*2*len(quick) {
		t.Errorf("%d plans in the progress, want %d:\n%s", plans, 2*2*len(quick), progress.String())
	}
	if !strings.Contains(stdout.String(), "requests for each instance in a plan") {
		t.Errorf("the output has no targets:\n%s", stdout.String())
	}
	svg, err := os.ReadFile(filepath.Join(dir, "bench.svg"))
	if err != nil {
		t.Fatal(err)
	}
	texts(t, svg)
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

func TestRunNeedsTerraform(t *testing.T) {
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
	if err == nil || !strings.Contains(err.Error(), "the benchmark needs Terraform") {
		t.Errorf("got %v", err)
	}
}
