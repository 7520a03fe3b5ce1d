// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"os"
	"os/exec"
	"testing"
)

// startLarge starts this test binary, waits until it has its memory, and
// returns how to end it.
func startLarge(t *testing.T) (end func()) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), self(t))
	cmd.Env = append(os.Environ(), roleVariable+"=large process")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "large\n" {
		t.Fatalf("the process said %q, %v", line, err)
	}
	return func() {
		_ = stdin.Close()
		_ = cmd.Wait()
	}
}

func TestMemory_peak(t *testing.T) {
	older := processes()
	end := startLarge(t)
	if got := peakOf(self(t), older); got < largeSize || got > 4*largeSize {
		t.Errorf("its peak is %d bytes, want a little above %d", got, largeSize)
	}
	if got := peakOf(self(t), processes()); got != 0 {
		t.Errorf("an older process counts with %d bytes", got)
	}
	if got := peakOf("/another/executable", older); got != 0 {
		t.Errorf("a process of another executable counts with %d bytes", got)
	}
	end()
	if got := peakOf(self(t), older); got != 0 {
		t.Errorf("a process that has ended counts with %d bytes", got)
	}
}

func TestMemory_noProcess(t *testing.T) {
	if got := followMemory("/no/such/executable")(); got != 0 {
		t.Errorf("got %d bytes, want 0", got)
	}
}
