// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what a plan costs: real Terraform, with the provider
// as it is released, reads 1 to 10,000 instances of an embedded Wachat API, at
// no distance, at a simulated round trip, and with some requests that never get
// an answer. It compares the difference with what no client could do faster,
// and writes the figures as bench.json and as plots of it, bench-*.svg.
//
// A target that is not met shows in what it prints, not in its exit code: on a
// busy machine that says little. It exits 1 when it could not measure, and 130
// when it is interrupted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// options are what the command line says.
type options struct {
	runs   int
	quick  bool
	out    string // empty with quick: nowhere; else .github/assets of the repository
	peers  []peer
	redraw bool
}

func main() { os.Exit(exitCode()) }

func exitCode() int {
	opts, err := parse(os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the benchmark at once

	err = run(ctx, opts, os.Stdout, os.Stderr)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "Interrupted; the temporary files are removed.")
		return 130
	case err != nil:
		fmt.Fprintf(os.Stderr, "The benchmark failed: %v.\n", err)
		return 1
	}
	return 0
}

// parse reads the arguments, and says on stderr what is wrong with them.
func parse(args []string, stderr io.Writer) (options, error) {
	var opts options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&opts.runs, "runs", 3, "measure each plan this `often`, those above 15 s once")
	flags.BoolVar(&opts.quick, "quick", false, "measure a few small plans only")
	flags.StringVar(&opts.out, "out", "", "write bench.json and its plots to this `directory` (default .github/assets; with -quick nowhere)")
	flags.BoolVar(&opts.redraw, "redraw", false, "measure nothing; draw the plots of the bench.json that is there")
	flags.Func("peer", "also measure this provider, given as `name=path` of its binary; repeat it for several", func(text string) error {
		p, err := parsePeer(text)
		opts.peers = append(opts.peers, p)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}
	if opts.runs < 1 || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "bench takes at least one run, and no arguments but its flags.")
		return options{}, errUsage
	}
	return opts, nil
}

var errUsage = errors.New("usage")
