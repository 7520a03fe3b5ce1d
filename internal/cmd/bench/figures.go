// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

// figures are all that one run of the benchmark has found.
type figures struct {
	Date        string  `json:"date"`
	Machine     machine `json:"machine"`
	Go          string  `json:"go"`
	CLI         string  `json:"cli"`
	Runs        int     `json:"runs"`
	RoundTrip   seconds `json:"round_trip_seconds"`
	Work        seconds `json:"work_seconds"`
	Parallelism int     `json:"parallelism"`
	BinaryBytes int64   `json:"release_binary_bytes"`

	Results []result `json:"results"`
	Targets []target `json:"targets"`
}

type machine struct {
	OS    string `json:"os"`
	Arch  string `json:"arch"`
	Cores int    `json:"cores"`
}

func newFigures(cli string, runs int, binaryBytes int64, results []result) figures {
	return figures{
		Date:        time.Now().UTC().Format(time.DateOnly),
		Machine:     machine{runtime.GOOS, runtime.GOARCH, runtime.NumCPU()},
		Go:          runtime.Version(),
		CLI:         cli,
		Runs:        runs,
		RoundTrip:   seconds(far.roundTrip),
		Work:        seconds(far.work),
		Parallelism: parallelism,
		BinaryBytes: binaryBytes,
		Results:     results,
		Targets:     targets(results, binaryBytes),
	}
}

const figuresFile = "bench.json"

// write writes the figures to dir, rounded, and the plots of the rounded figures:
// the README shows both.
func (f figures) write(dir string) error {
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	var rounded figures
	if err := json.Unmarshal(text, &rounded); err != nil {
		return err
	}
	if err := rounded.plot(dir); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, figuresFile), append(text, '\n'), 0o644) //nolint:gosec // All may read it, as the repository's others.
}

// plot writes the plots of the figures to dir.
func (f figures) plot(dir string) error {
	plots := svg.Pictures{}
	if err := plots.Draw("bench", plotTemplate, newPlot(f)); err != nil {
		return err
	}
	return plots.Write(dir)
}

// readFigures reads what write has written.
func readFigures(dir string) (figures, error) {
	text, err := os.ReadFile(filepath.Join(dir, figuresFile))
	if err != nil {
		return figures{}, err
	}
	var f figures
	return f, json.Unmarshal(text, &f)
}
