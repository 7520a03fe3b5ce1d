// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

func TestJudge(t *testing.T) {
	stopped := exits(1, "the plan is stopped", "Error: Stopped", `shop is in state "close"`)
	passed := exits(0, "the plan passes", "Plan: 1 to add")

	for _, tt := range []struct {
		name       string
		result     acctest.Result
		want       []outcome
		asExpected bool
		line       string
	}{
		{
			"exit code and texts are as wanted",
			acctest.Result{ExitCode: 1, Output: "Error: Stopped\n\nshop is in state \"close\".\n"},
			[]outcome{stopped},
			true,
			"As expected, the plan is stopped (exit code 1).",
		},
		{
			"a text is wrapped, framed and coloured",
			acctest.Result{ExitCode: 1, Output: "\x1b[31m│\x1b[0m \x1b[0m\x1b[1m\x1b[31mError: \x1b[0m\x1b[0m\x1b[1mStopped\x1b[0m\n\x1b[31m│\x1b[0m \x1b[0mshop is in\n\x1b[31m│\x1b[0m \x1b[0mstate \"close\".\n"},
			[]outcome{stopped},
			true,
			"As expected, the plan is stopped (exit code 1).",
		},
		{
			"the second of two outcomes is met",
			acctest.Result{ExitCode: 0, Output: "Plan: 1 to add"},
			[]outcome{stopped, passed},
			true,
			"As expected, the plan passes (exit code 0).",
		},
		{
			"the exit code is another one",
			acctest.Result{ExitCode: 2, Output: "Plan: 1 to add"},
			[]outcome{passed},
			false,
			"Expected that the plan passes (exit code 0). Instead: exit code 2.",
		},
		{
			"a text is missing",
			acctest.Result{ExitCode: 1, Output: "Error: Stopped"},
			[]outcome{stopped},
			false,
			`Expected that the plan is stopped (exit code 1). Instead: no "shop is in state \"close\"" in the output.`,
		},
		{
			"two outcomes are each met by half",
			acctest.Result{ExitCode: 0, Output: `Error: Stopped. shop is in state "close"`},
			[]outcome{stopped, passed},
			false,
			`Expected that the plan is stopped (exit code 1), or that the plan passes (exit code 0). Instead: exit code 0; or: no "Plan: 1 to add" in the output.`,
		},
		{
			"a text stands in two places of the output",
			acctest.Result{ExitCode: 0, Output: "Plan: 0 to add\nPlan: 1 thing to add"},
			[]outcome{passed},
			false,
			`Expected that the plan passes (exit code 0). Instead: no "Plan: 1 to add" in the output.`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			met, line := judge(tt.result, tt.want)
			if (met != nil) != tt.asExpected || line != tt.line {
				t.Errorf("judge() = %v, %q\n        want %t, %q", met, line, tt.asExpected, tt.line)
			}
		})
	}
}

func TestScenes_expectMoreThanAnExitCode(t *testing.T) {
	embedded := embeddedStage()
	defer embedded.close()
	for _, scene := range append(embedded.scenes, realScenes()...) {
		for _, step := range scene.steps {
			for _, want := range step.want {
				if len(want.shows) == 0 || strings.Join(want.shows, "") == "" {
					t.Errorf("%s: %s expects no text", scene.title, step.args[0])
				}
			}
		}
	}
}
