// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package cli

import (
	"os"
	"os/exec"
	"syscall"
)

// InterruptOnCancel lets a command end as it does on Ctrl-C when its context
// ends. It gets a process group of its own, so that the terminal's Ctrl-C does
// not reach it besides: at the second interrupt Terraform gives up without
// tidying up.
func InterruptOnCancel(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
}
