// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package acctest

import "os/exec"

// interruptOnCancel only waits: the console has interrupted the command already.
func interruptOnCancel(cmd *exec.Cmd) {
	cmd.Cancel = func() error { return nil }
}
