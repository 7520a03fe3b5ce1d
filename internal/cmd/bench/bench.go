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

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
)

// bench is what the plans are measured with.
type bench struct {
	terraform   terraform
	version     string // of Terraform
	binaryBytes int64  // of the provider
	progress    io.Writer
}

// run measures in a temporary directory, which it removes, and reports.
func run(ctx context.Context, opts options, stdout, progress io.Writer) (err error) {
	repository, err := cli.RepositoryRoot(ctx)
	if err != nil {
		return err
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
	results, err := b.measureAll(ctx, workloads(opts.quick, opts.peerHTTP != ""), opts.runs)
	if err != nil {
		return err
	}
	f := newFigures(b.version, opts.runs, b.binaryBytes, results)
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

// prepare finds Terraform, and builds the provider for it.
func prepare(ctx context.Context, opts options, repository, dir string, progress io.Writer) (*bench, error) {
	dir, err := filepath.EvalSymlinks(dir) // as the kernel calls the binaries
	if err != nil {
		return nil, err
	}
	providers, err := newProviders(dir)
	if err != nil {
		return nil, err
	}
	b := &bench{progress: progress}
	if b.terraform, err = findTerraform(providers); err != nil {
		return nil, err
	}
	if b.version, err = b.terraform.version(ctx, dir); err != nil {
		return nil, err
	}
	fmt.Fprintf(progress, "Terraform %s. Building the provider ...\n", b.version)
	if b.binaryBytes, err = providers.build(ctx, repository); err != nil {
		return nil, err
	}
	if opts.peerHTTP != "" {
		err = providers.addPeer(opts.peerHTTP)
	}
	return b, err
}

// measureAll measures the workloads in turn and then again, so that what else
// the machine does in the meantime meets all of them.
func (b *bench) measureAll(ctx context.Context, workloads []workload, runs int) ([]result, error) {
	if err := b.warmUp(ctx, workloads); err != nil {
		return nil, err
	}
	near, distant := make([][]measurement, len(workloads)), make([][]measurement, len(workloads))
	for number := range runs {
		for i, w := range workloads {
			turn := fmt.Sprintf("run %d of %d, plan %d of %d", number+1, runs, i+1, len(workloads))
			atZero, err := b.measure(ctx, turn, w, zero)
			if err != nil {
				return nil, err
			}
			atDistance, err := b.measure(ctx, turn, w, far)
			if err != nil {
				return nil, err
			}
			near[i], distant[i] = append(near[i], atZero), append(distant[i], atDistance)
		}
	}
	results := make([]result, len(workloads))
	for i, w := range workloads {
		results[i] = newResult(w, near[i], distant[i])
	}
	return results, nil
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

func (b *bench) measure(ctx context.Context, turn string, w workload, n network) (measurement, error) {
	m, err := b.terraform.measure(ctx, w, n)
	if err == nil {
		fmt.Fprintf(b.progress, "%s: %s, %s: %s\n", turn, w, n, m.Time)
	}
	return m, err
}
