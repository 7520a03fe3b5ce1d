// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const shop = `
data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
}
`

func shopIsOpen() []statecheck.StateCheck {
	return []statecheck.StateCheck{
		statecheck.ExpectKnownValue("data.wachat_instance_state.shop", tfjsonpath.New("state"), knownvalue.StringExact("open")),
	}
}

func TestAccProvider_configurationWinsOverEnvironment(t *testing.T) {
	api, another := acctest.StartAPI(t), acctest.StartAPI(t)
	another.SetKey("another-key")
	t.Setenv("WACHAT_API_KEY", " "+api.Key()+"\n")
	t.Setenv("WACHAT_BASE_URL", api.BaseURL()+"/ ")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: shop, ConfigStateChecks: shopIsOpen()},
			{PreConfig: api.Close, Config: acctest.Provider(another) + shop, ConfigStateChecks: shopIsOpen()},
		},
	})
}

func TestAccProvider_missingKey(t *testing.T) {
	api := acctest.StartAPI(t)
	t.Setenv("WACHAT_BASE_URL", api.BaseURL())
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: shop, ExpectError: acctest.Framed(`The provider could not read instance "t1_mq9r2jov_jakarta_store": no API key.`)},
			{Config: shop, ExpectError: acctest.Framed("refer to that block: provider = wachat.<alias>.")},
		},
	})
	if n := api.Requests(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestAccProvider_destroyWithoutKey(t *testing.T) {
	acctest.Needs(t, acctest.TerraformData)
	api := acctest.StartAPI(t)
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": shop + `
resource "terraform_data" "notices" {
  input = data.wachat_instance_state.shop.number
}
`})
	tf.Setenv("WACHAT_API_KEY", api.Key())
	tf.Setenv("WACHAT_BASE_URL", api.BaseURL())
	tf.MustRun("apply", "-auto-approve")
	tf.Setenv("WACHAT_API_KEY", "")
	if output := tf.MustRun("destroy", "-auto-approve", "-refresh=false"); !strings.Contains(output, "1 destroyed") {
		t.Error(output)
	}
}

func TestAccProvider_refusedKey(t *testing.T) {
	api := acctest.StartAPI(t)
	config, key := acctest.Provider(api)+shop, api.Key()
	api.SetKey("rotated")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config, ExpectError: acctest.Framed("the API key was not accepted (HTTP 401: Invalid API key).")},
			{Config: config, ExpectError: acctest.Framed(fmt.Sprintf("The key comes from api_key and has %d characters.", len(key)))},
		},
	})
	if n := api.Requests(); n != 2 {
		t.Errorf("%d requests for 2 plans", n)
	}
}

func TestAccProvider_keyKnownAtApply(t *testing.T) {
	acctest.Needs(t, acctest.TerraformData)
	api := acctest.StartAPI(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: fmt.Sprintf(`
resource "terraform_data" "key" {
  input = %q
}
provider "wachat" {
  api_key  = terraform_data.key.output
  base_url = %q
}
resource "terraform_data" "name" {
  input = "t1_mq9r2jov_jakarta_store"
}
data "wachat_instance_state" "shop" {
  instance_name = terraform_data.name.output
}
`, api.Key(), api.BaseURL()),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction("data.wachat_instance_state.shop", plancheck.ResourceActionRead),
			}},
			ConfigStateChecks: shopIsOpen(),
		}},
	})
}

// refused are the values that validate refuses, with a part of what it says.
var refused = []struct{ argument, value, want string }{
	{"base_url", `""`, "it is empty"},
	{"base_url", `"ftp://app.wachat.net"`, "it is not an absolute https URL"},
	{"base_url", `"http://app.wachat.net/api/v1"`, "the API key would be sent in clear text"},
	{"base_url", `"http://192.0.2.1"`, "the API key would be sent in clear text"},
	{"base_url", `"http://localhost.wachat.net"`, "the API key would be sent in clear text"},
	{"base_url", `"https://app wachat.net"`, "contains white space"},
	{"request_timeout", `"0s"`, "must be a duration with a unit, above 0s"},
	{"request_timeout", `"-1s"`, "must be a duration with a unit, above 0s"},
	{"request_timeout", `"15"`, `it is not a duration. It must be a duration with a unit, above 0s, such as "15s".`},
	{"max_retries", `-1`, "must be between 0 and"},
	{"retry_wait_min", `"-1ns"`, "must be a duration with a unit, of at least 0s"},
	{"retry_wait_max", `"-1ns"`, `-1ns is too short. It must be a duration with a unit, of at least 0s, such as "30s".`},
	{"retry_wait_max", `"499ms"`, "is below retry_wait_min (500ms)"},
	{"retry_wait_max", `"0s"`, "retry_wait_max (0s) is below retry_wait_min (500ms)"},
	{"retry_wait_min", `"31s"`, "retry_wait_max (30s) is below retry_wait_min (31s)"},
	{"max_concurrent_requests", `0`, "must be between 1 and 1000"},
	{"max_concurrent_requests", `1001`, "must be between 1 and 1000"},
	{"requests_per_second", `-0.1`, "must be at least 0.0"},
	{"ca_cert_pem", `"none"`, "it is not made of whole certificates in PEM"},
}

// One run of validate refuses all of them, each in a provider of its own.
func TestAccProvider_invalidArguments(t *testing.T) {
	var config strings.Builder
	for i, r := range refused {
		fmt.Fprintf(&config, `
