// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// The environment variables that stand in for the arguments api_key and base_url.
const (
	KeyVariable     = "WACHAT_API_KEY"
	BaseURLVariable = "WACHAT_BASE_URL"
)

// EnvironmentConfig returns the configuration of the client of a provider without
// a block: the environment's values, and the defaults. [wachat.New] reports what
// cannot be used.
func EnvironmentConfig(version, commit string) wachat.Config {
	config := model{}.config()
	config.UserAgent = userAgent(version, commit, "")
	return config
}

// config returns the configuration of the client: what the block says, or else the
// environment, or else the default.
func (m model) config() wachat.Config {
	c := wachat.DefaultConfig()
	c.Key = text(m.APIKey, KeyVariable, "")
	c.BaseURL = text(m.BaseURL, BaseURLVariable, c.BaseURL)
	c.RequestTimeout = duration(m.RequestTimeout, c.RequestTimeout)
	c.MaxRetries = integer(m.MaxRetries, c.MaxRetries)
	c.RetryWaitMin = duration(m.RetryWaitMin, c.RetryWaitMin)
	c.RetryWaitMax = duration(m.RetryWaitMax, c.RetryWaitMax)
	c.MaxConcurrentRequests = integer(m.MaxConcurrentRequests, c.MaxConcurrentRequests)
	c.RequestsPerSecond = m.RequestsPerSecond.ValueFloat64()
	c.CACertPEM = m.CACertPEM.ValueString()
	return c
}

// text takes the variable's value without the white space that a shell or a secret
// store adds at the ends.
func text(value types.String, variable, fallback string) string {
	if !value.IsNull() {
		return value.ValueString()
	}
	return cmp.Or(strings.TrimSpace(os.Getenv(variable)), fallback)
}

// duration returns fallback for null, and for what is no duration: the validator
// reports that.
func duration(value types.String, fallback time.Duration) time.Duration {
	d, err := time.ParseDuration(value.ValueString())
	if err != nil {
		return fallback
	}
	return d
}

func integer(value types.Int64, fallback int) int {
	if value.IsNull() {
		return fallback
	}
	return int(value.ValueInt64())
}

// ValidateConfig checks the order of the two waits.
func (p *Wachat) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	config := m.config()
	if m.RetryWaitMin.IsUnknown() || m.RetryWaitMax.IsUnknown() || config.RetryWaitMax >= config.RetryWaitMin || config.RetryWaitMax < 0 {
		return
	}
	argument := "retry_wait_max"
	if m.RetryWaitMax.IsNull() {
		argument = "retry_wait_min"
	}
	resp.Diagnostics.AddAttributeError(path.Root(argument), "Invalid value for "+argument,
		fmt.Sprintf("retry_wait_max (%s) is below retry_wait_min (%s).\n\n"+
			"Raise retry_wait_max or lower retry_wait_min. An argument that is not set has its default.", config.RetryWaitMax, config.RetryWaitMin))
}

// Configure makes the client that all reads share. A value that is missing, unknown
// or invalid is the error of the read that needs it, so that a command that reads
// nothing needs none.
func (p *Wachat) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var data instancestate.ProviderData
	if req.Config.Raw.IsFullyKnown() {
		var m model
		resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
		data = m.data(userAgent(p.version, p.commit, req.TerraformVersion))
	} else {
		data = instancestate.UnknownProviderData(unknownArguments(req.Config.Raw))
		if req.ClientCapabilities.DeferralAllowed {
			resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
		}
	}
	resp.DataSourceData, resp.EphemeralResourceData, resp.ActionData = data, data, data
}

func (m model) data(userAgent string) instancestate.ProviderData {
	config := m.config()
	config.UserAgent = userAgent
	config.OnAttempt = logAttempt
	if m.APIKey.IsNull() {
		return instancestate.NewProviderData(config, KeyVariable)
	}
	return instancestate.NewProviderData(config, "api_key")
}

// unknownArguments names the arguments of the provider's block that are known
// only after apply.
func unknownArguments(block tftypes.Value) []string {
	var values map[string]tftypes.Value
	_ = block.As(&values) // a block is always an object
	maps.DeleteFunc(values, func(_ string, value tftypes.Value) bool { return value.IsFullyKnown() })
	return slices.Sorted(maps.Keys(values))
}
