// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// The key comes from an ephemeral resource, during the plan and again during the
// apply, and is not in the state.
func TestAccExamples_ephemeralKey(t *testing.T) {
	acctest.Needs(t, acctest.Ephemeral)
	api := acctest.StartAPI(t)
	t.Setenv("WACHAT_BASE_URL", api.BaseURL())
	providers := acctest.Factories()
	providers["vault"] = providerserver.NewProtocol6WithError(vault{key: api.Key()})
	example := configurations(t)["guides/networks/ephemeral-key"]["main.tf"]
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: providers,
		Steps: []resource.TestStep{
			{Config: example, Check: func(s *terraform.State) error {
				if text := s.String(); !strings.Contains(text, number) || strings.Contains(text, api.Key()) {
					return fmt.Errorf("the state has no number, or the API key:\n%s", text)
				}
				return nil
			}},
			{PreConfig: func() { acctest.ShopCloses(api) }, Config: example, ExpectError: acctest.Framed(shopIsNotOpen)},
			{PreConfig: func() { acctest.ShopOpens(api) }, Config: example},
		},
	})
}

// vault has the one ephemeral resource of hashicorp/vault that the example reads.
type vault struct{ key string }

func (v vault) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "vault"
}

func (v vault) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (v vault) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (v vault) DataSources(context.Context) []func() datasource.DataSource                        { return nil }

func (v vault) Resources(context.Context) []func() fwresource.Resource { return nil }

func (v vault) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return secret(v) }}
}

type secret struct{ key string }

func (s secret) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "vault_kv_secret_v2"
}

func (s secret) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema.Attributes = map[string]schema.Attribute{
		"mount": schema.StringAttribute{Required: true},
		"name":  schema.StringAttribute{Required: true},
		"data":  schema.MapAttribute{Computed: true, ElementType: types.StringType},
	}
}

func (s secret) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var opened struct {
		Mount types.String      `tfsdk:"mount"`
		Name  types.String      `tfsdk:"name"`
		Data  map[string]string `tfsdk:"data"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &opened)...)
	opened.Data = map[string]string{"api_key": s.key}
	resp.Diagnostics.Append(resp.Result.Set(ctx, opened)...)
}
