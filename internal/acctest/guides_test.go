// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// The instances that the guides are about.
const (
	shop   = acctest.Shop
	branch = "t1_mqc3zame_jakarta_store"
	number = "628123456789"
)

const (
	shopIsNotOpen = `The state of instance "` + shop + `" is "close", but "open" is required.`
	instanceNames = `instance_names = ["` + shop + `", "` + branch + `"]`
)

// guide is an example of a guide in a directory of its own, on an API that
// knows its instances, all of them open.
type guide struct {
	*acctest.Terraform
	api *wachattest.Server
}

// newGuide takes the example's values of variables as lines of a tfvars file.
func newGuide(t *testing.T, example string, variables ...string) guide {
	t.Helper()
	files := configurations(t)["guides/"+example]
	if files == nil {
		t.Fatalf("there is no example %s", example)
	}
	needsOf(t, files)
	api := acctest.StartAPI(t)
	api.Create(branch)
	tf := acctest.NewTerraform(t, files)
	tf.Write("terraform.tfvars", strings.Join(variables, "\n"))
	tf.Setenv("WACHAT_API_KEY", api.Key())
	tf.Setenv("WACHAT_BASE_URL", api.BaseURL())
	return guide{tf, api}
}

// outputs are the values of the outputs, as JSON decodes them.
func (g guide) outputs(t *testing.T) map[string]any {
	t.Helper()
	var found map[string]struct{ Value any }
	if err := json.Unmarshal([]byte(g.MustRun("output", "-json")), &found); err != nil {
		t.Fatal(err)
	}
	values := map[string]any{}
	for name, output := range found {
		values[name] = output.Value
	}
	return values
}

func (g guide) wantOutputs(t *testing.T, want map[string]any) {
	t.Helper()
	if got := g.outputs(t); !reflect.DeepEqual(got, want) {
		t.Errorf("outputs are %v, want %v", got, want)
	}
}

// wantOutput looks for texts in what a command printed.
func wantOutput(t *testing.T, output string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(acctest.OneLine(output), text) {
			t.Errorf("%q is not in:\n%s", text, output)
		}
	}
}

var bothNumbers = map[string]any{shop: number, branch: number}

func TestAccGuideGateAPlan_closedInstance(t *testing.T) {
	for _, tt := range []struct {
		example, message string
		outputs          map[string]any
	}{
		{"required-state", shopIsNotOpen, map[string]any{"sender": number}},
		{"precondition", `Order notices need a connected instance: the shop is in state "close".`, map[string]any{"sender": number}},
		{"postcondition", `The instance is in state "close", or another account is connected to it.`, map[string]any{"sender": number}},
		{"fleet", shopIsNotOpen, map[string]any{"senders": bothNumbers}},
	} {
		t.Run(tt.example, func(t *testing.T) {
			g := newGuide(t, "gate-a-plan/"+tt.example)
			g.MustRun("apply", "-auto-approve")
			g.wantOutputs(t, tt.outputs)
			g.api.Instance(shop).Close()
			wantOutput(t, g.MustFail("plan"), tt.message)
		})
	}
}

func TestAccGuideGateAPlan_wait(t *testing.T) {
	g := newGuide(t, "gate-a-plan/wait")
	g.MustRun("apply", "-auto-approve")
	g.wantOutputs(t, map[string]any{"sender": number})

	// What passes is waited for, and it looks again soon enough for a test.
	g.quickly(t)
	instance, before := g.api.Instance(shop), g.api.Requests()
	instance.Connecting()
	instance.Enqueue(wachattest.Status(503))
	instance.OnRequest(func() {
		if g.api.Requests() == before+3 {
			instance.Open()
		}
	})
	g.MustRun("plan")
	if n := g.api.Requests() - before; n != 3 {
		t.Errorf("%d requests, want 3: 503, connecting, open", n)
	}

	// What does not pass ends the wait at once.
	g.api.Delete(shop)
	wantOutput(t, g.MustFail("plan"), "there is no such instance")
}

// quickly makes the example poll after the shortest interval that is allowed.
func (g guide) quickly(t *testing.T) { g.replace(t, `poll_interval  = "5s"`, `poll_interval = "1s"`) }

