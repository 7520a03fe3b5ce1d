// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// Workspace is a directory that commands run in.
type Workspace struct {
	CLI        CLI
	Dir        string
	ConfigFile string    // of the CLI; empty is one that says nothing
	Env        []string  // in addition to what is left of this process's environment
	Color      bool      // whether the CLI uses colors
	Stream     io.Writer // receives the output while the command runs; nil is nobody
}

// Result is how a command ended.
type Result struct {
	ExitCode int
	Output   string // standard output and standard error, in the order written
}

// Run runs a command. An exit code other than 0 is a result; the error is why
// the command could not run, or the context's.
func (w Workspace) Run(ctx context.Context, args ...string) (Result, error) {
	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, w.CLI.Path, args...)
	cmd.Dir, cmd.Env, cmd.Stdout = w.Dir, w.environment(), &output
	if w.Stream != nil {
		cmd.Stdout = io.MultiWriter(w.Stream, &output)
	}
	cmd.Stderr = cmd.Stdout // one writer keeps the order
	InterruptOnCancel(cmd)

	err := cmd.Run()
	if ctx.Err() != nil {
		return Result{}, ctx.Err()
	}
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		return Result{}, err
	}
	return Result{ExitCode: cmd.ProcessState.ExitCode(), Output: output.String()}, nil
}

// Output runs a command that has to end with exit code 0, and returns what it
// printed. The error holds the end of what a failed command printed.
func (w Workspace) Output(ctx context.Context, args ...string) (string, error) {
	result, err := w.Run(ctx, args...)
	if err == nil && result.ExitCode != 0 {
		line := OneLine(result.Output)
		err = fmt.Errorf("exit code %d: %s", result.ExitCode, line[max(0, len(line)-2_000):])
	}
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", w.CLI.Command(), strings.Join(args, " "), err)
	}
	return result.Output, nil
}

// frame is what a CLI puts around and between the words of a message: line
// breaks, the rule on the left, colors.
var frame = regexp.MustCompile(`(?:\s|[│╷╵]|\x1b\[[0-9;]*m)+`)

// OneLine returns an output as one line of plain words.
func OneLine(output string) string { return strings.TrimSpace(frame.ReplaceAllString(output, " ")) }

// killDelay is how long an interrupted command may take to end.
const killDelay = 10 * time.Second

// InterruptOnCancel lets a command end as on Ctrl-C when its context ends, and
// kills it if it takes longer than ten seconds. [Workspace.Run] does so; other
// commands that a program runs may need it too.
func InterruptOnCancel(cmd *exec.Cmd) {
	interruptOnCancel(cmd)
	cmd.WaitDelay = killDelay
}
