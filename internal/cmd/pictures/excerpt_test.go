// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
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

// The scenes that are left out are in the summary.
func TestExcerpt_everyScene(t *testing.T) {
	got := excerptText(t, recording(t))
	for _, found := range regexp.MustCompile(`(?m)^(\d+)/\d+  (.*)  \(`).FindAllStringSubmatch(text(parse(recording(t))), -1) {
		if want := "\n✓ " + found[1] + "  " + found[2] + "\n"; !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// What the demo prints before its first scene differs from run to run.
func TestExcerpt_sameForEachRun(t *testing.T) {
	const before = "Using Terraform v1.11.4.\n# These variables are set for the demo only.\n$ export WACHAT_BASE_URL=http://127.0.0.1:41537/api/v1\n\n"
	got := excerptText(t, before+recording(t))
	if want := excerptText(t, recording(t)); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	differs := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|after \d+s|v\d+\.\d+\.\d+|linux_amd64|127\.0\.0\.1|/tmp`)
	if found := differs.FindString(got); found != "" {
		t.Errorf("%s is in the excerpt", found)
	}
}

func TestExcerpt_fitsAFrontPage(t *testing.T) {
	if rows := len(newWindow(excerptLines(t, recording(t))).Rows); rows > 36 {
		t.Errorf("it has %d rows", rows)
	}
}

func TestExcerpt_openTofu(t *testing.T) {
	tofu := strings.ReplaceAll(recording(t), "$ terraform ", "$ tofu ")
	if got := excerptText(t, tofu); !strings.Contains(got, "\n$ tofu plan\n") {
		t.Errorf("the command is missing in:\n%s", got)
	}
}

func TestExcerpt_incompleteRun(t *testing.T) {
	for name, row := range map[string]struct{ old, new, want string }{
		"one scene":      {"2/6  ", "", "too few scenes"},
		"no summary":     {"Summary", "", "no summary"},
		"failed command": {"✓ As expected, the check block", "✗ Expected that the check block", "did not end as expected"},
	} {
		t.Run(name, func(t *testing.T) {
			run := recording(t)
			if name == "one scene" {
				run, _, _ = strings.Cut(run, row.old)
			}
			run = strings.Replace(run, row.old, row.new, 1)
			if _, err := excerpt(parse(run)); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
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
