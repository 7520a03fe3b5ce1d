// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command demo shows what the provider is for: real Terraform or OpenTofu, with
// the provider built from this repository, lets a plan through while a WhatsApp
// instance is open and stops it when it is not.
//
// It uses an embedded Wachat API. With WACHAT_API_KEY and WACHAT_INSTANCE_NAME
// set it reads that instance at Wachat instead, in one scene, and changes
// nothing. It exits with 0 only if every command ended as expected, with 2 if
// one of the two variables is missing, and with 130 when it is interrupted.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	path := flag.String("cli", "", "`path` of Terraform or OpenTofu (default: terraform or tofu on the PATH)")
	flag.Parse()
	os.Exit(exitCode(*path))
}

func exitCode(path string) int {
	stage, err := newStage()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer stage.close()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the demo at once

	out := newScreen(os.Stdout, colorful(os.Stdout))
	switch err := run(ctx, out, path, stage); {
	case ctx.Err() != nil:
		out.summary(false, "Interrupted; the temporary files are removed.")
		return 130
	case err != nil:
		out.summary(false, "The demo failed: "+err.Error()+".")
		return 1
	}
	return 0
}
