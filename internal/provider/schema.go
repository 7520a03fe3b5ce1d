// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// model is the provider's block.
type model struct {
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

// maxRetries keeps the number of attempts within an int everywhere.
const maxRetries = 1<<31 - 2

// Schema returns the arguments of the provider's block. api_key has no validator, see
// [instancestate.ProviderData].
func (p *Wachat) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	defaults := wachat.DefaultConfig()
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lets a plan or an apply depend on whether a WhatsApp instance at [Wachat](https://app.wachat.net) is connected. It reads instance states and changes nothing.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "The API key of the Wachat account. It may also come from the environment variable `" + KeyVariable + "`; one of the two is needed to read. " +
					"The key is valid for the whole account: anyone who has it can send messages as any instance of the account.",
			},
			"base_url": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.Text("must be an absolute https URL, or an http URL of a loopback address, without user info, query and fragment", checkBaseURL)},
				MarkdownDescription: fmt.Sprintf("The root of the API. It may also come from the environment variable `%s`. Absolute, `https`, or `http` to a loopback address only. Defaults to `%s`.", BaseURLVariable, defaults.BaseURL),
			},
			"request_timeout": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.Duration(time.Nanosecond, "15s")},
				MarkdownDescription: fmt.Sprintf("How long one attempt may take, from connecting to the end of the answer, as a Go duration. Defaults to `%q`.", defaults.RequestTimeout),
			},
			"max_retries": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(0, maxRetries)},
				MarkdownDescription: fmt.Sprintf("How many times a read is retried after a transient failure. Defaults to `%d`.", defaults.MaxRetries),
			},
			"retry_wait_min": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.Duration(0, "500ms")},
				MarkdownDescription: fmt.Sprintf("The shortest wait between two attempts, as a Go duration. Waits are random and grow with each attempt. Defaults to `%q`.", defaults.RetryWaitMin),
			},
			"retry_wait_max": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.Duration(0, "30s")},
				MarkdownDescription: fmt.Sprintf("The longest wait between two attempts, as a Go duration; not below `retry_wait_min`. Also the longest `Retry-After` that a read honors: a longer one is an error at once. Defaults to `%q`.", defaults.RetryWaitMax),
			},
			"max_concurrent_requests": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(1, 1000)},
				MarkdownDescription: fmt.Sprintf("How many requests may be in flight at the same time, over all reads of the provider: from 1 to 1000. Defaults to `%d`.", defaults.MaxConcurrentRequests),
			},
			"requests_per_second": schema.Float64Attribute{
				Optional: true, Validators: []validator.Float64{float64validator.AtLeast(0)},
				MarkdownDescription: "How many requests may start per second, over all reads of the provider. Defaults to `0`, which is no limit.",
			},
			"ca_cert_pem": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.Text("must be one or more CA certificates in PEM, without a private key", checkCA)},
				MarkdownDescription: "CA certificates, in PEM, to trust in addition to the system's: for a proxy that inspects TLS, or an API server of your own.",
			},
		},
	}
}

// checkBaseURL leaves a value that may hold a password or a key to the read, as checkCA
// does: Terraform prints the line that an error of the provider's block points at. A
// key has no scheme.
func checkBaseURL(url string) error {
	if strings.ContainsAny(url, "@?#") || url != "" && !strings.Contains(url, "://") {
		return nil
	}
	return wachat.CheckBaseURL(url)
}

func checkCA(bundle string) error {
	if strings.Contains(bundle, "PRIVATE KEY") {
		return nil
	}
	return wachat.CheckCACertPEM(bundle)
}
