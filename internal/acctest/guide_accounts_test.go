// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// An override file leads each account to an API of its own.
func TestAccGuideTwoAccounts(t *testing.T) {
	const bandung, bandungNumber = "t2_mqc3zame_bandung_store", "628123456780"
	second := wachattest.New(wachattest.WithKey("the-key-of-bandung"))
	t.Cleanup(second.Close)
	second.Create(bandung, wachattest.WithNumber(bandungNumber))

	g := newGuide(t, "two-accounts/aliases")
	g.Write("terraform.tfvars", fmt.Sprintf("jakarta_api_key = %q\nbandung_api_key = %q\n", g.api.Key(), second.Key()))
	g.Write("override.tf", fmt.Sprintf("provider \"wachat\" {\n  alias = \"jakarta\"\n  base_url = %q\n}\nprovider \"wachat\" {\n  alias = \"bandung\"\n  base_url = %q\n}\n", g.api.BaseURL(), second.BaseURL()))
	g.MustRun("apply", "-auto-approve")
	g.wantOutputs(t, map[string]any{"senders": []any{number, bandungNumber}})
	if n := g.api.RequestsOf(acctest.Shop); n == 0 {
		t.Error("the account of Jakarta was not read")
	}

	// The key of the other account is refused.
	g.Write("terraform.tfvars", fmt.Sprintf("jakarta_api_key = %q\nbandung_api_key = %q\n", second.Key(), second.Key()))
	wantOutput(t, g.MustFail("plan"), "the API key was not accepted")
}
