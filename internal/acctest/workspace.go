// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
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
// the command could not run, or the context's. When the context ends, the
// command is interrupted as by Ctrl-C, and killed ten seconds later.
func (w Workspace) Run(ctx context.Context, args ...string) (Result, error) {
	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, w.CLI.Path, args...)
	cmd.Dir, cmd.Env, cmd.Stdout = w.Dir, w.environment(), &output
	if w.Stream != nil {
		cmd.Stdout = io.MultiWriter(w.Stream, &output)
	}
	cmd.Stderr = cmd.Stdout // one writer keeps the order
	interruptOnCancel(cmd)
	cmd.WaitDelay = 10 * time.Second

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

// environment is what a command of the workspace gets. Of two values of one
// variable, the last one counts.
func (w Workspace) environment() []string {
	env := slices.DeleteFunc(os.Environ(), isPersonal)
	configFile := w.ConfigFile
	if configFile == "" {
		configFile = os.DevNull
	}
	env = append(env, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0", "TF_CLI_CONFIG_FILE="+configFile)
	if !w.Color {
		env = append(env, "TF_CLI_ARGS=-no-color")
	}
	return append(env, w.Env...)
}

// isPersonal reports whether an environment variable belongs to whoever runs
// the tests or the demo: their work with Terraform or OpenTofu, their Wachat
// account, or their proxy. No command gets such a variable.
func isPersonal(variable string) bool {
	name, _, _ := strings.Cut(strings.ToUpper(variable), "=")
	return strings.HasPrefix(name, "TF_") || strings.HasPrefix(name, "TOFU_") ||
		strings.HasPrefix(name, "WACHAT_") || strings.HasSuffix(name, "_PROXY")
}

// frame is what a CLI puts around and between the words of a message: line
// breaks, the rule on the left, colors.
var frame = regexp.MustCompile(`(?:\s|[│╷╵]|\x1b\[[0-9;]*m)+`)

// OneLine returns an output as one line of plain words.
func OneLine(output string) string { return strings.TrimSpace(frame.ReplaceAllString(output, " ")) }
