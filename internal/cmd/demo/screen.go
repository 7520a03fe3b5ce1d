// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/fatih/color"
	"golang.org/x/term"
)

// screen is where the demo shows what happens.
type screen struct {
	io.Writer
	color bool
}

func newScreen(w io.Writer, color bool) *screen { return &screen{Writer: w, color: color} }

// colorful reports whether to write colors to a file: to a terminal unless
// NO_COLOR is set, to any file if CLICOLOR_FORCE is.
//
// https://no-color.org and https://bixense.com/clicolors
func colorful(f *os.File) bool {
	if os.Getenv("CLICOLOR_FORCE") != "" {
		return true
	}
	return os.Getenv("NO_COLOR") == "" && term.IsTerminal(int(f.Fd()))
}

func (s *screen) line(texts ...string) {
	for _, text := range texts {
		fmt.Fprintln(s, text)
	}
}

var colors = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// output shows lines of the CLI, which have colors.
func (s *screen) output(lines []string) {
	for _, line := range lines {
		if !s.color {
			line = colors.ReplaceAllString(line, "")
		}
		s.line(line)
	}
}

// exports shows environment variables as a shell sets them, with quotes where
// it needs them.
func (s *screen) exports(env []string) {
	s.event("These variables are set for the demo only, and end with it.")
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		if strings.ContainsAny(value, `[]"{} `) {
			value = "'" + value + "'"
		}
		s.command("export", []string{name + "=" + value})
	}
}

func (s *screen) title(text string) {
	s.line("")
	s.paint(text, color.Bold, color.FgCyan)
}

// event shows what happens; empty is nothing.
func (s *screen) event(text string) {
	if text != "" {
		s.paint("# "+text, color.FgYellow)
	}
}

func (s *screen) command(name string, args []string) {
	s.paint("$ "+strings.Join(append([]string{name}, args...), " "), color.Bold)
}

// summary is the last verdict.
func (s *screen) summary(good bool, text string) {
	s.line("")
	s.verdict(good, text)
}

// verdict says whether something is as it should be.
func (s *screen) verdict(good bool, text string) {
	if good {
		s.paint("✓ "+text, color.FgGreen)
	} else {
		s.paint("✗ "+text, color.FgRed)
	}
}

func (s *screen) paint(text string, attributes ...color.Attribute) {
	brush := color.New(attributes...)
	if s.color {
		brush.EnableColor()
	} else {
		brush.DisableColor()
	}
	brush.Fprintln(s, text)
}
