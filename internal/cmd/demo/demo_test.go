// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// newFakeDemo is a demo with one example. Its CLI prints the output, and fails
// plans.
func newFakeDemo(t *testing.T, screen *bytes.Buffer, output string) *demo {
	t.Helper()
	from := t.TempDir()
	write(t, filepath.Join(from, "gate", "main.tf"), "")
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	old := acctest.CLI{Path: path, Product: "Terraform", Version: version.Must(version.NewVersion("1.0.11"))}
	return &demo{
		screen:   newScreen(screen, false),
		terminal: acctest.Workspace{CLI: old, Env: []string{fakeVariable + "=" + output, "GORACE=atexit_sleep_ms=0"}},
		examples: examples{from: from, to: t.TempDir()},
	}
}

var (
	goodStep = step{args: []string{"apply"}, want: []outcome{exits(0, "it is applied", "apply")}}
	badStep  = step{args: []string{"plan"}, want: []outcome{exits(0, "the plan succeeds", "plan")}}
)

func TestPlay_everyStepAsExpected(t *testing.T) {
	var screen bytes.Buffer
	happened := false
	d := newFakeDemo(t, &screen, "not shown\n\x1b[33m│\x1b[0m Warning: shown")
	closing := goodStep
	closing.event, closing.cause = "The instance closes.", func() { happened = true }

	err := d.play(t.Context(), []scene{{title: "First.", example: "gate", steps: []step{goodStep, closing}}})
	if err != nil {
		t.Errorf("play() = %v", err)
	}
	if !happened {
		t.Error("the event did not happen")
	}
	inOrder(t, screen.String(), "1/1  First.  (examples/gate)", "apply", "│ Warning: shown", "✓ As expected, it is applied (exit code 0).",
		"# The instance closes.", "apply", "✓ As expected",
		"Summary", "✓ 1  First.", "✓ Every scene ended as expected.")
	if strings.Contains(screen.String(), "not shown") {
		t.Errorf("it shows what does not matter:\n%s", screen.String())
	}
}

func TestPlay_oneStepNotAsExpected(t *testing.T) {
	var screen bytes.Buffer
	d := newFakeDemo(t, &screen, "everything")
	err := d.play(t.Context(), []scene{
		{title: "First.", example: "gate", steps: []step{badStep, goodStep}},
		{title: "Second.", example: "gate", steps: []step{goodStep}},
	})
	if err == nil || err.Error() != "1 of 2 scenes did not end as expected" {
		t.Errorf("play() = %v, want that 1 of 2 scenes did not end as expected", err)
	}
	inOrder(t, screen.String(), "1/2  First.", "everything", "✗ Expected that the plan succeeds (exit code 0). Instead: exit code 1.",
		"2/2  Second.", "✓ As expected, it is applied", "Summary", "✗ 1  First.", "✓ 2  Second.")
	if n := strings.Count(screen.String(), "✓ As expected"); n != 1 {
		t.Errorf("a scene goes on after a step that did not end as expected:\n%s", screen.String())
	}
}

func TestPlay_skipsWhatTheCLILacks(t *testing.T) {
	var screen bytes.Buffer
	d := newFakeDemo(t, &screen, "")
	err := d.play(t.Context(), []scene{
		{title: "First.", example: "gate", needs: []acctest.Feature{acctest.Checks}, steps: []step{badStep}},
		{title: "Second.", example: "gate", steps: []step{goodStep}},
	})
	if err != nil {
		t.Errorf("play() = %v", err)
	}
	inOrder(t, screen.String(), "1/2  First.", "Skipped: Terraform v1.0.11 has no check blocks.", "2/2  Second.", "✓ As expected",
		"Summary", "- 1  First.  Skipped: Terraform v1.0.11 has no check blocks.", "✓ 2  Second.",
		"✓ 1 of 2 scenes ended as expected; 1 skipped.")
}

func TestPlay_quietStep(t *testing.T) {
	quiet := goodStep
	quiet.quiet = true
	var screen bytes.Buffer
	if err := newFakeDemo(t, &screen, "│ Warning: lock file").play(t.Context(), []scene{{title: "First.", example: "gate", steps: []step{quiet}}}); err != nil {
		t.Errorf("play() = %v", err)
	}
	if output := screen.String(); strings.Contains(output, "$ ") || strings.Contains(output, "lock file") {
		t.Errorf("it shows more than how the command ended:\n%s", output)
	}

	quiet.want = badStep.want
	screen.Reset()
	_ = newFakeDemo(t, &screen, "│ Error: no provider").play(t.Context(), []scene{{title: "First.", example: "gate", steps: []step{quiet}}})
	inOrder(t, screen.String(), "apply", "Error: no provider", "✗ Expected")
}

func TestAccDemo_embeddedAPI(t *testing.T) {
	needsTerraform(t)
	t.Setenv(keyVariable, "")
	t.Setenv(nameVariable, "")
	t.Setenv("TF_CLI_ARGS", "-no-such-argument")
	output, err := runDemoHere(t)
	if err != nil {
		t.Fatalf("the demo failed: %v\n%s", err, output)
	}
	inOrder(t, output,
		"end with it.", "$ export WACHAT_BASE_URL=",
		"1/6", "✓ As expected, init installs the provider",
		`+ sender = "628123456789"`, "✓ As expected, the plan goes through and shows the number 628123456789 (exit code 0).",
		"Apply complete!", "✓ As expected, the apply goes through",
		"2/6", "Error: Resource precondition failed", `is in state "close"`, "✓ As expected, the precondition stops the plan",
		"3/6", "Warning: Check block assertion failed", `is in state "connecting"`, "✓ As expected, the check block warns",
		"4/6", "✓ As expected, the plan goes through and is saved", `is "close", but`, "✓ As expected, the apply is stopped",
		"5/6", "✓ As expected, the plan goes through with the number of each", "Not connected: t1_mq9r2jov_bandung_store.", "✓ As expected, the precondition stops the plan and names",
		"6/6", "✓ As expected, the read stops the plan", "✓ As expected, the plan goes through (exit code 0).",
		"Summary", "✓ 1  While", "✓ 6  With required_state", "✓ Every scene ended as expected.",
	)
	if strings.Contains(output, "\x1b") {
		t.Errorf("there are colors outside a terminal:\n%q", output)
	}
	if lines := strings.Count(output, "\n"); lines > 150 {
		t.Errorf("it shows %d lines:\n%s", lines, output)
	}
}

func TestAccDemo_gateThatLetsAClosedInstanceThrough(t *testing.T) {
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

func TestAccDemo_realAccount(t *testing.T) {
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

// runDemoHere runs the demo that the environment chooses.
func runDemoHere(t *testing.T) (output string, err error) {
	t.Helper()
	stage, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
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
	err = run(t.Context(), newScreen(&screen, false), "", stage)
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
