// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest

import (
	"os"
	"os/exec"
	"syscall"
)

// interruptOnCancel gives the command a process group of its own, so that the
// terminal's Ctrl-C does not reach it as well: at the second interrupt Terraform
// stops without cleaning up.
func interruptOnCancel(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
}
