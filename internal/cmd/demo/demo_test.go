// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// newFakeDemo is a demo with one example, whose CLI is the fake.
func newFakeDemo(t *testing.T, screen *bytes.Buffer, output string) *demo {
	t.Helper()
	examples := t.TempDir()
	write(t, filepath.Join(examples, "gate", "main.tf"), "")
	return &demo{
		screen:    newScreen(screen, false),
		cli:       newFakeCLI(t, output),
		workspace: workspace{examples: examples, dir: t.TempDir()},
	}
}

var (
	goodStep = step{args: []string{"init"}, want: []outcome{exits(0, "it is installed", "init -no-color")}}
	badStep  = step{args: []string{"plan"}, want: []outcome{exits(0, "the plan passes", "plan -no-color")}}
)

func TestPlayPassesIfEveryStepEndsAsExpected(t *testing.T) {
	var screen bytes.Buffer
	happened := false
	d := newFakeDemo(t, &screen, "")
	closing := goodStep
	closing.event, closing.cause = "The instance closes.", func() { happened = true }

	err := d.play(t.Context(), []scene{{title: "First.", example: "gate", steps: []step{goodStep, closing}}})
	if err != nil {
		t.Errorf("play() = %v", err)
	}
	if !happened {
		t.Error("the event did not happen")
	}
	inOrder(t, screen.String(), "1/1  First.  (examples/gate)", "init -no-color", "✓ As expected, it is installed (exit code 0).",
		"# The instance closes.", "init -no-color", "✓ As expected")
}

func TestPlayFailsIfOneStepDoesNotEndAsExpected(t *testing.T) {
	var screen bytes.Buffer
	d := newFakeDemo(t, &screen, "")
	err := d.play(t.Context(), []scene{
		{title: "First.", example: "gate", steps: []step{badStep, goodStep}},
		{title: "Second.", example: "gate", steps: []step{goodStep}},
	})
	if err == nil || err.Error() != "1 of 2 scenes did not end as expected" {
		t.Errorf("play() = %v, want that 1 of 2 scenes did not end as expected", err)
	}
	inOrder(t, screen.String(), "1/2  First.", "✗ Expected that the plan passes (exit code 0). Instead: exit code 1.",
		"2/2  Second.", "✓ As expected, it is installed")
	if n := strings.Count(screen.String(), "init -no-color\n"); n != 2 { // the command, and the fake's echo
		t.Errorf("init shows %d times: a scene goes on after a step that did not end as expected\n%s", n, screen.String())
	}
}

func TestAccDemoOnTheEmbeddedAPI(t *testing.T) {
	needsTerraform(t)
	t.Setenv("WACHAT_API_KEY", "")
	t.Setenv("TF_CLI_ARGS", "-no-such-argument")
	output, err := runDemoHere(t)
	if err != nil {
		t.Fatalf("the demo failed: %v\n%s", err, output)
	}
	inOrder(t, output,
		"1/5", "✓ As expected, the provider is installed",
		`+ sender = "628123456789"`, "✓ As expected, the plan goes through and shows the number 628123456789 (exit code 0).",
		"Apply complete!", "✓ As expected, the apply goes through",
		"2/5", "Error: Resource precondition failed", `is in state "close"`, "✓ As expected, the precondition stops the plan",
		"3/5", "Warning: Check block assertion failed", `is in state "connecting"`, "✓ As expected, the check block warns",
		"4/5", "Saved the plan to", "✓ As expected, the plan goes through and is saved", `is "close", but`, "✓ As expected, the apply is stopped",
		"5/5", "✓ As expected, the plan goes through with the number of each", "Not connected: t1_mq9r2jov_bandung_store.", "✓ As expected, the precondition stops the plan and names",
	)
	if strings.Contains(output, "\x1b") {
		t.Errorf("there are colours outside a terminal:\n%q", output)
	}
}

func TestAccDemoFailsIfTheGateLetsAClosedInstanceThrough(t *testing.T) {
	needsTerraform(t)
	api := wachattest.New()
	defer api.Close()
	shop := api.Create(shopName)
	scenes := planScenes(shop)
	for i := range scenes[1].steps {
		scenes[1].steps[i].cause = shop.Open // and so not what the scene says
	}

	output, err := runDemo(t, stage{
		env:    []string{"WACHAT_BASE_URL=" + api.BaseURL(), "WACHAT_API_KEY=" + api.Key(), "TF_VAR_instance_name=" + shopName},
		scenes: scenes,
	})
	if err == nil || err.Error() != "1 of 3 scenes did not end as expected" {
		t.Errorf("the demo ends with %v\n%s", err, output)
	}
	inOrder(t, output, "2/3", "✗ Expected that the precondition stops the plan", "exit code 0", "3/3")
}

func TestAccDemoOnARealAccount(t *testing.T) {
	needsTerraform(t)
	api := wachattest.New(wachattest.WithKey("wk_real"))
	defer api.Close()
	shop := api.Create("t1_real_shop")
	t.Setenv("WACHAT_BASE_URL", api.BaseURL())
	t.Setenv("WACHAT_INSTANCE_NAME", shop.Name())

	for _, tt := range []struct {
		name, key, state, shows string
		fails                   bool
	}{
		{
			"an open instance lets the plan through", "wk_real", wachattest.StateOpen,
			"✓ As expected, the instance is open, and the plan goes through (exit code 0).", false,
		},
		{
			"a closed instance stops the plan", "wk_real", wachattest.StateClose,
			"✓ As expected, the instance is not open, and the precondition stops the plan (exit code 1).", false,
		},
		{
			"a wrong key is not as expected", "wk_wrong", wachattest.StateOpen,
			"✗ Expected that the instance is open", true,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("WACHAT_API_KEY", tt.key)
			shop.SetState(tt.state)
			output, err := runDemoHere(t)
			if (err != nil) != tt.fails {
				t.Errorf("the demo ends with %v", err)
			}
			inOrder(t, output, "terraform plan", tt.shows)
			if strings.Contains(output, tt.key) || strings.Contains(output, "terraform apply -") {
				t.Errorf("the demo shows the key, or applies:\n%s", output)
			}
		})
	}
}

func needsTerraform(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs Terraform: set TF_ACC=1")
	}
}

// runDemoHere runs the demo that the environment asks for.
func runDemoHere(t *testing.T) (output string, err error) {
	t.Helper()
	stage := newStage()
	defer stage.close()
	return runDemo(t, stage)
}

// runDemo runs the demo with temporary files of its own, which must be gone
// afterwards.
func runDemo(t *testing.T, stage stage) (output string, err error) {
	t.Helper()
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	var screen bytes.Buffer
	err = run(t.Context(), newScreen(&screen, false), stage)
	left, readErr := os.ReadDir(temporary)
	if readErr != nil || len(left) > 0 {
		t.Errorf("the demo leaves %v, %v", left, readErr)
	}
	return screen.String(), err
}

// inOrder checks that the texts follow each other in the output.
func inOrder(t *testing.T, output string, texts ...string) {
	t.Helper()
	rest := output
	for _, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			t.Errorf("no %q where it belongs in\n%s", text, output)
			return
		}
		rest = after
	}
}
