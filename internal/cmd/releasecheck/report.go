// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
)

// report is the output: a line for each proof, and one for what shows it.
type report struct {
	out            io.Writer
	passed, failed int
}

func newReport(out io.Writer) *report { return &report{out: out} }

// step says what takes a while.
func (r *report) step(format string, arguments ...any) {
	fmt.Fprintf(r.out, format+"\n", arguments...)
}

func (r *report) proof(claim, evidence string, err error) {
	mark := "✓"
	if err != nil {
		mark, evidence = "✗", err.Error()
		r.failed++
	} else {
		r.passed++
	}
	fmt.Fprintf(r.out, "%s %s\n    %s\n", mark, claim, evidence)
}

func (r *report) summary() {
	fmt.Fprintf(r.out, "\nrelease-check: %d passed, %d failed\n", r.passed, r.failed)
}

func (r *report) broken(err error) {
	fmt.Fprintf(r.out, "✗ release-check could not go on: %v\n", err)
}
