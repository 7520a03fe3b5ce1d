// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// withEcho adds the provider that keeps what it is configured with, since
// nothing else shows an ephemeral value.
func withEcho() map[string]func() (tfprotov6.ProviderServer, error) {
	factories := acctest.Factories()
	factories["echo"] = echoprovider.NewProviderServer()
	return factories
}

func TestAccEphemeralResource_everyAttribute(t *testing.T) {
	acctest.Needs(t, acctest.Ephemeral)
	api := acctest.StartAPI(t)
	config := acctest.Provider(api) + `
ephemeral "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
}
provider "echo" {
  data = ephemeral.wachat_instance_state.shop
}
resource "echo" "shop" {}
`
	at := func(name string) tfjsonpath.Path { return tfjsonpath.New("data").AtMapKey(name) }
	echoes := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("echo.shop", at(name), check)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: withEcho(),
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{
					echoes("instance_name", knownvalue.StringExact(acctest.Shop)),
					echoes("required_state", knownvalue.Null()),
					echoes("state", knownvalue.StringExact("open")),
					echoes("connected", knownvalue.Bool(true)),
					echoes("display_name", knownvalue.StringExact("jakarta_store")),
					echoes("api_instance_name", knownvalue.StringExact(acctest.Shop)),
					echoes("internal_name", knownvalue.StringExact(acctest.Shop)),
					echoes("profile_name", knownvalue.StringExact("jakarta_store")),
					echoes("profile_picture_url", knownvalue.NotNull()),
					echoes("number", knownvalue.StringExact("628123456789")),
					echoes("owner", knownvalue.StringExact("628123456789@s.whatsapp.net")),
					echoes("integration", knownvalue.StringExact("WHATSAPP-BAILEYS")),
					echoes("raw_json", knownvalue.NotNull()),
				},
			},
		},
	})
}
