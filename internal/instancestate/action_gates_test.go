// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// gated is a resource that is replaced when by changes, and that an action gates. What
// triggers the action and what else is in the lifecycle block are more lines.
func gated(trigger, by, lifecycle string) string {
	return fmt.Sprintf(`
action "wachat_require_instance_state" "shop" {
  config {
    instance_name = "t1_mq9r2jov_jakarta_store"
  }
}
resource "terraform_data" "notices" {
  triggers_replace = %q
  lifecycle {
    %s
    action_trigger {
      %s
      actions = [action.wachat_require_instance_state.shop]
    }
  }
}
`, by, lifecycle, trigger)
}

func TestAccGates_action(t *testing.T) {
	const onCreate, onUpdate, onDestroy = "events = [before_create]", "events = [before_update]", "events = [before_destroy]"
	oneOf := func(count string) string {
		return strings.Replace(gated(onDestroy, "one", ""), "triggers_replace", "count = "+count+"\n  triggers_replace", 1)
	}
	updated := func(input string) string {
		return strings.Replace(gated(onUpdate, "one", ""), "triggers_replace", "input = "+input+"\n  triggers_replace", 1)
	}
	replaced := acctest.Step{Prints: []string{notices}}
	if acctest.Supports(acctest.DestroyEvents) { // it runs between the end of the old resource and the start of the new one
		replaced = acctest.Step{Omits: notices}
	}
	create := []acctest.Feature{acctest.Actions}
	destroy := []acctest.Feature{acctest.Actions, acctest.DestroyEvents}
	for _, g := range []gate{
		{"before_create", gated(onCreate, "one", ""), create, []acctest.Step{
			{Command: "plan -out=saved", Requests: acctest.NoRequests},
			{Before: acctest.ShopCloses, Command: "apply saved", Exit: 1, Prints: []string{notOpen}},
			{Command: "state list", Omits: notices},
			{Before: acctest.ShopOpens, Command: "apply -auto-approve", Prints: []string{"1 added"}},
			{Before: acctest.ShopCloses, Command: "apply -auto-approve", Requests: acctest.NoRequests, Prints: []string{"0 added, 0 changed"}},
			{Command: "destroy -auto-approve", Requests: acctest.NoRequests, Prints: []string{"1 destroyed"}},
		}},
		{"before_update", updated("1"), create, []acctest.Step{
			{Before: acctest.ShopCloses, Command: "apply -auto-approve", Requests: acctest.NoRequests, Prints: []string{"1 added"}},
			{Config: updated("2"), Command: "apply -auto-approve", Exit: 1, Prints: []string{notOpen}},
			{Before: acctest.ShopOpens, Command: "apply -auto-approve", Prints: []string{"1 changed"}},
		}},
		{"replacement", gated(onCreate, "one", ""), create, stopped(gated(onCreate, "two", ""), notOpen, replaced)},
		{"replacement, new one first", gated(onCreate, "one", createFirst), create, stopped(gated(onCreate, "two", createFirst), notOpen, acctest.Step{Prints: []string{notices}})},
		{"on_failure continue", gated(onCreate+"\non_failure = continue", "one", ""), destroy, []acctest.Step{
			{Before: acctest.ShopCloses, Command: "apply -auto-approve", Prints: []string{notOpen}},
			{Command: "state list", Prints: []string{notices}},
		}},
		{"before_destroy of a replacement", gated(onDestroy, "one", ""), destroy, stopped(gated(onDestroy, "two", ""), notOpen, acctest.Step{Prints: []string{notices}})},
		{"before_destroy after the new one", gated(onDestroy, "one", ""), destroy, stopped(gated(onDestroy, "two", createFirst), "Creation complete", acctest.Step{Prints: []string{notices}})},
		{"before_destroy of a smaller count", oneOf("1"), destroy, stopped(oneOf("0"), notOpen, acctest.Step{Prints: []string{notices}})},
		{"before_destroy without its block", gated(onDestroy, "one", ""), destroy, []acctest.Step{
			{Command: "apply -auto-approve"},
			{Config: "# nothing is left\n", Before: acctest.ShopCloses, Command: "apply -auto-approve", Prints: []string{"1 destroyed"}},
		}},
		{"destroy", gated(onDestroy+"\non_failure = halt", "one", ""), destroy, []acctest.Step{ // it only warns
			{Command: "apply -auto-approve"},
			{Before: acctest.ShopCloses, Command: "destroy -auto-approve", Prints: []string{notOpen}},
			{Command: "state list", Omits: notices},
		}},
	} {
		t.Run(g.name, g.run)
	}
}
