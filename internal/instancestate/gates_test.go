// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"os"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// When each gate runs: at plan, at the apply of a saved plan, at destroy. The
// guides say what these tests check.

const (
	requiredShop = `
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}
resource "terraform_data" "notices" {
  input = "a sender"
}
`
	preconditionOnly = shop + `
resource "terraform_data" "notices" {
  input = "a sender"
  lifecycle {
    precondition {
      condition     = data.wachat_instance_state.shop.connected
      error_message = "The instance is ${data.wachat_instance_state.shop.state}."
    }
  }
}
`
	postcondition = `
data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
  lifecycle {
    postcondition {
      condition     = self.connected
      error_message = "The instance is ${self.state}."
    }
  }
}
resource "terraform_data" "notices" {
  input = "a sender"
}
`
	ephemeralGate = `
ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}
resource "terraform_data" "notices" {
  input = "a sender"
  lifecycle {
    precondition {
      condition     = ephemeral.wachat_instance_state.shop.connected
      error_message = "This message is hidden."
    }
  }
}
`
	// What the provider says about the closed instance.
	notOpen = `The state of instance "t1_mq9r2jov_jakarta_store" (display name "jakarta_store") is "close", but "open" is required.`
)

// scene is a configuration on an API whose instance is open.
type scene struct {
	*acctest.Terraform
	api      *wachattest.Server
	instance *wachattest.Instance
}

func newScene(t *testing.T, config string, features ...acctest.Feature) scene {
	t.Helper()
	acctest.Needs(t, append(features, acctest.TerraformData)...)
	api := acctest.StartAPI(t)
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + config})
	return scene{tf, api, api.Instance(acctest.Shop)}
}

func expect(t *testing.T, output string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(acctest.OneLine(output), want) {
			t.Errorf("%q is not in:\n%s", want, output)
		}
	}
}

// They run only when the plan is made, and also in a plan without changes.
func TestAccGates_dataSource(t *testing.T) {
	for _, tt := range []struct{ name, config, message string }{
		{"precondition", preconditionOnly, "The instance is close."},
		{"postcondition", postcondition, "The instance is close."},
		{"required_state", requiredShop, notOpen},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newScene(t, tt.config, acctest.Preconditions)
			s.MustRun("plan", "-out=saved")
			s.instance.Close()
			expect(t, s.MustFail("plan"), tt.message)
			requests := s.api.Requests()
			expect(t, s.MustRun("apply", "saved"), "Apply complete! Resources: 1 added")
			if n := s.api.Requests(); n != requests {
				t.Errorf("the apply of a saved plan sent %d requests", n-requests)
			}
			expect(t, s.MustFail("plan"), tt.message) // without changes
		})
	}
}

// A failed condition is only a warning when nothing is created.
func TestAccGates_conditionsAtDestroy(t *testing.T) {
	for name, config := range map[string]string{"precondition": preconditionOnly, "postcondition": postcondition} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, config, acctest.Preconditions)
			s.MustRun("apply", "-auto-approve")
			s.instance.Close()
			expect(t, s.MustRun("plan", "-refresh-only"), "Warning:", "The instance is close.")
			s.MustRun("plan", "-destroy")
			expect(t, s.MustRun("destroy", "-auto-approve"), "1 destroyed")
		})
	}
}

// The read itself fails, whatever the plan is for.
func TestAccGates_requiredStateAtDestroy(t *testing.T) {
	s := newScene(t, requiredShop, acctest.Preconditions)
	s.MustRun("apply", "-auto-approve")
	s.instance.Close()
	expect(t, s.MustFail("plan", "-destroy"), notOpen)
	expect(t, s.MustFail("plan", "-refresh-only"), notOpen)
	expect(t, s.MustRun("destroy", "-auto-approve", "-refresh=false"), "1 destroyed")
}

func TestAccGates_checkBlock(t *testing.T) {
	s := newScene(t, `
check "shop" {
  data "wachat_instance_state" "shop" {
    instance_name = "t1_mq9r2jov_jakarta_store"
  }
  assert {
    condition     = data.wachat_instance_state.shop.connected
    error_message = "The instance is ${data.wachat_instance_state.shop.state}."
  }
}
resource "terraform_data" "notices" {
  input = "a sender"
}
`, acctest.Checks)
	s.instance.Close()
	expect(t, s.MustRun("plan"), "Warning: Check block assertion failed", "The instance is close.")
	expect(t, s.MustRun("apply", "-auto-approve"), "Warning: Check block assertion failed", "Apply complete! Resources: 1 added")
	s.api.Delete(acctest.Shop)
	expect(t, s.MustRun("plan"), "Warning: Unable to read instance state: not found")
}

func TestAccGates_ephemeralAtPlanAndApply(t *testing.T) {
	s := newScene(t, ephemeralGate, acctest.Ephemeral)
	s.instance.Close()
	expect(t, s.MustFail("plan"), notOpen)
	s.instance.Open()
	s.MustRun("plan", "-out=saved")
	s.instance.Close()
	output := s.MustFail("apply", "saved")
	expect(t, output, notOpen)
	if strings.Contains(output, "This message is hidden.") {
		t.Error("the condition ran although the read failed")
	}
	if state := s.MustRun("state", "list"); strings.Contains(state, "terraform_data.notices") {
		t.Errorf("what refers to the gate was made: %s", state)
	}
	s.instance.Open()
	s.MustRun("apply", "-auto-approve")
}

