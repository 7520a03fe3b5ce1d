// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// actionGate makes a resource whose create and update the action guards; the
// input decides which of them a step sees.
func actionGate(input, arguments string) string {
	return `
action "wachat_require_instance_state" "shop" {
  config {
    instance_name = "t1_mq9r2jov_jakarta_store"
    ` + arguments + `
  }
}
resource "terraform_data" "notices" {
  input = "` + input + `"
  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.wachat_require_instance_state.shop]
    }
  }
}
`
}

func TestAccAction_createAndUpdate(t *testing.T) {
	acctest.Needs(t, acctest.Actions)
	api := acctest.StartAPI(t)
	instance := api.Instance(acctest.Shop)
	config := func(input string) string { return acctest.Provider(api) + actionGate(input, "") }
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{PreConfig: instance.Close, Config: config("one"), ExpectError: acctest.Framed(`is "close", but "open" is required.`)},
			{PreConfig: instance.Open, Config: config("one")},
			{
				PreConfig: instance.Close, Config: config("one"), // nothing to update: the action does not run
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{Config: config("two"), ExpectError: acctest.Framed(`is "close", but "open" is required.`)},
			{PreConfig: instance.Open, Config: config("two")},
		},
	})
}

// It runs in the apply of a saved plan, not in the plan and not in a destroy.
func TestAccAction_applyOnly(t *testing.T) {
	s := newScene(t, actionGate("one", ""), acctest.Actions)
	s.MustRun("plan", "-out=saved")
	if n := s.api.Requests(); n != 0 {
		t.Errorf("the plan sent %d requests", n)
	}
	s.instance.Close()
	expect(t, s.MustFail("apply", "saved"), notOpen)
	s.instance.Open()
	s.MustRun("apply", "-auto-approve")
	s.instance.Close()
	expect(t, s.MustRun("destroy", "-auto-approve"), "1 destroyed")
}
