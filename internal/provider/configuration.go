// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// configuration is the provider's block.
type configuration struct {
	APIKey                types.String  `tfsdk:"api_key"`
	BaseURL               types.String  `tfsdk:"base_url"`
	RequestTimeout        types.String  `tfsdk:"request_timeout"`
	MaxRetries            types.Int64   `tfsdk:"max_retries"`
	RetryWaitMin          types.String  `tfsdk:"retry_wait_min"`
	RetryWaitMax          types.String  `tfsdk:"retry_wait_max"`
	MaxConcurrentRequests types.Int64   `tfsdk:"max_concurrent_requests"`
	RequestsPerSecond     types.Float64 `tfsdk:"requests_per_second"`
	CACertPEM             types.String  `tfsdk:"ca_cert_pem"`
}

// ValidateConfig checks what no single argument's validator sees: the values
// that come from the environment, and the order of the two waits.
func (p *Wachat) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var c configuration
	resp.Diagnostics.Append(req.Config.Get(ctx, &c)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(c.checkEnvironment()...)
	resp.Diagnostics.Append(c.checkWaits()...)
}

// Configure makes the one client of all reads. It does not fail for want of a
// value, so that a command which reads nothing needs none.
func (p *Wachat) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var c configuration
	resp.Diagnostics.Append(req.Config.Get(ctx, &c)...)
	if resp.Diagnostics.HasError() {
		return
	}
	unknown := c.unknown()
	if len(unknown) > 0 && req.ClientCapabilities.DeferralAllowed {
		resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
	}
	data := instancestate.ProviderData{Unknown: unknown}
	if len(unknown) == 0 {
		data.Client = p.newClient(c, req.TerraformVersion, &resp.Diagnostics)
	}
	tflog.Debug(ctx, "Configured the provider", map[string]any{"version": p.version, "commit": p.commit, "unknown": unknown})
	resp.DataSourceData, resp.EphemeralResourceData, resp.ActionData = data, data, data
}

// newClient checks the environment again, since Terraform does not validate a
// provider that has no block.
func (p *Wachat) newClient(c configuration, terraformVersion string, diags *diag.Diagnostics) *wachat.Client {
	diags.Append(c.checkEnvironment()...)
	if diags.HasError() {
		return nil
	}
	config := c.client()
	config.UserAgent = userAgent(p.version, p.commit, terraformVersion)
	config.OnAttempt = logAttempt(config.Key)
	client, err := wachat.New(config)
	if err != nil {
		diags.AddError("Unable to configure the provider: a value cannot be used", err.Error()+".")
	}
	return client
}

// client returns the configuration of the client: what the block says, or else
// the environment, or else the default.
func (c configuration) client() wachat.Config {
	config := wachat.DefaultConfig()
	config.Key = cmp.Or(c.APIKey.ValueString(), fromEnvironment(keyVariable))
	config.BaseURL = cmp.Or(c.BaseURL.ValueString(), fromEnvironment(baseURLVariable), config.BaseURL)
	config.RequestTimeout = durationOr(c.RequestTimeout, config.RequestTimeout)
	config.RetryWaitMin = durationOr(c.RetryWaitMin, config.RetryWaitMin)
	config.RetryWaitMax = durationOr(c.RetryWaitMax, config.RetryWaitMax)
	config.RequestsPerSecond = c.RequestsPerSecond.ValueFloat64()
	config.CACertPEM = c.CACertPEM.ValueString()
	if !c.MaxRetries.IsNull() {
		config.MaxRetries = int(c.MaxRetries.ValueInt64())
	}
	if !c.MaxConcurrentRequests.IsNull() {
		config.MaxConcurrentRequests = int(c.MaxConcurrentRequests.ValueInt64())
	}
	return config
}

// fromEnvironment trims what a shell or a secret store adds at the ends.
func fromEnvironment(variable string) string { return strings.TrimSpace(os.Getenv(variable)) }

// durationOr returns the default for null, and for what is no duration: the
// validator of the argument has refused that already.
func durationOr(s types.String, def time.Duration) time.Duration {
	if d, err := time.ParseDuration(s.ValueString()); err == nil {
		return d
	}
	return def
}

// unknown names the arguments that wait for apply. Any one of them keeps the
// provider from reading: with a default in its place the key might go to
// another server than the one that is meant.
func (c configuration) unknown() []string {
	var names []string
	for name, value := range map[string]attr.Value{
		"api_key": c.APIKey, "base_url": c.BaseURL, "request_timeout": c.RequestTimeout, "max_retries": c.MaxRetries,
		"retry_wait_min": c.RetryWaitMin, "retry_wait_max": c.RetryWaitMax, "ca_cert_pem": c.CACertPEM,
		"max_concurrent_requests": c.MaxConcurrentRequests, "requests_per_second": c.RequestsPerSecond,
	} {
		if value.IsUnknown() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// checkEnvironment holds the values that the environment gives to the rules of
// the arguments that they stand in for.
func (c configuration) checkEnvironment() diag.Diagnostics {
	var diags diag.Diagnostics
	for _, v := range []struct {
		argument, variable, rule string
		configured               types.String
		check                    func(string) error
	}{
		{"api_key", keyVariable, keyRule, c.APIKey, wachat.CheckKey},
		{"base_url", baseURLVariable, baseURLRule, c.BaseURL, checkBaseURL},
	} {
		value := fromEnvironment(v.variable)
		if !v.configured.IsNull() || value == "" {
			continue
		}
		if err := v.check(value); err != nil {
			diags.Append(validate.Refused(path.Root(v.argument), "the environment variable "+v.variable, err, v.rule))
		}
	}
	return diags
}

// checkWaits points at the argument that is set; where both are, at the longer.
func (c configuration) checkWaits() diag.Diagnostics {
	config := c.client()
	if c.RetryWaitMin.IsUnknown() || c.RetryWaitMax.IsUnknown() || config.RetryWaitMax >= config.RetryWaitMin || config.RetryWaitMax < 0 {
		return nil
	}
	argument := "retry_wait_max"
	if c.RetryWaitMax.IsNull() {
		argument = "retry_wait_min"
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root(argument), "Invalid value for "+argument,
		fmt.Sprintf("retry_wait_max (%s) is below retry_wait_min (%s).\n\n"+
			"Raise the one or lower the other; where only one is set, the other has its default.", config.RetryWaitMax, config.RetryWaitMin))}
}
