// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package cli

import "os/exec"

// InterruptOnCancel lets a command end as it does on Ctrl-C, which the console
// has told it of already.
func InterruptOnCancel(cmd *exec.Cmd) {
	cmd.Cancel = func() error { return nil }
}
