// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command matrix runs the acceptance tests with each Terraform or OpenTofu that
// its arguments name, and prints one line for each: how many tests passed, how
// many were skipped and for lack of which feature, and how many failed.
//
// It exits with 0 only if no test failed, and if every row of the table "When
// each gate runs" passed with at least one of them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/wachat-net/terraform-provider-wachat/internal/tfcli"
)

func main() { os.Exit(exitCode()) }

func exitCode() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "The matrix failed:", err)
		return 1
	}
	return 0
}

func run(ctx context.Context, out io.Writer, paths []string) (err error) {
	if len(paths) == 0 {
		return errors.New("it needs the path of at least one CLI")
	}
	dir, err := os.MkdirTemp("", "wachat-matrix-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binaries, err := buildTests(ctx, dir)
	if err != nil {
		return err
	}
	failed, passed := 0, map[string]bool{}
	for _, path := range paths {
		cli, err := tfcli.Find(ctx, path)
		if err != nil {
			return err
		}
		results, err := runTests(ctx, binaries, cli)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %s\n", cli, results)
		results.printFailures(out)
		results.addPassed(passed)
		failed += results.failed()
	}
	if failed > 0 {
		return fmt.Errorf("%d tests failed", failed)
	}
	if missing := notExercised(passed); len(missing) > 0 {
		return fmt.Errorf("none of these CLIs exercises %q", missing)
	}
	fmt.Fprintln(out, "Every gate ran with at least one of them.")
	return nil
}
