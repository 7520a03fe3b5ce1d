// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// figures are all that one run of the benchmark has found.
type figures struct {
	Date        string  `json:"date"`
	Machine     machine `json:"machine"`
	Go          string  `json:"go"`
	Terraform   string  `json:"terraform"`
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

func newFigures(terraformVersion string, runs int, binaryBytes int64, results []result) figures {
	return figures{
		Date:        time.Now().UTC().Format(time.DateOnly),
		Machine:     machine{runtime.GOOS, runtime.GOARCH, runtime.NumCPU()},
		Go:          runtime.Version(),
		Terraform:   terraformVersion,
		Runs:        runs,
		RoundTrip:   seconds(far.roundTrip),
		Work:        seconds(far.work),
		Parallelism: parallelism,
		BinaryBytes: binaryBytes,
		Results:     results,
		Targets:     targets(results, binaryBytes),
	}
}

// write writes the figures and their plot to dir.
func (f figures) write(dir string) error {
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	picture, err := plotOf(f)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	if err := create(filepath.Join(dir, "bench.json"), append(text, '\n')); err != nil {
		return err
	}
	return create(filepath.Join(dir, "bench.svg"), picture)
}

// create writes a file that all may read, as the repository's others.
func create(path string, content []byte) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := file.Write(content); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}
