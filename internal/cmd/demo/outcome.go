// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"strings"
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

// judge holds a result to what is wanted, and says in a line how it compares.
func judge(r result, want []outcome) (asExpected bool, line string) {
	var expected, found []string
	for _, o := range want {
		differences := o.differences(r)
		if len(differences) == 0 {
			return true, fmt.Sprintf("As expected, %s.", o)
		}
		expected = append(expected, o.String())
		found = append(found, strings.Join(differences, ", "))
	}
	return false, fmt.Sprintf("Expected that %s. Instead: %s.", strings.Join(expected, ", or that "), strings.Join(found, "; or: "))
}

func (o outcome) differences(r result) []string {
	var differences []string
	if r.exit != o.exit {
		differences = append(differences, fmt.Sprintf("exit code %d", r.exit))
	}
	output := unframed(r.output)
	for _, text := range o.shows {
		if !strings.Contains(output, text) {
			differences = append(differences, fmt.Sprintf("no %q in the output", text))
		}
	}
	return differences
}

// frame is what Terraform puts around and between the words of a message: line
// breaks, the rule at the left, colours.
var frame = regexp.MustCompile(`(?:\s|[│╷╵]|\x1b\[[0-9;]*m)+`)

// unframed is the output as one line of plain words.
func unframed(output string) string { return frame.ReplaceAllString(output, " ") }
