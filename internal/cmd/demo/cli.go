// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	shared "github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
)

// patience is how long an interrupted command may take to end.
const patience = 10 * time.Second

// cli is the command line tool that the demo drives: Terraform or OpenTofu.
type cli struct {
	path string
	env  []string
}

// typed is the command as a person types it.
func (c cli) typed(args []string) string {
	name := strings.TrimSuffix(filepath.Base(c.path), ".exe")
	return strings.Join(append([]string{name}, args...), " ")
}

// result is how a command ended.
type result struct {
	exit   int
	output string // both streams, in the order in which they were written
}

// run runs a command and copies its output to out while it comes. An exit code
// other than 0 is a result, not an error.
func (c cli) run(ctx context.Context, dir string, out io.Writer, args ...string) (result, error) {
	var output bytes.Buffer
	streams := io.MultiWriter(out, &output)
	cmd := exec.CommandContext(ctx, c.path, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = dir, c.env, streams, streams, patience
	shared.InterruptOnCancel(cmd)

	err := cmd.Run()
	if ctx.Err() != nil {
		return result{}, ctx.Err()
	}
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		return result{}, err
	}
	return result{exit: cmd.ProcessState.ExitCode(), output: output.String()}, nil
}
