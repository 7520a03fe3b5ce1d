// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command demo shows what the provider is for: real Terraform, or OpenTofu,
// with the provider built from this repository, lets a plan through while a
// WhatsApp instance is open and stops it when it is not.
//
// It plays against an embedded Wachat API. With WACHAT_API_KEY and
// WACHAT_INSTANCE_NAME set it reads that instance at Wachat instead, and
// changes nothing. It exits 0 only if every command ended as expected, and 130
// when it is interrupted.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(exitCode()) }

func exitCode() int {
	stage := newStage()
	defer stage.close()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the demo at once

	out := newScreen(os.Stdout, colourful(os.Stdout))
	switch err := run(ctx, out, stage); {
	case ctx.Err() != nil:
		out.summary(false, "Interrupted; the temporary files are removed.")
		return 130
	case err != nil:
		out.summary(false, "The demo failed: "+err.Error()+".")
		return 1
	}
	out.summary(true, "Every scene ended as expected.")
	return 0
}