// Terraform makes what does not refer to the gate before the gate fails;
// OpenTofu does not run a gate that nothing refers to.
func TestAccGates_ephemeralStopsOnlyReferences(t *testing.T) {
	s := newScene(t, ephemeralGate+`
resource "terraform_data" "unrelated" {
  input = "another"
}
`, acctest.Ephemeral)
	s.MustRun("plan", "-out=saved")
	s.instance.Close()
	expect(t, s.MustFail("apply", "saved"), notOpen)
	state := s.MustRun("state", "list")
	if !strings.Contains(state, "terraform_data.unrelated") || strings.Contains(state, "terraform_data.notices") {
		t.Errorf("the state has %s", state)
	}
	// The stopped apply has made its saved plan stale.
	s.instance.Open()
	expect(t, s.MustFail("apply", "saved"), "Saved plan is stale")
}

func TestAccGates_ephemeralWithoutReference(t *testing.T) {
	s := newScene(t, `
ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}
resource "terraform_data" "notices" {
  input = "a sender"
}
`, acctest.Ephemeral)
	s.MustRun("plan", "-out=saved")
	s.instance.Close()
	if acctest.IsOpenTofu() {
		s.MustRun("apply", "saved")
	} else {
		expect(t, s.MustFail("apply", "saved"), notOpen)
	}
	if state := s.MustRun("state", "list"); !strings.Contains(state, "terraform_data.notices") {
		t.Error("it stopped the resource: the guide says that it does not")
	}
}

func TestAccGates_ephemeralAtDestroy(t *testing.T) {
	s := newScene(t, ephemeralGate, acctest.Ephemeral)
	s.MustRun("apply", "-auto-approve")
	s.instance.Close()
	if !acctest.IsOpenTofu() {
		expect(t, s.MustFail("plan", "-destroy"), notOpen)
	}
	expect(t, s.MustRun("destroy", "-auto-approve", "-refresh=false"), "1 destroyed")
}

// A replaced resource is destroyed before the gate on its creation runs,
// unless its replacement is created first.
func TestAccGates_ephemeralWithReplacement(t *testing.T) {
	for _, tt := range []struct {
		name, order string
		survives    bool
	}{
		{"without it the old one is gone", "", false},
		{"with it the old one stays", "create_before_destroy = true", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			config := func(replace string) string {
				return strings.NewReplacer(`input = "a sender"`, `triggers_replace = "`+replace+`"`, "lifecycle {", "lifecycle {\n"+tt.order).Replace(ephemeralGate)
			}
			s := newScene(t, config("one"), acctest.Ephemeral)
			s.MustRun("apply", "-auto-approve")
			s.Write("main.tf", acctest.Provider(s.api)+config("two"))
			s.MustRun("plan", "-out=saved")
			s.instance.Close()
			expect(t, s.MustFail("apply", "saved"), notOpen)
			if survives := strings.Contains(s.MustRun("state", "list"), "terraform_data.notices"); survives != tt.survives {
				t.Errorf("the old resource is there: %t, want %t", survives, tt.survives)
			}
		})
	}
}

// What an ephemeral resource reads is nowhere on disk. What a data source reads
// is, which shows that the test can find it.
func TestAccEphemeralResource_nothingOnDisk(t *testing.T) {
	acctest.Needs(t, acctest.Ephemeral)
	secrets := []string{"628123456789", "profile of the shop", "pps.whatsapp.net"}
	files := func(t *testing.T, config string) string {
		t.Helper()
		s := newScene(t, config)
		s.instance.Set("profileName", "profile of the shop")
		s.MustRun("plan", "-out=saved")
		plan := s.MustRun("show", "-json", "saved")
		s.MustRun("apply", "saved")
		state, err := os.ReadFile(s.Path("terraform.tfstate"))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(s.Path("saved"))
		if err != nil {
			t.Fatal(err)
		}
		return plan + string(state) + string(raw)
	}
	onDisk, kept := files(t, preconditionOnly), files(t, ephemeralGate)
	for _, secret := range secrets {
		if !strings.Contains(onDisk, secret) {
			t.Errorf("%q of a data source is not on disk: the test cannot find anything", secret)
		}
		if strings.Contains(kept, secret) {
			t.Errorf("%q of an ephemeral resource is on disk", secret)
		}
	}
}

// A read that has to follow another resource takes its name from it.
func TestAccGates_nameKnownAtApply(t *testing.T) {
	s := newScene(t, `
resource "terraform_data" "name" {
  input = "t1_mq9r2jov_jakarta_store"
}
data "wachat_instance_state" "shop" {
  instance_name  = terraform_data.name.output
  required_state = "open"
}
resource "terraform_data" "notices" {
  input = data.wachat_instance_state.shop.number
}
`)
	s.MustRun("plan", "-out=saved")
	s.instance.Close()
	expect(t, s.MustFail("apply", "saved"), notOpen)
	if state := s.MustRun("state", "list"); strings.Contains(state, "terraform_data.notices") {
		t.Errorf("what refers to the read was made: %s", state)
	}
}
