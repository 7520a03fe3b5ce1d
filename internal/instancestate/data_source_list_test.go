// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const fleetAddress = "data.wachat_instance_states.fleet"

// fleetOf reads the instances called names, with further arguments.
func fleetOf(names []string, arguments ...string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	return "data \"wachat_instance_states\" \"fleet\" {\n  instance_names = [" + strings.Join(quoted, ", ") + "]\n  " + strings.Join(arguments, "\n  ") + "\n}\n"
}

func fleetHas(name string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(fleetAddress, tfjsonpath.New(name), check)
}

func inFleet(instance, name string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(fleetAddress, tfjsonpath.New("instances").AtMapKey(instance).AtMapKey(name), check)
}

func texts(values ...string) knownvalue.Check {
	checks := make([]knownvalue.Check, len(values))
	for i, value := range values {
		checks[i] = knownvalue.StringExact(value)
	}
	return knownvalue.ListExact(checks)
}

func TestAccFleet_everyInstance(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Create("t1_b_close").Close()
	api.Create("t1_a_connecting").Connecting()
	config := acctest.Provider(api) + fleetOf([]string{"t1_b_close", acctest.Shop, "t1_a_connecting"})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{
					fleetHas("instances", knownvalue.MapSizeExact(3)),
					fleetHas("all_connected", knownvalue.Bool(false)),
					fleetHas("not_connected", texts("t1_a_connecting", "t1_b_close")),
					fleetHas("errors", knownvalue.MapSizeExact(0)),
					inFleet(acctest.Shop, "state", knownvalue.StringExact("open")),
					inFleet(acctest.Shop, "number", knownvalue.StringExact("628123456789")),
					inFleet("t1_b_close", "state", knownvalue.StringExact("close")),
					inFleet("t1_b_close", "connected", knownvalue.Bool(false)),
					inFleet("t1_b_close", "number", knownvalue.Null()),
					fleetHas("raw_json", knownvalue.MapSizeExact(3)),
				},
			},
			{
				PreConfig: func() { api.Instance("t1_b_close").Open(); api.Instance("t1_a_connecting").Open() },
				Config:    config,
				ConfigStateChecks: []statecheck.StateCheck{
					fleetHas("all_connected", knownvalue.Bool(true)),
					fleetHas("not_connected", texts()),
				},
			},
		},
	})
}

func TestAccFleet_tolerateErrors(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Create("t1_closed").Close()
	names := []string{"t1_gone", acctest.Shop, "t1_closed"}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: acctest.Provider(api) + fleetOf(names, "tolerate_errors = true"),
				ConfigStateChecks: []statecheck.StateCheck{
					fleetHas("instances", knownvalue.MapSizeExact(2)),
					fleetHas("all_connected", knownvalue.Bool(false)),
					fleetHas("not_connected", texts("t1_closed", "t1_gone")),
					fleetHas("errors", knownvalue.MapSizeExact(1)),
					statecheck.ExpectKnownValue(fleetAddress, tfjsonpath.New("errors").AtMapKey("t1_gone"), knownvalue.StringExact("not found (HTTP 404: Instance not found)")),
				},
			},
			{
				Config:      acctest.Provider(api) + fleetOf(names, "tolerate_errors = true", `required_state = "open"`),
				ExpectError: acctest.Framed(`The state of instance "t1_closed" is "close", but "open" is required.`),
			},
			{
				// An unknown state is not the required one.
				Config:      acctest.Provider(api) + fleetOf([]string{"t1_gone", acctest.Shop}, "tolerate_errors = true", `required_state = "open"`),
				ExpectError: acctest.Framed(`The provider could not read instance "t1_gone": not found`),
			},
		},
	})
}

func TestAccFleet_everyFailure(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Create("t1_odd").SetFault(wachattest.JSON(`{"success":true}`))
	names := []string{acctest.Shop, "t1_gone_a", "t1_gone_b", "t1_odd"}
	config := acctest.Provider(api) + fleetOf(names)
	planFails(t, config, "The provider could not read 2 instances: not found (HTTP 404: Instance not found).", `- "t1_gone_a"`, `- "t1_gone_b"`, "The provider asked")
	planFails(t, config, `The provider could not read instance "t1_odd": the answer is not valid`)
}

// A key that the API refuses is the failure of the provider, not of an instance.
func TestAccFleet_refusedKey(t *testing.T) {
	api := acctest.StartAPI(t)
	var names []string
	for i := range 100 {
		names = append(names, fmt.Sprintf("t1_%d", i))
	}
	config := acctest.Provider(api) + fleetOf(names, "tolerate_errors = true")
	api.SetKey("rotated")
	planFails(t, config, "Unable to read instance state: the API key was not accepted")
	if n := api.Requests(); n > 20 {
		t.Errorf("%d requests, want about 10", n)
	}
}

func TestAccFleet_invalidNames(t *testing.T) {
	for list, want := range map[string]string{
		`[]`:                  "list must contain at least 1 elements",
		`["a", null]`:         "Error: Null List Value",
		`["a", "b", "a"]`:     `The value "a" is already at index 0 of instance_names.`,
		`["a", ""]`:           "The value of instance_names[1] is invalid: the instance name is empty.",
		`["Jakarta Store"]`:   "It looks like the display name",
		`["a", "b", "b","a"]`: `The value "b" is already at index 1 of instance_names.`,
	} {
		planFails(t, "data \"wachat_instance_states\" \"fleet\" {\n  instance_names = "+list+"\n}\n", want)
	}
	acctest.NewTerraform(t, map[string]string{"main.tf": `
variable "name" {
  type = string
}
data "wachat_instance_states" "fleet" {
  instance_names = ["a", var.name]
}
`}).MustRun("validate")
}
