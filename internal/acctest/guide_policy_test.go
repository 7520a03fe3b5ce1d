// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

const (
	// callsModule calls examples/module.
	callsModule = `
module "notices" {
  source        = "./notices"
  instance_name = "` + shop + `"
}
`
	ungatedModule = `
resource "terraform_data" "order_notices" {
  input = "a sender"
}
`
	readsShop = `
data "wachat_instance_state" "shop" {
  instance_name = "` + shop + `"
}
`
	readsFleet = `
data "wachat_instance_states" "stores" {
  instance_names = ["` + shop + `", "` + branch + `"]
}
`
	readsDuringApply = `
resource "terraform_data" "route" {
  input = "` + shop + `"
}
data "wachat_instance_state" "shop" {
  instance_name = terraform_data.route.output
}
`
	readsInCheck = readsShop + `
check "shop" {
  data "wachat_instance_state" "checked" {
    instance_name = "` + shop + `"
  }
  assert {
    condition     = data.wachat_instance_state.checked.connected
    error_message = "The shop is not connected."
  }
}
`
)

// The policy of the guide on plans of real configurations.
func TestAccGuidePolicy(t *testing.T) {
	acctest.Needs(t, acctest.TerraformData, acctest.Checks)
	for _, tt := range []struct {
		name, root string
		module     string // examples/module, without its gate, if it is empty
		closed     bool
		want       string // of the violations; empty for none
	}{
		{name: "connected in a module", root: callsModule},
		{name: "closed in a module", root: callsModule, closed: true, want: "module.notices.data.wachat_instance_state.sender: instance " + shop + " is close, not open."},
		{name: "module without a read", root: callsModule, module: ungatedModule, want: "module.notices.terraform_data.order_notices: its module does not read an instance."},
		{name: "read in another module", root: readsShop + callsModule, module: ungatedModule, want: "module.notices.terraform_data.order_notices: its module does not read an instance."},
		{name: "fleet", root: readsFleet},
		{name: "fleet with a closed instance", root: readsFleet, closed: true, want: "data.wachat_instance_states.stores: instance " + shop + " is not connected."},
		{name: "read during the apply", root: readsDuringApply, want: "data.wachat_instance_state.shop is read only during the apply."},
		{name: "read in a check block", root: readsInCheck},
	} {
		t.Run(tt.name, func(t *testing.T) {
			module := tt.module
			if module == "" {
				module = strings.Replace(configurations(t)["module"]["main.tf"], ".sender.connected\n", ".sender.connected || true\n", 1)
			} else {
				module += `variable "instance_name" {}`
			}
			api := acctest.StartAPI(t)
			api.Create(branch)
			tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + tt.root, "versions.tf": versions, "notices/main.tf": module})
			if tt.closed {
				api.Instance(shop).Close()
			}
			if strings.Contains(tt.root, "module ") {
				tf.MustRun("get")
			}
			tf.MustRun("plan", "-out=saved")
			tf.Write("plan.json", tf.MustRun("show", "-json", "saved"))
			violations := evaluate(t, tf.Path("plan.json"))
			if (tt.want == "") != (violations == "") || !strings.Contains(violations, tt.want) {
				t.Errorf("violations are %q, want %q", violations, tt.want)
			}
		})
	}
}

const versions = `terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}
`

// evaluate runs opa as the guide does, and returns what it prints if it finds
// violations.
func evaluate(t *testing.T, plan string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "tool", "-modfile=tools/opa/go.mod", "opa", "eval", "--fail-defined",
		"--format=pretty", "--data=examples/guides/policy/wachat.rego", "--input="+plan, "data.main.deny[_]")
	command.Dir = acctest.Root(t)
	output, err := command.Output()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &exit) && exit.ExitCode() == 1 && len(output) > 0:
		return string(output)
	}
	t.Fatalf("opa: %v\n%s", err, output)
	return ""
}
