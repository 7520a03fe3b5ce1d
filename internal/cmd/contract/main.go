// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command contract checks, one by one, what the provider assumes about Wachat's
// API. With WACHAT_API_KEY and WACHAT_INSTANCE_NAME set it checks the real API,
// which it only reads; without them, the embedded one.
//
// Its output holds no key, number, profile or name, so that it can be published.
// It exits 0 if every assumption that could be checked holds, 1 if one does not,
// and 2 if the API could not be checked.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(exitCode(os.Args[1:], os.Stdout, os.Stderr)) }

const (
	exitHolds  = 0
	exitBroken = 1
	exitFailed = 2
)

func exitCode(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("contract", flag.ContinueOnError)
	flags.SetOutput(stderr)
	asJSON := flags.Bool("json", false, "write the results as JSON")
	wrongKey := flags.Bool("wrong-key", false, "also send one request with a wrong key, which might lock an account")
	if err := flags.Parse(args); err != nil {
		return exitFailed
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the command at once

	report, err := run(ctx, stderr, *wrongKey)
	if err != nil {
		fmt.Fprintf(stderr, "contract: %v\n", err)
		return exitFailed
	}
	if *asJSON {
		report.writeJSON(stdout)
	} else {
		report.writeText(stdout)
	}
	if !report.holds() {
		return exitBroken
	}
	return exitHolds
}

// run checks the API that the environment names. It announces every request to
// notes before it sends the first one.
func run(ctx context.Context, notes io.Writer, wrongKey bool) (*report, error) {
	target, err := newTarget(wrongKey) //nolint:contextcheck // An embedded API lives until it is closed.
	if err != nil {
		return nil, err
	}
	defer target.close()
	fmt.Fprintln(notes, target.intro)
	return check(ctx, target)
}

// check sends the requests to the target, and checks every assumption.
func check(ctx context.Context, target target) (*report, error) {
	seen, err := observe(ctx, target)
	if err != nil {
		return nil, err
	}
	report := &report{Target: target.label, Unknown: seen.unknownMembers()}
	for _, a := range assumptions() {
		report.Results = append(report.Results, a.result(seen))
	}
	return report, nil
}