provider "wachat" {
  alias = "p%[1]d"
  %[2]s = %[3]s
}
data "wachat_instance_state" "d%[1]d" {
  provider      = wachat.p%[1]d
  instance_name = "shop"
}
`, i, r.argument, r.value)
	}
	output := acctest.NewTerraform(t, map[string]string{"main.tf": config.String()}).MustFail("validate")
	errors := strings.Split(output, "Error: ")[1:]
	if len(errors) != len(refused) {
		t.Errorf("%d errors for %d values", len(errors), len(refused))
	}
	for i, r := range refused {
		where := fmt.Sprintf(`/wachat-net/wachat"].p%d, on`, i)
		at := slices.IndexFunc(errors, func(e string) bool { return strings.Contains(e, where) })
		switch {
		case at < 0:
			t.Errorf("%s = %s is not refused", r.argument, r.value)
		case !strings.Contains(errors[at], r.want) || !strings.Contains(errors[at], r.argument+" = "):
			t.Errorf("%s = %s is refused with:\n%s\nwant %q", r.argument, r.value, errors[at], r.want)
		}
	}
}

func TestAccProvider_bounds(t *testing.T) {
	acctest.NewTerraform(t, map[string]string{"main.tf": `
data "wachat_instance_state" "shop" {
  instance_name = "shop"
}
provider "wachat" {
  request_timeout         = "1ns"
  max_retries             = 0
  retry_wait_min          = "0s"
  retry_wait_max          = "0s"
  max_concurrent_requests = 1000
  requests_per_second     = 0
}
variable "not_known_yet" {
  type = string
}
provider "wachat" {
  alias          = "min"
  retry_wait_min = var.not_known_yet
  retry_wait_max = "100ms"
}
provider "wachat" {
  alias          = "max"
  retry_wait_min = "1m"
  retry_wait_max = var.not_known_yet
}
data "wachat_instance_state" "min" {
  provider      = wachat.min
  instance_name = "shop"
}
data "wachat_instance_state" "max" {
  provider      = wachat.max
  instance_name = "shop"
}
`}).MustRun("validate")
}

// An error that points at an argument, or at its block if that is one line, prints the
// line. So these errors point at neither, and quote nothing.
func TestAccProvider_refusedSecretsAreNotPrinted(t *testing.T) {
	for _, tt := range []struct{ argument, value, want string }{
		{"api_key", `"hunter2 words"`, "the API key contains white space or a control character"},
		{"api_key", `"hunter2\u200b"`, "the API key contains an invisible or invalid character"},
		{"api_key", `"Bearer hunter2"`, `the API key starts with "Bearer ". Leave that out: the provider adds it`},
		{"base_url", `"https://user:hunter2@app.wachat.net"`, "it contains a user name, a query or a fragment"},
		{"base_url", `"hunter2"`, "it is not an absolute https URL"},
		{"base_url", `"eyJh.hunter2/c:d"`, "it is not an absolute https URL"},
		{"base_url", `"https://app.wachat.net/api/v1?key=hunter2"`, "it contains a user name, a query or a fragment"},
		{"base_url", `"https://app.wachat.net/api/v1#hunter2"`, "it contains a user name, a query or a fragment"},
		{"base_url", `"https://user:hunter2%zz@app.wachat.net"`, "it is not a valid URL"},
		{"ca_cert_pem", `"-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n"`, "block 1 is not a certificate that can be parsed"},
	} {
		t.Run(tt.argument+" "+tt.want, func(t *testing.T) {
			block := fmt.Sprintf("provider \"wachat\" { %s = %s }\n", tt.argument, tt.value)
			tf := acctest.NewTerraform(t, map[string]string{"main.tf": block + shop})
			tf.Setenv("WACHAT_API_KEY", "good")
			tf.Setenv("TF_LOG", "TRACE") // on standard error
			output := tf.MustRun("validate") + tf.MustFail("plan")
			if strings.Contains(output, "hunter2") || !strings.Contains(output, "the provider's configuration is invalid") || !strings.Contains(output, tt.want) {
				t.Errorf("want %q, and no secret, in %s", tt.want, output)
			}
		})
	}
}

// Nor do those about the environment, beside a key in the block. Without a block,
// Terraform would first advise to add one.
func TestAccProvider_invalidEnvironment(t *testing.T) {
	const invalidKey, invalidURL = "the API key contains white space or a control character", "the base URL cannot be used: it is http to a host that is not a loopback address"
	for block, want := range map[string]string{
		"": invalidKey,
		"provider \"wachat\" {\n  max_retries = 1\n}\n":      invalidKey,
		"provider \"wachat\" { api_key = \"blocks-key\" }\n": invalidURL, // the block wins
	} {
		tf := acctest.NewTerraform(t, map[string]string{"main.tf": block + shop})
		tf.Setenv("WACHAT_BASE_URL", "http://app.wachat.net/api/v1")
		tf.Setenv("WACHAT_API_KEY", "two words")
		tf.MustRun("validate")
		output := tf.MustFail("plan")
		for text, shown := range map[string]bool{
			want: true, "correct WACHAT_API_KEY or WACHAT_BASE_URL.": true,
			"two words": false, "blocks-key": false, "requires explicit configuration": false,
		} {
			if strings.Contains(output, text) != shown {
				t.Errorf("%q is shown: %t in %s", text, !shown, output)
			}
		}
	}
}
