// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

func show(color bool) string {
	var w bytes.Buffer
	s := newScreen(&w, color)
	s.exports([]string{"WACHAT_API_KEY=key", `TF_VAR_names=["a","b"]`})
	s.title("1/1  A scene")
	s.event("Something happens.")
	s.event("")
	s.command("terraform", []string{"plan", "-out=saved"})
	s.output([]string{"from \x1b[1mTerraform\x1b[0m"})
	s.verdict(false, "not so")
	s.summary(true, "so")
	return w.String()
}

func TestScreen_withoutColor(t *testing.T) {
	const want = "# These variables are set for the demo only, and end with it.\n" +
		"$ export WACHAT_API_KEY=key\n" +
		"$ export TF_VAR_names='[\"a\",\"b\"]'\n" +
		"\n1/1  A scene\n" +
		"# Something happens.\n" +
		"$ terraform plan -out=saved\n" +
		"from Terraform\n" +
		"✗ not so\n" +
		"\n✓ so\n"
	if got := show(false); got != want {
		t.Errorf("screen shows\n%q\nwant\n%q", got, want)
	}
}

func TestScreen_withColor(t *testing.T) {
	colored := show(true)
	if got, want := colors.ReplaceAllString(colored, ""), show(false); got != want {
		t.Errorf("with color the screen shows\n%q\nwithout\n%q", got, want)
	}
	for _, want := range []string{"\x1b[1m$ terraform plan -out=saved\x1b[", "\x1b[1mTerraform\x1b[0m", "\x1b[31m✗ not so\x1b[", "\x1b[32m✓ so\x1b["} {
		if !strings.Contains(colored, want) {
			t.Errorf("with color the screen shows no %q in\n%q", want, colored)
		}
	}
}

func TestColorful(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	t.Setenv("CLICOLOR_FORCE", "")
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if colorful(file) {
		t.Error("a file has colors")
	}
	t.Setenv("CLICOLOR_FORCE", "1")
	if !colorful(file) {
		t.Error("a file has no colors in spite of CLICOLOR_FORCE")
	}
}
