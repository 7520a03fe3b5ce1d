// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// waiting polls the shop every second until it is open.
const waiting = `
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  wait_timeout   = "1m"
  poll_interval  = "1s"
}
`

func TestAccWait_transientStatesAndFailures(t *testing.T) {
	api := acctest.StartAPI(t)
	instance := api.Instance(acctest.Shop)
	instance.Connecting()
	instance.Enqueue(wachattest.Status(503), nil, nil)
	polls := 0
	instance.OnRequest(func() {
		if polls++; polls == 3 {
			instance.Open()
		}
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Provider(api) + waiting,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("state"), knownvalue.StringExact("open")),
				statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("wait_timeout"), knownvalue.StringExact("1m")),
				statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("poll_interval"), knownvalue.StringExact("1s")),
			},
		}},
	})
}

// An unknown value may become null, or be set.
func TestAccValidate_unknownValues(t *testing.T) {
	for _, arguments := range []string{
		"required_state = var.wanted\nwait_timeout = var.wanted\nstable_for = var.wanted\npoll_interval = var.wanted",
		"wait_timeout = var.wanted",
		"stable_for = var.wanted",
		"poll_interval = var.wanted",
		"required_state = var.wanted\nstable_for = \"10s\"",
		"required_state = \"open\"\nwait_timeout = var.wanted\npoll_interval = \"2s\"",
		"required_state = \"open\"\nstable_for = \"10s\"\npoll_interval = \"2s\"",
	} {
		acctest.NewTerraform(t, map[string]string{"main.tf": fmt.Sprintf(`
variable "wanted" {
  type = string
}
data "wachat_instance_state" "shop" {
  instance_name = "shop"
  %s
}
`, arguments)}).MustRun("validate")
	}
}

func TestAccDataSource_sharedRequests(t *testing.T) {
	api := acctest.StartAPI(t)
	api.SetDelay(300 * time.Millisecond)
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + `
data "wachat_instance_state" "shop" {
  count         = 10
  instance_name = "t1_mq9r2jov_jakarta_store"
}
`})
	tf.MustRun("plan")
	if n := api.Requests(); n > 3 {
		t.Errorf("%d requests, want 3 at most", n)
	}
}

func TestAccWait_missingInstance(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Delete(acctest.Shop)
	planFails(t, acctest.Provider(api)+waiting, "not found (HTTP 404: Instance not found).")
	if n := api.Requests(); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

func TestAccWait_timeout(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Instance(acctest.Shop).Connecting()
	planFails(t, acctest.Provider(api)+strings.Replace(waiting, `"1m"`, `"1500ms"`, 1),
		"Error: Instance not in the required state",
		`required_state = "open"`,
		`The state of instance "t1_mq9r2jov_jakarta_store" (display name "jakarta_store") is "connecting", but "open" is required.`,
		"The provider waited 2s and polled 2 times.",
		"Wait a moment and create a new plan, or raise wait_timeout to let the provider wait.")
}

func TestAccValidate_invalidRequirements(t *testing.T) {
	for _, tt := range []struct{ arguments, want string }{
		{`wait_timeout = "1m"`, `wait_timeout has no effect without required_state.`},
		{"required_state = \"open\"\npoll_interval = \"5s\"", `poll_interval has no effect without wait_timeout or stable_for.`},
		{`stable_for = "1m"`, `stable_for has no effect without required_state.`},
		{"required_state = \"open\"\nstable_for = \"-1s\"", `-1s is too short. It must be a duration with a unit, of at least 0s, such as "30s".`},
		{`required_state = ""`, `Attribute required_state string length must be at least 1`},
		{"required_state = \"open\"\nwait_timeout = \"60\"", `missing unit in duration "60". It must be a duration with a unit, of at least 0s, such as "2m".`},
		{"required_state = \"open\"\nwait_timeout = \"1m\"\npoll_interval = \"999ms\"", `999ms is too short. It must be a duration with a unit, of at least 1s, such as "10s".`},
	} {
		planFails(t, "data \"wachat_instance_state\" \"shop\" {\n  instance_name = \"shop\"\n  "+tt.arguments+"\n}\n", tt.want)
		if acctest.Supports(acctest.Ephemeral) {
			planFails(t, "ephemeral \"wachat_instance_state\" \"shop\" {\n  instance_name = \"shop\"\n  "+tt.arguments+"\n}\n", tt.want)
		}
	}
}
