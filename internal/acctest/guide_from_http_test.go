// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// The data source "http" needs a provider that this repository does not have:
// PEER_HTTP is the path of its binary.
func TestAccGuideFromDataHTTP_before(t *testing.T) {
	binary := os.Getenv("PEER_HTTP")
	if binary == "" {
		t.Skip("PEER_HTTP is not set to the path of terraform-provider-http")
	}
	acctest.Needs(t, acctest.Preconditions)
	api := acctest.StartAPI(t)
	example := configurations(t)["guides/from-data-http/before"]["main.tf"]
	tf := acctest.NewTerraform(t, map[string]string{
		"main.tf":     strings.Replace(example, "https://app.wachat.net/api/v1", api.BaseURL(), 1),
		"versions.tf": "terraform {\n  required_providers {\n    http = {\n      source = \"hashicorp/http\"\n    }\n  }\n}\nvariable \"api_key\" {}\n",
	})
	tf.Write("cli.tfrc", fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"hashicorp/http\" = %q\n  }\n}\n", filepath.Dir(binary)))
	tf.Setenv("TF_CLI_CONFIG_FILE", tf.Path("cli.tfrc"))
	tf.Setenv("TF_VAR_api_key", api.Key())
	tf.MustRun("apply", "-auto-approve")
	state, err := os.ReadFile(tf.Path("terraform.tfstate"))
	if err != nil || !strings.Contains(string(state), api.Key()) {
		t.Errorf("the key is not in the state, as the guide says: %v", err)
	}
	api.Instance(shop).Close()
	wantOutput(t, tf.MustFail("plan"), "The shop is not connected.")
}

func TestAccGuideFromDataHTTP_after(t *testing.T) {
	g := newGuide(t, "from-data-http/after")
	g.MustRun("apply", "-auto-approve")
	state, err := os.ReadFile(g.Path("terraform.tfstate"))
	if err != nil || strings.Contains(string(state), g.api.Key()) {
		t.Errorf("the key is in the state: %v", err)
	}
	g.api.Instance(shop).Close()
	wantOutput(t, g.MustFail("plan"), shopIsNotOpen)
}
