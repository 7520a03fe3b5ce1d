// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// bench is what the plans are measured with.
type bench struct {
	terraform   terraform
	binaryBytes int64 // of the provider
	progress    io.Writer
}

// run measures in a temporary directory, which it removes, and reports.
func run(ctx context.Context, opts options, stdout, progress io.Writer) (err error) {
	repository, err := acctest.RepositoryRoot(ctx)
	if err != nil {
		return err
	}
	if opts.redraw {
		f, err := readFigures(opts.outDir(repository))
		if err != nil {
			return err
		}
		return f.plot(opts.outDir(repository))
	}
	dir, err := os.MkdirTemp("", "wachat-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	b, err := prepare(ctx, opts, repository, dir, progress)
	if err != nil {
		return err
	}
	results, err := b.measureAll(ctx, workloads(opts.quick, opts.peers), opts.runs)
	if err != nil {
		return err
	}
	f := newFigures(b.terraform.cli.String(), opts.runs, b.binaryBytes, results)
	f.print(stdout)
	if out := opts.outDir(repository); out != "" {
		return f.write(out)
	}
	return nil
}

// outDir is where the figures go; empty for nowhere.
func (o options) outDir(repository string) string {
	if o.out == "" && !o.quick {
		return filepath.Join(repository, ".github", "assets")
	}
	return o.out
}

// prepare finds the CLI, and installs the providers for it.
func prepare(ctx context.Context, opts options, repository, dir string, progress io.Writer) (*bench, error) {
	dir, err := filepath.EvalSymlinks(dir) // as the kernel calls the binaries
	if err != nil {
		return nil, err
	}
	cli, err := acctest.Find(ctx, "")
	if err != nil {
		return nil, err
	}
	b := &bench{progress: progress}
	if b.terraform, err = newTerraform(cli, dir); err != nil {
		return nil, err
	}
	fmt.Fprintf(progress, "%s. Building the provider ...\n", cli)
	if b.binaryBytes, err = b.terraform.addProvider(ctx); err != nil {
		return nil, err
	}
	for _, p := range opts.peers {
		if err := b.terraform.addPeer(p.in(repository)); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// long is the time from which a plan is measured once only: other processes
// change little in it, and the benchmark would take an hour.
const long = 15 * time.Second

// measureAll measures the workloads one after the other and then again, so
// that a busy minute of the machine affects all of them.
func (b *bench) measureAll(ctx context.Context, workloads []workload, runs int) ([]result, error) {
	if err := b.warmUp(ctx, workloads); err != nil {
		return nil, err
	}
	measured := make([]map[network][]measurement, len(workloads))
	for number := range runs {
		for i, w := range workloads {
			if number == 0 {
				measured[i] = map[network][]measurement{}
			}
			progress := fmt.Sprintf("run %d of %d, workload %d of %d", number+1, runs, i+1, len(workloads))
			if err := b.measureOnce(ctx, progress, w, measured[i]); err != nil {
				return nil, err
			}
		}
	}
	results := make([]result, len(workloads))
	for i, w := range workloads {
		results[i] = newResult(w, measured[i])
	}
	return results, nil
}

// measureOnce adds a measurement on each network to those that there are.
func (b *bench) measureOnce(ctx context.Context, progress string, w workload, runs map[network][]measurement) error {
	for _, n := range w.networks() {
		if former := runs[n]; len(former) > 0 && time.Duration(former[0].Time) > long {
			continue
		}
		m, err := b.measure(ctx, progress, w, n)
		if err != nil {
			return err
		}
		runs[n] = append(runs[n], m)
	}
	return nil
}

// warmUp plans once with each provider, so that no measurement pays for
// reading binaries from the disk.
func (b *bench) warmUp(ctx context.Context, workloads []workload) error {
	for _, w := range workloads {
		if w.Instances == 1 {
			if _, err := b.measure(ctx, "warm-up", w, zero); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) measure(ctx context.Context, progress string, w workload, n network) (measurement, error) {
	m, err := b.terraform.measure(ctx, w, n)
	if err == nil {
		fmt.Fprintf(b.progress, "%s: %s, %s: %s\n", progress, w, n, m)
	}
	return m, err
}
