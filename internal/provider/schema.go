// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// What the arguments that also come from the environment must be, in the words
// that follow "It".
const (
	keyRule     = "must be the key from the Wachat dashboard: not empty, without white space and control characters"
	baseURLRule = "must be an absolute https URL, or an http URL of a loopback address, without user info, query and fragment"
)

const (
	keyVariable     = "WACHAT_API_KEY"
	baseURLVariable = "WACHAT_BASE_URL"
)

func configurationSchema() schema.Schema {
	defaults := wachat.DefaultConfig()
	return schema.Schema{
		MarkdownDescription: "Lets a plan or an apply depend on whether a WhatsApp instance at [Wachat](https://app.wachat.net) is connected. It reads instance states and changes nothing.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true, Validators: []validator.String{validate.Text(keyRule, wachat.CheckKey)},
				MarkdownDescription: "The API key of the Wachat account. It may also come from the environment variable `" + keyVariable + "`; one of the two is needed to read. " +
					"The key is account-wide: whoever has it can send messages as every instance of the account.",
			},
			"base_url": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.Text(baseURLRule, checkBaseURL)},
				MarkdownDescription: fmt.Sprintf("The root of the API. It may also come from the environment variable `%s`. Absolute, `https`, or `http` to a loopback address only. Defaults to `%s`.", baseURLVariable, defaults.BaseURL),
			},
			"request_timeout": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.DurationAbove(0)},
				MarkdownDescription: fmt.Sprintf("How long one attempt may take, from connecting to the end of the answer, as a Go duration. Defaults to `%q`.", defaults.RequestTimeout),
			},
			"max_retries": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(0, maxRetries)},
				MarkdownDescription: fmt.Sprintf("How many attempts may follow a first one that failed in a way that may pass. Defaults to `%d`.", defaults.MaxRetries),
			},
			"retry_wait_min": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.DurationAtLeast(0)},
				MarkdownDescription: fmt.Sprintf("The shortest wait between two attempts, as a Go duration. Waits are random and grow with each attempt. Defaults to `%q`.", defaults.RetryWaitMin),
			},
			"retry_wait_max": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.DurationAtLeast(0)},
				MarkdownDescription: fmt.Sprintf("The longest wait between two attempts, as a Go duration; not below `retry_wait_min`. Also the longest `Retry-After` that is obeyed: a longer one is an error at once. Defaults to `%q`.", defaults.RetryWaitMax),
			},
			"max_concurrent_requests": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(wachat.MinConcurrentRequests, wachat.MaxConcurrentRequests)},
				MarkdownDescription: fmt.Sprintf("How many requests may be under way at the same time, over all reads of the provider together: from %d to %d. Defaults to `%d`.", wachat.MinConcurrentRequests, wachat.MaxConcurrentRequests, defaults.MaxConcurrentRequests),
			},
			"requests_per_second": schema.Float64Attribute{
				Optional: true, Validators: []validator.Float64{float64validator.AtLeast(0)},
				MarkdownDescription: "How many requests may start in a second, over all reads of the provider together. Defaults to `0`, which is no limit.",
			},
			"ca_cert_pem": schema.StringAttribute{
				Optional: true, Validators: []validator.String{validate.Text("must be one or more CA certificates in PEM, and no key", wachat.CheckCACertPEM)},
				MarkdownDescription: "CA certificates, in PEM, to trust besides the system's: for a proxy that opens TLS connections, or an API server of your own.",
			},
		},
	}
}

// maxRetries keeps the number of attempts within an int everywhere.
const maxRetries = 1<<31 - 2

func checkBaseURL(s string) error {
	_, err := wachat.ParseBaseURL(s)
	return err
}