// replace replaces a text of the example, which has to be there.
func (g guide) replace(t *testing.T, old, replacement string) {
	t.Helper()
	text, err := os.ReadFile(g.Path("main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("the example does not contain %q", old)
	}
	g.Write("main.tf", strings.Replace(string(text), old, replacement, 1))
}

func TestAccGuideGateAPlan_stableFor(t *testing.T) {
	g := newGuide(t, "gate-a-plan/stable")
	g.replace(t, `stable_for     = "30s"`, "stable_for = \"2s\"\npoll_interval = \"1s\"")
	g.replace(t, `wait_timeout   = "2m"`, `wait_timeout = "6s"`)
	g.MustRun("apply", "-auto-approve")
	g.wantOutputs(t, map[string]any{"sender": number})
	if n := g.api.Requests(); n < 3 {
		t.Errorf("Wachat got %d requests in the 2s that the state has to hold", n)
	}

	// Each poll finds another state.
	instance := g.api.Instance(shop)
	instance.OnRequest(func() {
		if g.api.Requests()%2 == 0 {
			instance.Open()
		} else {
			instance.Connecting()
		}
	})
	wantOutput(t, g.MustFail("plan"), "Instance not in the required state", "the instance keeps reconnecting")
}

// The read inside the block is a change in each plan, and runs at apply too.
func TestAccGuideCheck_readInside(t *testing.T) {
	g := newGuide(t, "gate-a-plan/check")
	if output := g.MustRun("apply", "-auto-approve"); strings.Contains(output, "Check block assertion failed") {
		t.Errorf("it warns of an open instance:\n%s", output)
	}
	g.wantOutputs(t, map[string]any{"queue": shop})
	result := g.Run("plan", "-detailed-exitcode")
	if result.ExitCode != 2 {
		t.Errorf("plan -detailed-exitcode without changes ended with %d", result.ExitCode)
	}
	wantOutput(t, result.Output, "Plan: 0 to add, 0 to change, 0 to destroy.", number, "profile_picture_url")

	g.api.Instance(shop).Close()
	warning := []string{"Warning: Check block assertion failed", `The shop is in state "close": no order notices are sent.`}
	wantOutput(t, g.MustRun("plan"), warning...)
	g.savePlan()
	wantOutput(t, g.MustRun("apply", "saved"), warning...)
	g.api.SetFault(wachattest.Status(401))
	wantOutput(t, g.MustRun("plan"), "Warning: ", "the API key was not accepted")
}

// The read outside the block is no change, prints nothing, and does not run at
// the apply of a saved plan.
func TestAccGuideCheck_readOutside(t *testing.T) {
	g := newGuide(t, "gate-a-plan/check-assert")
	g.MustRun("apply", "-auto-approve")
	g.wantOutputs(t, map[string]any{"queue": shop})
	if output := g.wantPlanWithoutChanges(t); strings.Contains(output, number) {
		t.Errorf("the plan shows the number:\n%s", output)
	}

	warning := []string{"Warning: Check block assertion failed", "Not connected: " + shop + ". No order notices are sent."}
	g.api.Instance(shop).Close()
	wantOutput(t, g.wantPlanWithoutChanges(t), warning...)
	g.savePlan()
	g.wantNoRequest(t, func() {
		if output := g.MustRun("apply", "saved"); strings.Contains(output, "Check block assertion failed") {
			t.Errorf("the apply warns:\n%s", output)
		}
	})
	g.api.Delete(shop)
	wantOutput(t, g.wantPlanWithoutChanges(t), warning...)
	g.api.SetFault(wachattest.Status(401))
	wantOutput(t, g.MustFail("plan"), "the API key was not accepted")
}

// Each is planned while the instance is open, and applied when it is closed.
func TestAccGuideGateAnApply_closedInstance(t *testing.T) {
	for _, tt := range []struct {
		example   string
		variables []string
		outputs   map[string]any
	}{
		{"ephemeral", nil, map[string]any{"instance": shop}},
		{"action", nil, map[string]any{"instance": shop}},
		{"replaced", []string{`template_version = "1"`}, map[string]any{"template_version": "1"}},
		{"fleet", nil, map[string]any{"instances": []any{shop, branch}}},
	} {
		t.Run(tt.example, func(t *testing.T) {
			g := newGuide(t, "gate-an-apply/"+tt.example, tt.variables...)
			g.savePlan()
			wantOutput(t, g.MustFail("apply", "saved"), shopIsNotOpen)
			if made := g.MustRun("state", "list"); strings.Contains(made, "terraform_data") {
				t.Errorf("in spite of the gate there is %s", made)
			}

			g.api.Instance(shop).Open()
			wantOutput(t, g.MustFail("apply", "saved"), "Saved plan is stale")
			g.MustRun("apply", "-auto-approve")
			g.wantOutputs(t, tt.outputs)
		})
	}
}

// savePlan plans while the shop is open, and leaves it closed.
func (g guide) savePlan() {
	g.api.Instance(shop).Open()
	g.MustRun("plan", "-out=saved")
	g.api.Instance(shop).Close()
}

func TestAccGuideGateAnApply_replacedResource(t *testing.T) {
	g := newGuide(t, "gate-an-apply/replaced", `template_version = "1"`)
	g.MustRun("apply", "-auto-approve")
	g.Write("terraform.tfvars", `template_version = "2"`)
	g.savePlan()
	wantOutput(t, g.MustFail("apply", "saved"), shopIsNotOpen)
	wantOutput(t, g.MustRun("state", "show", "terraform_data.order_notices"), `input = "1"`)
}

// openingComplete matches what Terraform and OpenTofu print.
var openingComplete = regexp.MustCompile(`ephemeral\.wachat_instance_state\.shop: Open(ing)? complete`)

func TestAccGuideGateAnApply_afterAnotherResource(t *testing.T) {
	g := newGuide(t, "gate-an-apply/after")
	g.MustRun("plan")
	if n := g.api.Requests(); n != 0 {
		t.Errorf("the plan sent %d requests before there is a name", n)
	}
	output := g.MustRun("apply", "-auto-approve")
	_, later, made := strings.Cut(output, "terraform_data.route: Creation complete")
	if !made || !openingComplete.MatchString(later) || g.api.Requests() != 1 {
		t.Errorf("%d requests, or not after the route was made:\n%s", g.api.Requests(), output)
	}
	if route, _ := g.outputs(t)["route"].(string); route == "" {
		t.Error("the apply has made no route")
	}
}

// The number gets to the command, and nowhere else.
func TestAccGuideGateAnApply_numberNotInState(t *testing.T) {
	sender := "$SENDER"
	if runtime.GOOS == "windows" {
		sender = "%SENDER%" // for cmd, which runs the provisioner there
	}
	g := newGuide(t, "gate-an-apply/provisioner", `register_command = "echo to `+sender+` && echo `+sender+` > sender.txt"`)
	output := g.MustRun("apply", "-auto-approve")
	state, err := os.ReadFile(g.Path("terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(output+string(state), number) {
		t.Errorf("the number shows:\n%s\n%s", output, state)
	}
	if sender, err := os.ReadFile(g.Path("sender.txt")); err != nil || strings.TrimSpace(string(sender)) != number {
		t.Errorf("the command got %q, %v", sender, err)
	}
}

func TestAccGuideFleet_allOrNothing(t *testing.T) {
	g := newGuide(t, "watch-a-fleet/all-or-nothing", instanceNames)
	g.MustRun("apply", "-auto-approve")
	g.wantOutputs(t, map[string]any{"senders": bothNumbers})
	g.api.Instance(branch).Close()
	wantOutput(t, g.MustFail("plan"), "Not connected: "+branch+".")
}

func TestAccGuideFleet_connectedOnly(t *testing.T) {
	g := newGuide(t, "watch-a-fleet/connected-only", instanceNames)
	g.api.Delete(branch)
	g.MustRun("apply", "-auto-approve")
	g.wantOutputs(t, map[string]any{"senders": map[string]any{shop: number}, "left_out": []any{branch}})
	g.api.Instance(shop).Close()
	wantOutput(t, g.MustFail("plan"), "No store is connected: "+shop+", "+branch+".")
}

func TestAccGuideFleet_report(t *testing.T) {
	g := newGuide(t, "watch-a-fleet/report", instanceNames)
	g.api.Instance(shop).Close()
	g.api.Delete(branch)
	wantOutput(t, g.MustRun("apply", "-auto-approve"), "Warning: Check block assertion failed", "Not connected: "+shop+", "+branch+".")
	outputs := g.outputs(t)
	if want := map[string]any{shop: "close"}; !reflect.DeepEqual(outputs["states"], want) {
		t.Errorf("states are %v, want %v", outputs["states"], want)
	}
	errs, _ := outputs["errors"].(map[string]any)
	if text, _ := errs[branch].(string); len(errs) != 1 || !strings.Contains(text, `Wachat does not know instance "`+branch+`".`) {
		t.Errorf("errors are %v", errs)
	}
}

// Every example of a guide is applied by a test above, and is on its page.
func TestGuides_showEveryExample(t *testing.T) {
	for dir := range configurations(t) {
		name, ok := strings.CutPrefix(dir, "guides/")
		if !ok {
			continue
		}
		page := filepath.Join(acctest.Root(t), "templates", "guides", filepath.Dir(name)+".md.tmpl")
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), ` "examples/`+dir+`/main.tf"}}`) {
			t.Errorf("%s does not show %s", page, dir)
		}
	}
}
