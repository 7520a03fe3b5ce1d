// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
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
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + shop})
	output := tf.MustRun("plan")
	expect(t, output, `gives two states: "close [number]" in instance.state and "…" in data.instance.state.`)
}

func TestAccDataSource_invalidNames(t *testing.T) {
	for value, want := range map[string]string{
		`""`:              "the instance name is empty. It must be the unique API name, which looks like t1_mq9r2jov_jakarta_store",
		`"Jakarta Store"`: "contains white space or a control character. It looks like the display name, which the Wachat dashboard shows. It must be the unique API name, which looks like t1_mq9r2jov_jakarta_store",
		`"a\u0007"`:       "contains white space or a control character. It must be the unique API name",
	} {
		planFails(t, fmt.Sprintf("data \"wachat_instance_state\" \"shop\" {\n  instance_name = %s\n}\n", value), "The value of instance_name is invalid:", want)
	}
}

// An error about the instance points at the argument that names it, and shows the
// address that was asked.
func TestAccDataSource_notFound(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Delete(acctest.Shop)
	planFails(t, acctest.Provider(api)+shop,
		"Error: Unable to read instance state: not found with data.wachat_instance_state.shop, on",
		`instance_name = "t1_mq9r2jov_jakarta_store"`,
		`The provider could not read instance "t1_mq9r2jov_jakarta_store": not found (HTTP 404: Instance not found).`,
		"The provider asked "+api.BaseURL()+"/instance/state.",
		"Either there is no such instance", "Or the address is wrong.")
}

// The error that refuses a name with the key in it neither quotes it nor points at the
// line with it.
func TestAccDataSource_keyInName(t *testing.T) {
	api := acctest.StartAPI(t)
	output := acctest.NewTerraform(t, map[string]string{
		"main.tf":     acctest.Provider(api) + shop,
		"override.tf": "data \"wachat_instance_state\" \"shop\" {\n  instance_name = \"t1_" + api.Key() + "\"\n}\n",
	}).MustFail("plan")
	expect(t, output, "the API key is in the wrong place (the instance name contains the API key).")
	if strings.Contains(output, api.Key()) || api.Requests() != 0 {
		t.Errorf("%d requests, and %s", api.Requests(), output)
	}
}

func TestAccDataSource_misspelledState(t *testing.T) {
	for state, found := range map[string]func(*wachattest.Instance){"Open": (*wachattest.Instance).Open, "opened": (*wachattest.Instance).Close} {
		api := acctest.StartAPI(t)
		found(api.Instance(acctest.Shop))
		planFails(t, acctest.Provider(api)+strings.Replace(shop, "}", "  required_state = \""+state+"\"\n}", 1),
			`but "`+state+`" is required.`, `Did you mean "open"? Wachat is known to report the states open (which means connected), connecting, close and refused.`)
	}
}

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
