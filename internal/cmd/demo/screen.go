// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/fatih/color"
	"golang.org/x/term"
)

// screen is where the audience looks. What is written to it comes from the CLI
// and passes unchanged.
type screen struct {
	io.Writer
	colour bool
}

func newScreen(w io.Writer, colour bool) *screen { return &screen{Writer: w, colour: colour} }

// colourful reports whether to write colors to a file: to a terminal unless
// NO_COLOR is set, to any file if CLICOLOR_FORCE is.
//
// https://no-color.org and https://bixense.com/clicolors
func colourful(f *os.File) bool {
	if os.Getenv("CLICOLOR_FORCE") != "" {
		return true
	}
	return os.Getenv("NO_COLOR") == "" && term.IsTerminal(int(f.Fd()))
}

// colourArgument is the command with what makes the CLI use as many colours as
// the screen: it writes to a pipe, and does not know what is at its other end.
func (s *screen) colourArgument(args []string) []string {
	if s.colour {
		return args
	}
	return slices.Insert(slices.Clone(args), 1, "-no-color")
}

func (s *screen) line(texts ...string) {
	for _, text := range texts {
		fmt.Fprintln(s, text)
	}
}

// exports shows environment variables as a shell gets them: quoted where it
// would read more into the value.
func (s *screen) exports(env []string) {
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		if strings.ContainsAny(value, `[]"{} `) {
			value = "'" + value + "'"
		}
		s.command("export " + name + "=" + value)
	}
}

func (s *screen) title(text string) {
	s.line("")
	s.paint(text, color.Bold, color.FgCyan)
}

func (s *screen) event(text string) { s.paint("# "+text, color.FgYellow) }

func (s *screen) command(text string) { s.paint("$ "+text, color.Bold) }

// summary is the last verdict.
func (s *screen) summary(good bool, text string) {
	s.line("")
	s.verdict(good, text)
}

// verdict says of something whether it is as it should be.
func (s *screen) verdict(good bool, text string) {
	if good {
		s.paint("✓ "+text, color.FgGreen)
	} else {
		s.paint("✗ "+text, color.FgRed)
	}
}

func (s *screen) paint(text string, attributes ...color.Attribute) {
	brush := color.New(attributes...)
	if s.colour {
		brush.EnableColor()
	} else {
		brush.DisableColor()
	}
	brush.Fprintln(s, text)
}
