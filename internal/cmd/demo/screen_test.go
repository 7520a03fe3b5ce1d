// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func show(colour bool) string {
	var w bytes.Buffer
	s := newScreen(&w, colour)
	s.exports([]string{"WACHAT_API_KEY=key", `TF_VAR_names=["a","b"]`})
	s.title("1/1  A scene")
	s.event("Something happens.")
	s.command("terraform plan")
	s.line("from \x1b[1mTerraform\x1b[0m")
	s.verdict(false, "not so")
	s.summary(true, "so")
	return w.String()
}

func TestScreenWithoutColour(t *testing.T) {
	const want = "$ export WACHAT_API_KEY=key\n" +
		"$ export TF_VAR_names='[\"a\",\"b\"]'\n" +
		"\n1/1  A scene\n" +
		"# Something happens.\n" +
		"$ terraform plan\n" +
		"from \x1b[1mTerraform\x1b[0m\n" +
		"✗ not so\n" +
		"\n✓ so\n"
	if got := show(false); got != want {
		t.Errorf("screen shows\n%q\nwant\n%q", got, want)
	}
}

var escapes = regexp.MustCompile(`\x1b\[[0-9;]*m`)

func TestScreenWithColourShowsTheSameText(t *testing.T) {
	coloured := show(true)
	if got, want := escapes.ReplaceAllString(coloured, ""), escapes.ReplaceAllString(show(false), ""); got != want {
		t.Errorf("with colour the screen shows\n%q\nwithout\n%q", got, want)
	}
	for _, want := range []string{"\x1b[1m$ terraform plan\x1b[", "\x1b[31m✗ not so\x1b[", "\x1b[32m✓ so\x1b["} {
		if !strings.Contains(coloured, want) {
			t.Errorf("with colour the screen shows no %q in\n%q", want, coloured)
		}
	}
}

func TestCLIUsesColoursWhereTheScreenDoes(t *testing.T) {
	args := []string{"apply", "-auto-approve"}
	if got := newScreen(nil, true).colourArgument(args); !slices.Equal(got, args) {
		t.Errorf("with colour the command is %q", got)
	}
	want := []string{"apply", "-no-color", "-auto-approve"}
	if got := newScreen(nil, false).colourArgument(args); !slices.Equal(got, want) {
		t.Errorf("without colour the command is %q, want %q", got, want)
	}
	if !slices.Equal(args, []string{"apply", "-auto-approve"}) {
		t.Errorf("the step's own arguments have become %q", args)
	}
}

func TestOnlyATerminalIsColourful(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	t.Setenv("CLICOLOR_FORCE", "")
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if colourful(file) {
		t.Error("a file is colourful")
	}
	t.Setenv("CLICOLOR_FORCE", "1")
	if !colourful(file) {
		t.Error("a file has no colors in spite of CLICOLOR_FORCE")
	}
}
