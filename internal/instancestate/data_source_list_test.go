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

// fleetOf reads instances.
func fleetOf(names ...string) string { return fleetWith("", names...) }

// fleetWith reads instances, with further arguments.
func fleetWith(arguments string, names ...string) string {
	return fmt.Sprintf("data \"wachat_instance_states\" \"fleet\" {\n  instance_names = split(\" \", %q)\n  %s\n}\n", strings.Join(names, " "), arguments)
}

func fleetHas(name string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(fleetAddress, tfjsonpath.New(name), check)
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
	config := acctest.Provider(api) + fleetOf("t1_b_close", acctest.Shop, "t1_a_connecting")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{
					fleetHas("instances", knownvalue.MapPartial(map[string]knownvalue.Check{
						acctest.Shop: knownvalue.ObjectPartial(map[string]knownvalue.Check{"state": knownvalue.StringExact("open")}),
						"t1_b_close": knownvalue.ObjectPartial(map[string]knownvalue.Check{"state": knownvalue.StringExact("close")}),
					})),
					fleetHas("instances", knownvalue.MapSizeExact(3)),
					fleetHas("raw_json", knownvalue.MapSizeExact(3)),
					fleetHas("all_connected", knownvalue.Bool(false)),
					fleetHas("not_connected", texts("t1_a_connecting", "t1_b_close")),
					fleetHas("errors", knownvalue.MapSizeExact(0)),
				},
			},
			{
				PreConfig: func() { api.Instance("t1_b_close").Open(); api.Instance("t1_a_connecting").Open() },
				Config:    config,
				ConfigStateChecks: []statecheck.StateCheck{
					fleetHas("all_connected", knownvalue.Bool(true)),
					fleetHas("not_connected", texts()), // which is not null
				},
			},
		},
	})
}

func TestAccFleet_tolerateErrors(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Create("t1_closed").Close()
	const tolerant, required = "tolerate_errors = true", "tolerate_errors = true\nrequired_state = \"open\""
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: acctest.Provider(api) + fleetWith(tolerant, "t1_gone", acctest.Shop, "t1_closed"),
				ConfigStateChecks: []statecheck.StateCheck{
					fleetHas("instances", knownvalue.MapSizeExact(2)),
					fleetHas("all_connected", knownvalue.Bool(false)),
					fleetHas("not_connected", texts("t1_closed", "t1_gone")),
					fleetHas("errors", knownvalue.MapExact(map[string]knownvalue.Check{"t1_gone": knownvalue.StringExact("not found (HTTP 404: Instance not found)")})),
				},
			},
			{
				Config:      acctest.Provider(api) + fleetWith(required, acctest.Shop, "t1_closed"),
				ExpectError: acctest.Framed(`The state of instance "t1_closed" is "close", but "open" is required.`),
			},
			{
				// An unknown state is not the required one.
				Config:      acctest.Provider(api) + fleetWith(required, acctest.Shop, "t1_gone"),
				ExpectError: acctest.Framed(`The provider could not read instance "t1_gone": not found`),
			},
		},
	})
}

// The fleet reads every instance, even when one fails.
func TestAccFleet_everyFailure(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Create("t1_odd").SetFault(wachattest.JSON(`{"success":true}`))
	config := acctest.Provider(api) + fleetOf("t1_gone_a", acctest.Shop, "t1_gone_b", "t1_odd")
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
	config := acctest.Provider(api) + fleetWith("tolerate_errors = true", names...)
	api.SetKey("rotated")
	planFails(t, config, "Unable to read instance state: the API key was not accepted")
	if n := api.Requests(); n > 20 {
		t.Errorf("%d requests, want about 10", n)
	}
}

// Terraform prints the line that an error or a warning points at.
func TestAccFleet_keyInName(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Instance(acctest.Shop).SetFault(wachattest.JSON(`{"success":true,"data":{"instance":{"state":"connecting"}},"instance":{"apiInstanceName":"NAME","state":"close"}}`))
	config := acctest.Provider(api) + fleetOf(acctest.Shop, "t1_"+api.Key())
	output := acctest.NewTerraform(t, map[string]string{"main.tf": config}).MustFail("plan")
	if !strings.Contains(output, "(the name is not shown)") || strings.Contains(output, api.Key()) {
		t.Error(output)
	}
}
