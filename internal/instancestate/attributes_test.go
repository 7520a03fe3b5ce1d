// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// attributesOfShop are all of an open instance, no two of them the same.
var attributesOfShop = map[string]knownvalue.Check{
	"state":               knownvalue.StringExact("open"),
	"connected":           knownvalue.Bool(true),
	"display_name":        knownvalue.StringExact("jakarta_store"),
	"api_instance_name":   knownvalue.StringExact(acctest.Shop),
	"internal_name":       knownvalue.StringExact("internal_1"),
	"profile_name":        knownvalue.StringExact("it is …"), // a text is fit to be shown
	"profile_picture_url": knownvalue.StringExact("https://pps.whatsapp.net/v/t61.24694-24/example.jpg"),
	"number":              knownvalue.StringExact("628123456789"),
	"owner":               knownvalue.StringExact("628123456789@s.whatsapp.net"),
	"integration":         knownvalue.StringExact("WHATSAPP-BAILEYS"),
}

// rawWithoutKey is the whole answer.
var rawWithoutKey = knownvalue.StringFunc(func(raw string) error {
	if strings.Contains(raw, wachattest.DefaultKey) || !strings.Contains(raw, `"echo":"Bearer …"`) {
		return fmt.Errorf("raw_json is %s", raw)
	}
	return nil
})

const dataSources = `
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  wait_timeout   = "1m"
  poll_interval  = "1s"
}
output "data_source" {
  value     = data.wachat_instance_state.shop
  sensitive = true
}
data "wachat_instance_states" "fleet" {
  instance_names = ["t1_mq9r2jov_jakarta_store"]
}
`

// A provider keeps what it is configured with, since nothing else shows an ephemeral
// value.
const ephemeralSurface = `
ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  wait_timeout   = "1m"
  poll_interval  = "1s"
}
provider "echo" {
  data = ephemeral.wachat_instance_state.shop
}
resource "echo" "shop" {}
`

func TestAccAttributes_everySurface(t *testing.T) {
	api := acctest.StartAPI(t)
	for member, value := range map[string]any{
		"internalName": "internal_1", "number": 628123456789, "profileName": "it is\n\u202e" + api.Key(), "echo": "Bearer " + api.Key(),
	} {
		api.Instance(acctest.Shop).Set(member, value)
	}
	whole := maps.Clone(attributesOfShop)
	maps.Copy(whole, map[string]knownvalue.Check{
		"instance_name": knownvalue.StringExact(acctest.Shop), "required_state": knownvalue.StringExact("open"), "stable_for": knownvalue.Null(),
		"wait_timeout": knownvalue.StringExact("1m"), "poll_interval": knownvalue.StringExact("1s"), "raw_json": rawWithoutKey,
	})
	step := resource.TestStep{
		Config: acctest.Provider(api) + dataSources,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("data_source", knownvalue.ObjectExact(whole)),
			statecheck.ExpectKnownValue(fleetAddress, tfjsonpath.New("instances").AtMapKey(acctest.Shop), knownvalue.ObjectExact(attributesOfShop)),
			statecheck.ExpectKnownValue(fleetAddress, tfjsonpath.New("raw_json").AtMapKey(acctest.Shop), rawWithoutKey),
		},
	}
	factories := acctest.Factories()
	if acctest.Supports(acctest.Ephemeral) {
		factories["echo"] = echoprovider.NewProviderServer()
		step.Config += ephemeralSurface
		step.ConfigStateChecks = append(step.ConfigStateChecks, statecheck.ExpectKnownValue("echo.shop", tfjsonpath.New("data"), knownvalue.ObjectExact(whole)))
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: factories, Steps: []resource.TestStep{step}})
}

// What is missing, null or empty is null.
func TestAccAttributes_closedInstance(t *testing.T) {
	api := acctest.StartAPI(t)
	api.Instance(acctest.Shop).SetFault(wachattest.JSON(`{"success":true,"instance":{
		"apiInstanceName":"NAME","state":"close","number":null,"profileName":"","profilePicUrl":"https://two.example"}}`))
	closed := map[string]knownvalue.Check{}
	for name := range attributesOfShop {
		closed[name] = knownvalue.Null()
	}
	maps.Copy(closed, map[string]knownvalue.Check{
		"state": knownvalue.StringExact("close"), "connected": knownvalue.Bool(false), "api_instance_name": knownvalue.StringExact(acctest.Shop),
		"profile_picture_url": knownvalue.StringExact("https://two.example"),
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config:            acctest.Provider(api) + fleetOf(acctest.Shop),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(fleetAddress, tfjsonpath.New("instances").AtMapKey(acctest.Shop), knownvalue.ObjectExact(closed))},
		}},
	})
}

// Terraform does not print a sensitive value, nor store it in an output that is not.
func TestAccAttributes_sensitive(t *testing.T) {
	api := acctest.StartAPI(t)
	for _, value := range []string{"data.wachat_instance_state.shop.raw_json", "data.wachat_instance_states.fleet.raw_json"} {
		planFails(t, acctest.Provider(api)+dataSources+"output \"raw\" {\n  value = "+value+"\n}\n", "Output refers to sensitive values")
	}
}
