// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the provider "wachat": its schema, its configuration and
// the list of what it offers.
package provider

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
)

// Wachat is the provider "wachat".
type Wachat struct{ version, commit string }

var (
	_ provider.ProviderWithValidateConfig     = (*Wachat)(nil)
	_ provider.ProviderWithEphemeralResources = (*Wachat)(nil)
	_ provider.ProviderWithActions            = (*Wachat)(nil)
)

// New returns a function that makes the provider, as the plugin server wants
// it. The version and the commit that it was built from are named in the
// User-Agent.
func New(version, commit string) func() provider.Provider {
	return func() provider.Provider { return &Wachat{version: version, commit: commit} }
}

// Metadata names the provider.
func (p *Wachat) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "wachat"
	resp.Version = p.version
}

// DataSources lists the data sources.
func (p *Wachat) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{instancestate.NewDataSource, instancestate.NewDataSourceList}
}

// EphemeralResources lists the ephemeral resources.
func (p *Wachat) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{instancestate.NewEphemeralResource}
}

// Actions lists the actions.
func (p *Wachat) Actions(context.Context) []func() action.Action {
	return []func() action.Action{instancestate.NewAction}
}

// Resources is empty: the provider changes nothing at Wachat.
func (p *Wachat) Resources(context.Context) []func() resource.Resource { return nil }

// userAgent names the provider and its commit, a place to read about it, and
// Terraform. TF_APPEND_USER_AGENT is appended as other providers do, less what no
// header may hold.
func userAgent(version, commit, terraformVersion string) string {
	appended := strings.Join(strings.FieldsFunc(os.Getenv("TF_APPEND_USER_AGENT"), unicode.IsControl), "")
	agent := fmt.Sprintf("terraform-provider-wachat/%s (%s; +https://github.com/wachat-net/terraform-provider-wachat) Terraform/%s %s",
		version, commit, cmp.Or(terraformVersion, "unknown"), strings.TrimSpace(appended))
	return strings.TrimSpace(agent)
}
