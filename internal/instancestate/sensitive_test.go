// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

func TestAccSensitive_stateJSON(t *testing.T) {
	acctest.Needs(t, acctest.SensitiveJSON)
	config := acctest.Provider(acctest.StartAPI(t)) + shop + fleetOf([]string{acctest.Shop})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectSensitiveValue(shopAddress, tfjsonpath.New("raw_json")),
				statecheck.ExpectSensitiveValue(fleetAddress, tfjsonpath.New("raw_json")),
			},
		}},
	})
}
