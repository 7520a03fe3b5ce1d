// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
)

func TestExcerptOfARun(t *testing.T) {
	want, err := os.ReadFile("testdata/excerpt.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := excerptText(t, recording(t)); got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestExcerptInventsNoLine(t *testing.T) {
	rest := texts(linesOf(recording(t)))
	for _, line := range texts(excerptLines(t, recording(t))) {
		if line == "…" {
			continue
		}
		i := slices.Index(rest, line)
		if i < 0 {
			t.Fatalf("%q is not in the run, or not in this order", line)
		}
		rest = rest[i+1:]
	}
}

func TestExcerptHasNothingThatDiffersFromRunToRun(t *testing.T) {
	differs := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|after \d+s|v\d+\.\d+\.\d+|linux_amd64|127\.0\.0\.1|/tmp`)
	if !differs.MatchString(recording(t)) {
		t.Fatal("the recording has nothing of the kind")
	}
	if found := differs.FindString(excerptText(t, recording(t))); found != "" {
		t.Errorf("%s is in the excerpt", found)
	}
	another := differs.ReplaceAllString(recording(t), "another")
	if excerptText(t, recording(t)) != excerptText(t, another) {
		t.Error("another run gives another excerpt")
	}
}

func TestExcerptFitsAFrontPage(t *testing.T) {
	rows := 0
	for _, line := range excerptLines(t, recording(t)) {
		rows += len(wrapped(line))
	}
	if rows > 56 {
		t.Errorf("it has %d rows", rows)
	}
}

func TestExcerptOfOpenTofu(t *testing.T) {
	tofu := strings.ReplaceAll(recording(t), "$ terraform ", "$ tofu ")
	if got := excerptText(t, tofu); !strings.Contains(got, "\n$ tofu apply saved.tfplan\n") {
		t.Errorf("the command is missing in:\n%s", got)
	}
}

func TestExcerptWantsEveryShot(t *testing.T) {
	for name, missing := range map[string]string{
		"a scene":   "(examples/apply-gate)",
		"a command": "$ terraform apply saved.tfplan",
	} {
		t.Run(name, func(t *testing.T) {
			run := strings.ReplaceAll(recording(t), missing, "")
			if _, err := excerpt(linesOf(run)); err == nil || !strings.Contains(err.Error(), "examples/apply-gate") {
				t.Errorf("got %v, want an error that names the scene", err)
			}
		})
	}
}

func excerptLines(t *testing.T, run string) []uv.Line {
	t.Helper()
	lines, err := excerpt(linesOf(run))
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func excerptText(t *testing.T, run string) string {
	t.Helper()
	return strings.Join(texts(excerptLines(t, run)), "\n") + "\n"
}

func texts(lines []uv.Line) []string {
	var result []string
	for _, line := range lines {
		result = append(result, strings.TrimRight(line.String(), " "))
	}
	return result
}
