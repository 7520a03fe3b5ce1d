// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// The number that somebody gives in an emergency.
const emergencyNumber = "628123456780"

func TestAccGuideEmergency_dataSource(t *testing.T) {
	g := newGuide(t, "emergency/data-source")
	g.MustRun("apply", "-auto-approve")
	g.wantOutputs(t, map[string]any{"sender": number})
	g.api.Instance(shop).Close()
	wantOutput(t, g.MustFail("plan"), `The shop is in state "close". To deploy anyway, set emergency_sender.`)

	g.wantPlanWithoutChanges(t, "-var", "emergency_sender="+number)
	g.wantNoRequest(t, func() { g.MustRun("apply", "-auto-approve", "-var", "emergency_sender="+emergencyNumber) })
	g.wantOutputs(t, map[string]any{"sender": emergencyNumber})

	// The next plan runs the gate again.
	g.MustFail("plan")
}

func TestAccGuideEmergency_fleet(t *testing.T) {
	g := newGuide(t, "emergency/fleet", instanceNames)
	g.MustRun("apply", "-auto-approve")
	g.wantOutputs(t, map[string]any{"senders": bothNumbers})
	g.api.Instance(branch).Close()
	g.MustFail("plan")

	g.MustRun("apply", "-auto-approve", "-var", `emergency_senders={`+branch+`="`+emergencyNumber+`"}`)
	g.wantOutputs(t, map[string]any{"senders": map[string]any{shop: number, branch: emergencyNumber}})

	// The instance that is left is still gated.
	g.api.Instance(shop).Close()
	wantOutput(t, g.MustFail("plan", "-var", `emergency_senders={`+branch+`="`+emergencyNumber+`"}`), shopIsNotOpen)
	g.wantNoRequest(t, func() {
		g.MustRun("plan", "-var", `emergency_senders={`+shop+`="1",`+branch+`="2"}`)
	})
}

func TestAccGuideEmergency_apply(t *testing.T) {
	for _, example := range []string{"ephemeral", "action"} {
		t.Run(example, func(t *testing.T) {
			g := newGuide(t, "emergency/"+example)
			g.savePlan()
			wantOutput(t, g.MustFail("apply", "saved"), shopIsNotOpen)

			g.api.SetFault(wachattest.Status(503))
			g.wantNoRequest(t, func() {
				g.MustRun("plan", "-var", "gate=false", "-out=saved")
				g.MustRun("apply", "saved")
			})
			g.wantOutputs(t, map[string]any{"instance": shop})
		})
	}
}

// wantNoRequest fails if Wachat gets a request from what run runs.
func (g guide) wantNoRequest(t *testing.T, run func()) {
	t.Helper()
	before := g.api.Requests()
	run()
	if n := g.api.Requests() - before; n != 0 {
		t.Errorf("Wachat got %d requests", n)
	}
}

// wantPlanWithoutChanges runs a plan with further arguments.
func (g guide) wantPlanWithoutChanges(t *testing.T, args ...string) string {
	t.Helper()
	result := g.Run(append([]string{"plan", "-detailed-exitcode"}, args...)...)
	if result.ExitCode != 0 {
		t.Errorf("plan -detailed-exitcode %s ended with %d:\n%s", strings.Join(args, " "), result.ExitCode, result.Output)
	}
	return result.Output
}
