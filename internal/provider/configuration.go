// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

func configurationSchema() schema.Schema {
	attributes := map[string]schema.Attribute{}
	for _, a := range arguments {
		attributes[a.name] = a.attribute
	}
	return schema.Schema{
		MarkdownDescription: "Lets a plan or an apply depend on whether a WhatsApp instance at [Wachat](https://app.wachat.net) is connected. It reads instance states and changes nothing.",
		Attributes:          attributes,
	}
}

// configuration is the values of the provider's block, by argument.
type configuration map[string]attr.Value

func readConfiguration(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) configuration {
	var block types.Object
	diags.Append(config.Get(ctx, &block)...)
	return block.Attributes()
}

// ValidateConfig checks what no single argument's validator sees: the order of
// the two waits. Invalid values from the environment are errors of the read: an
// error of the block would print a key that is on the same line.
func (p *Wachat) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	c := readConfiguration(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(c.checkWaits()...)
}

// Configure makes the client that all reads share. A value that is missing, unknown
// or invalid is the error of the read that needs it, so that a command that reads
// nothing needs none.
func (p *Wachat) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	data := instancestate.ProviderData{Unknown: unknownArguments(req.Config.Raw)}
	if len(data.Unknown) > 0 {
		if req.ClientCapabilities.DeferralAllowed {
			resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
		}
	} else {
		c := readConfiguration(ctx, req.Config, &resp.Diagnostics)
		if !resp.Diagnostics.HasError() {
			data.Client, data.Invalid = p.newClient(c, req.TerraformVersion)
		}
	}
	tflog.Debug(ctx, "Configured the provider", map[string]any{"version": p.version, "commit": p.commit, "unknown": data.Unknown})
	resp.DataSourceData, resp.EphemeralResourceData, resp.ActionData = data, data, data
}

// unknownArguments names the arguments of the provider's block that are known
// only after apply, from the block as a whole. Any one of them keeps the provider
// from reading: a default in its place might send the key to another server.
func unknownArguments(block tftypes.Value) []string {
	var values map[string]tftypes.Value
	if block.IsFullyKnown() {
		return nil
	}
	if err := block.As(&values); err != nil {
		return []string{"configuration"}
	}
	var names []string
	for name, value := range values {
		if !value.IsFullyKnown() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// newClient returns the client, or what is wrong with the values that it needs.
func (p *Wachat) newClient(c configuration, terraformVersion string) (*wachat.Client, []string) {
	var invalid []string
	for _, a := range arguments {
		if text := a.invalid(c[a.name]); text != "" {
			invalid = append(invalid, text)
		}
	}
	if len(invalid) > 0 {
		return nil, invalid
	}
	config := c.client()
	config.UserAgent = userAgent(p.version, p.commit, terraformVersion)
	config.OnAttempt = logAttempt(config.Key)
	client, err := wachat.New(config)
	if err != nil {
		return nil, []string{"A value cannot be used: " + err.Error() + "."}
	}
	return client, nil
}

// client returns the configuration of the client: what the block says, or else
// the environment, or else the default.
func (c configuration) client() wachat.Config {
	config := defaults
	for _, a := range arguments {
		value := c[a.name]
		if fallback := a.fromEnvironment(); value.IsNull() && fallback != "" {
			value = types.StringValue(fallback)
		}
		a.set(&config, value)
	}
	return config
}

// checkWaits points at the argument that is set; where both are, at the longer.
func (c configuration) checkWaits() diag.Diagnostics {
	config := c.client()
	if c["retry_wait_min"].IsUnknown() || c["retry_wait_max"].IsUnknown() || config.RetryWaitMax >= config.RetryWaitMin || config.RetryWaitMax < 0 {
		return nil
	}
	argument := "retry_wait_max"
	if c[argument].IsNull() {
		argument = "retry_wait_min"
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root(argument), "Invalid value for "+argument,
		fmt.Sprintf("retry_wait_max (%s) is below retry_wait_min (%s).\n\n"+
			"Raise retry_wait_max or lower retry_wait_min. An argument that is not set has its default.", config.RetryWaitMax, config.RetryWaitMin))}
}
