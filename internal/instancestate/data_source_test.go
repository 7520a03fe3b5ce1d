// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const shop = `
data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
}
`

// planFails plans a configuration that has to fail, with an error that has the texts
// in their order.
func planFails(t *testing.T, config string, wants ...string) {
	t.Helper()
	patterns := make([]string, len(wants))
	for i, want := range wants {
		patterns[i] = acctest.Framed(want).String()
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: config, PlanOnly: true,
			ExpectError: regexp.MustCompile("(?s)" + strings.Join(patterns, ".*")),
		}},
	})
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

// Everything that is shown of an answer goes through one rule.
func TestAccDataSource_differentStatesWarning(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Instance(acctest.Shop).SetFault(wachattest.JSON(`{"success":true,"data":{"instance":{"state":"` + api.Key()[:12] + `"}},"instance":{"apiInstanceName":"NAME","state":"close 628123456789"}}`))
	for _, config := range []string{shop, fleetOf(acctest.Shop)} {
		output := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + config}).MustRun("plan")
		if !strings.Contains(acctest.OneLine(output), `gives two states: "close [number]" in instance.state and "…" in data.instance.state.`) {
			t.Error(output)
		}
	}
}

// An error about the instance points at the argument that names it, and shows the
// address.
func TestAccDataSource_notFound(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Delete(acctest.Shop)
	planFails(t, acctest.Provider(api)+shop,
		"Error: Unable to read instance state: not found with data.wachat_instance_state.shop, on",
		`instance_name = "t1_mq9r2jov_jakarta_store"`,
		`The provider could not read instance "t1_mq9r2jov_jakarta_store": not found (HTTP 404: Instance not found).`,
		"The provider asked "+api.BaseURL()+"/instance/state.")
}

// The error that refuses an argument with the key in it neither quotes it nor points at
// the line with it.
func TestAccDataSource_keyInArgument(t *testing.T) {
	for _, arguments := range []string{
		`instance_name = "t1_${local.key}"`,
		"instance_name = \"" + acctest.Shop + "\"\n  required_state = local.key",
	} {
		api := acctest.StartAPI(t)
		tf := acctest.NewTerraform(t, map[string]string{
			"main.tf": acctest.Provider(api) + "data \"wachat_instance_state\" \"shop\" {\n  " + arguments + "\n}\n",
			"key.tf":  fmt.Sprintf("locals {\n  key = %q\n}\n", api.Key()),
		})
		output := tf.MustFail("plan")
		if !strings.Contains(output, "(the instance name or the required state contains the API key).") || strings.Contains(output, api.Key()) || api.Requests() != 0 {
			t.Errorf("%d requests, and %s", api.Requests(), output)
		}
	}
}
