// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// outcome is one way for a command to end that is as expected.
type outcome struct {
	exit  int
	what  string   // in words, after "As expected,"
	shows []string // each is in the output, however that is wrapped and framed
}

func exits(code int, what string, shows ...string) outcome {
	return outcome{exit: code, what: what, shows: shows}
}

func (o outcome) String() string { return fmt.Sprintf("%s (exit code %d)", o.what, o.exit) }

// judge compares a result with what is wanted. It returns the outcome that was
// met, nil if none was, and a line that says so.
func judge(r acctest.Result, want []outcome) (met *outcome, line string) {
	var expected, found []string
	for _, o := range want {
		differences := o.differences(r)
		if len(differences) == 0 {
			return &o, fmt.Sprintf("As expected, %s.", o)
		}
		expected = append(expected, o.String())
		found = append(found, strings.Join(differences, ", "))
	}
	return nil, fmt.Sprintf("Expected that %s. Instead: %s.", strings.Join(expected, ", or that "), strings.Join(found, "; or: "))
}

func (o outcome) differences(r acctest.Result) []string {
	var differences []string
	if r.ExitCode != o.exit {
		differences = append(differences, fmt.Sprintf("exit code %d", r.ExitCode))
	}
	output := acctest.OneLine(r.Output)
	for _, text := range o.shows {
		if !strings.Contains(output, text) {
			differences = append(differences, fmt.Sprintf("no %q in the output", text))
		}
	}
	return differences
}
