// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// excerpt returns the lines of an output that show what happened: messages,
// which have a frame, and the texts that the outcome expects. Without an
// outcome it returns all lines.
func excerpt(output string, met *outcome) []string {
	var lines []string
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\r\n")
		if met == nil || isFramed(line) || met.showsIn(line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// isFramed is false for the corners of a frame and its empty lines.
func isFramed(line string) bool {
	plain := strings.TrimSpace(colors.ReplaceAllString(line, ""))
	return strings.HasPrefix(plain, "│") && acctest.OneLine(plain) != ""
}

// showsIn reports whether a line holds one of the outcome's texts.
func (o outcome) showsIn(line string) bool {
	plain := acctest.OneLine(line)
	return slices.ContainsFunc(o.shows, func(text string) bool { return strings.Contains(plain, text) })
}
