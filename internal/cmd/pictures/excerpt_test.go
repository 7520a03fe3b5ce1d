// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestExcerpt_run(t *testing.T) {
	want, err := os.ReadFile("testdata/excerpt.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := excerptText(t, recording(t)); got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestExcerpt_everyLineIsInTheRun(t *testing.T) {
	rest := strings.Split(text(parse(recording(t))), "\n")
	for shown := range strings.SplitSeq(excerptText(t, recording(t)), "\n") {
		if shown == "…" || shown == "" {
			continue
		}
		i := slices.Index(rest, shown)
		if i < 0 {
			t.Fatalf("%q is not in the run, or not in this order", shown)
		}
		rest = rest[i+1:]
	}
}

func TestExcerpt_everySceneAndItsEnd(t *testing.T) {
	got := excerptText(t, recording(t))
	for i := range 5 {
		if !strings.Contains(got, fmt.Sprintf("%d/5  ", i+1)) {
			t.Errorf("scene %d is missing", i+1)
		}
	}
	if ends := strings.Count(got, "✓ As expected"); ends != 5 {
		t.Errorf("%d scenes end, want 5", ends)
	}
}

func TestExcerpt_sameForEachRun(t *testing.T) {
	differs := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|after \d+s|v\d+\.\d+\.\d+|linux_amd64|127\.0\.0\.1|/tmp`)
	if !differs.MatchString(recording(t)) {
		t.Fatal("the recording has nothing of the kind")
	}
	if found := differs.FindString(excerptText(t, recording(t))); found != "" {
		t.Errorf("%s is in the excerpt", found)
	}
	if excerptText(t, recording(t)) != excerptText(t, differs.ReplaceAllString(recording(t), "another")) {
		t.Error("another run gives another excerpt")
	}
}

func TestExcerpt_fitsAFrontPage(t *testing.T) {
	if rows := len(newWindow(excerptLines(t, recording(t))).Rows); rows > 42 {
		t.Errorf("it has %d rows", rows)
	}
}

func TestExcerpt_openTofu(t *testing.T) {
	tofu := strings.ReplaceAll(recording(t), "$ terraform ", "$ tofu ")
	if got := excerptText(t, tofu); !strings.Contains(got, "\n$ tofu apply saved.tfplan\n") {
		t.Errorf("the command is missing in:\n%s", got)
	}
}

func TestExcerpt_incompleteRun(t *testing.T) {
	for name, row := range map[string]struct{ old, new, want string }{
		"missing scene":  {"3/5  ", "", "did not run all scenes"},
		"failed command": {"✓ As expected, the check block", "✗ Expected that the check block", "scene 3 did not end as expected"},
		"no verdict":     {"✓ As expected, the check block", "the check block", "scene 3 did not end as expected"},
	} {
		t.Run(name, func(t *testing.T) {
			run := strings.Replace(recording(t), row.old, row.new, 1)
			if name == "no verdict" { // of the scene's other command
				begin, end := strings.Index(run, "3/5  "), strings.Index(run, "4/5  ")
				run = run[:begin] + strings.ReplaceAll(run[begin:end], "✓ As", "As") + run[end:]
			}
			if _, err := excerpt(parse(run)); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
}

// Each shot has a command in the recording whose output has something to show.
func TestShots_inTheRun(t *testing.T) {
	got := excerptText(t, recording(t))
	for _, s := range shots {
		_, after, found := strings.Cut(got, "\n$ terraform "+s.command+"\n")
		before, _, _ := strings.Cut(after, "✓")
		if !found || !slices.ContainsFunc(strings.Split(before, "\n"), s.output.MatchString) {
			t.Errorf("%s shows nothing of %q", s.scene, s.command)
		}
	}
}

func excerptLines(t *testing.T, run string) []line {
	t.Helper()
	lines, err := excerpt(parse(run))
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func excerptText(t *testing.T, run string) string {
	t.Helper()
	return text(excerptLines(t, run))
}

func text(lines []line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.String() + "\n")
	}
	return b.String()
}
