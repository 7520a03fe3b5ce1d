// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// result is how a test ended.
type result struct {
	action string // pass, skip or fail
	output string
}

// results are the tests by package and name.
type results map[string]*result

func (r results) add(e event) {
	if r[e.Test] == nil {
		r[e.Test] = &result{action: "fail"} // unless it ends
	}
	switch e.Action {
	case "output":
		r[e.Test].output += e.Output
	case "pass", "skip", "fail":
		r[e.Test].action = e.Action
	}
}

// leaves are the tests without subtests of their own, which would count twice.
func (r results) leaves(action string) []string {
	parents := map[string]bool{}
	for name := range r {
		for i, c := range name {
			if c == '/' {
				parents[name[:i]] = true
			}
		}
	}
	var names []string
	for name, result := range r {
		if result.action == action && !parents[name] {
			names = append(names, name)
		}
	}
	return slices.Sorted(slices.Values(names))
}

// failed counts each test that failed, also one whose subtests all passed.
func (r results) failed() int {
	count := 0
	for _, result := range r {
		if result.action == "fail" {
			count++
		}
	}
	return count
}

// String is for example "passed 120, skipped 14 (no actions 4, no check blocks
// 10), failed 0".
func (r results) String() string {
	skipped := r.leaves("skip")
	reasons := map[string]int{}
	for _, name := range skipped {
		reasons[r[name].skipReason()]++
	}
	var why []string
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		why = append(why, fmt.Sprintf("%s %d", reason, reasons[reason]))
	}
	text := fmt.Sprintf("passed %d, skipped %d", len(r.leaves("pass")), len(skipped))
	if len(why) > 0 {
		text += " (" + strings.Join(why, ", ") + ")"
	}
	return fmt.Sprintf("%s, failed %d", text, r.failed())
}

var (
	noFeature  = regexp.MustCompile(` has (no .+)`)
	sourceLine = regexp.MustCompile(`^\S+\.go:\d+: `)
)

// skipReason is the feature that the CLI lacks, or else what the test said.
func (r *result) skipReason() string {
	if found := noFeature.FindStringSubmatch(r.output); found != nil {
		return found[1]
	}
	var said []string
	for line := range strings.Lines(r.output) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			said = append(said, sourceLine.ReplaceAllString(line, ""))
		}
	}
	return strings.Join(said, " ")
}

func (r results) printFailures(out io.Writer) {
	for _, name := range slices.Sorted(maps.Keys(r)) {
		if r[name].action == "fail" {
			fmt.Fprintf(out, "--- %s\n%s", name, r[name].output)
		}
	}
}

func (r results) addPassed(passed map[string]bool) {
	for _, name := range r.leaves("pass") {
		passed[name] = true
	}
}
