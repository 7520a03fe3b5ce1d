// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command pictures makes the pictures of the README, each for a light and for
// a dark page: demo-*.svg is an excerpt of the demo in a terminal, for which it
// runs the demo, and gates-*.svg shows when each gate is asked. It writes them
// to .github/assets of the repository.
//
// Whatever differs from run to run (ports, ids, durations, paths) is not in the
// excerpt, so that a second run of the same code writes the same bytes.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
)

func main() { os.Exit(exitCode()) }

func exitCode() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once

	switch err := run(ctx); {
	case ctx.Err() != nil:
		return 130
	case err != nil:
		fmt.Fprintf(os.Stderr, "The pictures could not be made: %v.\n", err)
		return 1
	}
	return 0
}

func run(ctx context.Context) error {
	repository, err := cli.RepositoryRoot(ctx)
	if err != nil {
		return err
	}
	output, err := record(ctx, repository)
	if err != nil {
		return err
	}
	pictures, err := draw(output)
	if err != nil {
		return err
	}
	return write(filepath.Join(repository, ".github", "assets"), pictures)
}

// draw makes all pictures, by file name, from the output of the demo.
func draw(output string) (map[string][]byte, error) {
	shown, err := excerpt(linesOf(output))
	if err != nil {
		return nil, err
	}
	pictures := map[string][]byte{}
	for _, theme := range themes {
		if pictures["demo-"+theme.Name+".svg"], err = terminal(theme, shown); err != nil {
			return nil, err
		}
		if pictures["gates-"+theme.Name+".svg"], err = timeline(theme, gates); err != nil {
			return nil, err
		}
	}
	return pictures, nil
}

func write(dir string, pictures map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	for name, picture := range pictures {
		if err := os.WriteFile(filepath.Join(dir, name), picture, 0o600); err != nil {
			return err
		}
	}
	return nil
}
