// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const shop = `
data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
}
`

const shopAddress = "data.wachat_instance_state.shop"

func TestAccDataSource_everyAttribute(t *testing.T) {
	api := acctest.StartAPI(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: acctest.Provider(api) + shop,
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("instance_name"), knownvalue.StringExact(acctest.Shop)),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("state"), knownvalue.StringExact("open")),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("connected"), knownvalue.Bool(true)),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("display_name"), knownvalue.StringExact("jakarta_store")),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("api_instance_name"), knownvalue.StringExact(acctest.Shop)),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("internal_name"), knownvalue.StringExact(acctest.Shop)),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("profile_name"), knownvalue.StringExact("jakarta_store")),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("profile_picture_url"), knownvalue.NotNull()),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("number"), knownvalue.StringExact("628123456789")),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("owner"), knownvalue.StringExact("628123456789@s.whatsapp.net")),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("integration"), knownvalue.StringExact("WHATSAPP-BAILEYS")),
				},
			},
			{
				PreConfig: func() { api.Instance(acctest.Shop).Close() },
				Config:    acctest.Provider(api) + shop,
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("state"), knownvalue.StringExact("close")),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("connected"), knownvalue.Bool(false)),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("number"), knownvalue.Null()),
					statecheck.ExpectKnownValue(shopAddress, tfjsonpath.New("profile_name"), knownvalue.Null()),
				},
			},
		},
	})
}

func TestAccDataSource_rawJSON(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Instance(acctest.Shop).Set("lastSeen", "2026-01-02")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.Provider(api) + shop + `
output "last_seen" {
  value = nonsensitive(jsondecode(data.wachat_instance_state.shop.raw_json).instance.lastSeen)
}
`,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("last_seen", knownvalue.StringExact("2026-01-02"))},
		}},
	})
}

// gated makes a resource with a precondition over the data source, which uses
// the number.
const gated = shop + `
resource "terraform_data" "notices" {
  input = data.wachat_instance_state.shop.number
  lifecycle {
    precondition {
      condition     = data.wachat_instance_state.shop.connected
      error_message = "The instance is ${data.wachat_instance_state.shop.state}, not open."
    }
  }
}
`

func TestAccDataSource_precondition(t *testing.T) {
	acctest.Needs(t, acctest.Preconditions, acctest.TerraformData)
	api := acctest.StartAPI(t)
	config := acctest.Provider(api) + gated
	instance := api.Instance(acctest.Shop)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{PreConfig: instance.Close, Config: config, ExpectError: acctest.Framed("The instance is close, not open.")},
			{
				PreConfig: instance.Open, Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction("terraform_data.notices", plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue("terraform_data.notices", tfjsonpath.New("input"), knownvalue.StringExact("628123456789")),
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue("terraform_data.notices", tfjsonpath.New("output"), knownvalue.StringExact("628123456789")),
				},
			},
			{PreConfig: instance.Connecting, Config: config, PlanOnly: true, ExpectError: acctest.Framed("The instance is connecting, not open.")},
		},
	})
}

func TestAccDataSource_postcondition(t *testing.T) {
	acctest.Needs(t, acctest.Preconditions)
	api := acctest.StartAPI(t)
	config := acctest.Provider(api) + `
data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
  lifecycle {
    postcondition {
      condition     = self.state == "open"
      error_message = "${self.display_name} is ${self.state}."
    }
  }
}
`
	instance := api.Instance(acctest.Shop)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config},
			{PreConfig: instance.Close, Config: config, ExpectError: acctest.Framed("jakarta_store is close.")},
		},
	})
}

func TestAccDataSource_checkBlock(t *testing.T) {
	acctest.Needs(t, acctest.Checks)
	api := acctest.StartAPI(t)
	api.Instance(acctest.Shop).Connecting()
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + `
check "shop_is_open" {
  data "wachat_instance_state" "shop" {
    instance_name = "t1_mq9r2jov_jakarta_store"
  }
  assert {
    condition     = data.wachat_instance_state.shop.connected
    error_message = "The shop is ${data.wachat_instance_state.shop.state}."
  }
}
`})
	output := acctest.OneLine(tf.MustRun("apply", "-auto-approve"))
	if !strings.Contains(output, "Warning: Check block assertion failed") || !strings.Contains(output, "The shop is connecting.") {
		t.Error(output)
	}
}

func TestAccDataSource_differentStatesWarning(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Instance(acctest.Shop).SetFault(wachattest.JSON(`{"success":true,"data":{"instance":{"state":"connecting"}},"instance":{"apiInstanceName":"NAME","state":"close"}}`))
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + shop})
	output := acctest.OneLine(tf.MustRun("plan"))
	if want := `says "close" in instance.state and "connecting" in data.instance.state.`; !strings.Contains(output, want) {
		t.Errorf("got %s\nwant %s", output, want)
	}
}

func TestAccDataSource_invalidNames(t *testing.T) {
	for value, want := range map[string]string{`""`: "the instance name is empty", `"a b"`: "contains white space", `"a\u0007"`: "contains white space or a control character"} {
		t.Run(want, func(t *testing.T) {
			tf := acctest.NewTerraform(t, map[string]string{"main.tf": fmt.Sprintf("data \"wachat_instance_state\" \"shop\" {\n  instance_name = %s\n}\n", value)})
			if output := tf.MustFail("validate"); !strings.Contains(output, want) {
				t.Errorf("got %s\nwant %s", output, want)
			}
		})
	}
}

func TestAccDataSource_sharedConnections(t *testing.T) {
	api := acctest.StartAPI(t, wachattest.WithTLS())
	for i := range 100 {
		api.Create(fmt.Sprintf("t1_%d", i))
	}
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + `
data "wachat_instance_state" "all" {
  for_each      = toset([for i in range(100) : "t1_${i}"])
  instance_name = each.key
}
`})
	tf.MustRun("plan", "-parallelism=100")
	// On a slow machine, the client repeats up to 2 requests and one in 20.
	if n := api.Requests(); n < 100 || n > 107 || api.Connections() > 10 {
		t.Errorf("%d requests over %d connections, want 100 to 107 over 10 at most", n, api.Connections())
	}
}

// An error about the instance points at the argument that names it.
func TestAccDataSource_errorPointsAtArgument(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Delete(acctest.Shop)
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + shop})
	output := tf.MustFail("plan")
	for _, want := range []string{
		"Error: Unable to read instance state: there is no such instance with data.wachat_instance_state.shop, on main.tf line",
		`instance_name = "t1_mq9r2jov_jakarta_store" Wachat does not know instance "t1_mq9r2jov_jakarta_store". Wachat says (HTTP status 404): Instance not found`,
	} {
		if !strings.Contains(output, want) {
			t.Errorf("got %s\nwant %s", output, want)
		}
	}
}
