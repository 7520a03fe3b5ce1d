// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command releasecheck proves by installation that a release of the last commit
// would work: Terraform itself installs a snapshot of it from a registry on
// loopback and plans with it, and refuses it where it was tampered with.
//
// It needs git, gpg and a system whose Go programs heed SSL_CERT_FILE (not
// macOS, not Windows). It exits 0 only if every proof holds.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(exitCode()) }

func exitCode() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends it at once

	out := newReport(os.Stdout)
	if err := run(ctx, out); err != nil {
		out.broken(err)
		return 1
	}
	if out.failed > 0 {
		return 1
	}
	return 0
}

// run makes a snapshot in a temporary directory, tries every proof on it, and
// removes the directory.
func run(ctx context.Context, out *report) (err error) {
	c, err := prepare(ctx, out)
	defer c.close(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	for _, p := range c.proofs() {
		evidence, err := p.prove(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		out.proof(p.claim, evidence, err)
	}
	out.summary()
	return nil
}
