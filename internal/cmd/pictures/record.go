// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"

	"github.com/creack/pty"
)

// record runs the demo in a terminal of its own, where it and the CLI use
// colours, and returns what it prints. A scene that does not end as expected is
// an error.
func record(ctx context.Context, repository string) (string, error) {
	return recordCommand(ctx, repository, "go", "-C", "internal/cmd", "run", "./demo")
}

// recordCommand interrupts the command through the terminal when the context
// ends, since an interrupted "go run" does not pass it on.
func recordCommand(ctx context.Context, dir string, command ...string) (string, error) {
	cmd := exec.CommandContext(context.WithoutCancel(ctx), command[0], command[1:]...)
	cmd.Dir, cmd.Env, cmd.Stderr = dir, ofNobody(os.Environ()), os.Stderr
	screen, err := pty.Start(cmd)
	if err != nil {
		return "", fmt.Errorf("there is no terminal to record %s in: %w", strings.Join(command, " "), err)
	}
	defer screen.Close()
	defer context.AfterFunc(ctx, func() { _, _ = screen.WriteString(ctrlC) })()

	output, err := io.ReadAll(screen)
	if errors.Is(err, syscall.EIO) { // how a terminal on Linux says that it is closed
		err = nil
	}
	err = errors.Join(err, cmd.Wait())
	lines := strings.ReplaceAll(string(output), "\r\n", "\n")
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", fmt.Errorf("%s: %w:\n%s", strings.Join(command, " "), err, lines)
	}
	return lines, nil
}

const ctrlC = "\x03"

// ofNobody leaves out what would show somebody's own instance, and what turns
// colours off.
func ofNobody(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(variable string) bool {
		return strings.HasPrefix(variable, "WACHAT_") || strings.HasPrefix(variable, "NO_COLOR=")
	})
}
