// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// defaults are the values of the arguments that are not set.
var defaults = wachat.DefaultConfig()

// maxRetries keeps the number of attempts within an int everywhere.
const maxRetries = 1<<31 - 2

var (
	keyRule = textRule{
		rule:          "must be the key from the Wachat dashboard, without white space, control characters and invisible characters",
		check:         wachat.CheckKey,
		mayHoldSecret: func(string) bool { return true },
	}
	baseURLRule = textRule{
		rule:          "must be an absolute https URL, or an http URL of a loopback address, without user info, query and fragment",
		check:         wachat.CheckBaseURL,
		mayHoldSecret: func(s string) bool { return strings.Contains(s, "@") },
	}
	caRule = textRule{
		rule:          "must be one or more CA certificates in PEM, without a private key",
		check:         wachat.CheckCACertPEM,
		mayHoldSecret: func(s string) bool { return strings.Contains(s, "PRIVATE KEY") },
	}
)

// arguments are the arguments of the provider's block, in one row each.
var arguments = []argument{
	{
		name: "api_key", environment: KeyVariable, rule: keyRule,
		set: text(func(c *wachat.Config) *string { return &c.Key }),
		attribute: schema.StringAttribute{
			Optional: true, Sensitive: true, Validators: keyRule.validators(),
			MarkdownDescription: "The API key of the Wachat account. It may also come from the environment variable `" + KeyVariable + "`; one of the two is needed to read. " +
				"The key is valid for the whole account: anyone who has it can send messages as any instance of the account.",
		},
	},
	{
		name: "base_url", environment: BaseURLVariable, rule: baseURLRule,
		set: text(func(c *wachat.Config) *string { return &c.BaseURL }),
		attribute: schema.StringAttribute{
			Optional: true, Validators: baseURLRule.validators(),
			MarkdownDescription: fmt.Sprintf("The root of the API. It may also come from the environment variable `%s`. Absolute, `https`, or `http` to a loopback address only. Defaults to `%s`.", BaseURLVariable, defaults.BaseURL),
		},
	},
	{
		name: "request_timeout",
		set:  duration(func(c *wachat.Config) *time.Duration { return &c.RequestTimeout }),
		attribute: schema.StringAttribute{
			Optional: true, Validators: []validator.String{validate.Duration{AboveMin: true, Example: "15s"}.Validator()},
			MarkdownDescription: fmt.Sprintf("How long one attempt may take, from connecting to the end of the answer, as a Go duration. Defaults to `%q`.", defaults.RequestTimeout),
		},
	},
	{
		name: "max_retries",
		set:  integer(func(c *wachat.Config) *int { return &c.MaxRetries }),
		attribute: schema.Int64Attribute{
			Optional: true, Validators: []validator.Int64{int64validator.Between(0, maxRetries)},
			MarkdownDescription: fmt.Sprintf("How many times a read is retried after a transient failure. Defaults to `%d`.", defaults.MaxRetries),
		},
	},
	{
		name: "retry_wait_min",
		set:  duration(func(c *wachat.Config) *time.Duration { return &c.RetryWaitMin }),
		attribute: schema.StringAttribute{
			Optional: true, Validators: []validator.String{validate.Duration{Example: "500ms"}.Validator()},
			MarkdownDescription: fmt.Sprintf("The shortest wait between two attempts, as a Go duration. Waits are random and grow with each attempt. Defaults to `%q`.", defaults.RetryWaitMin),
		},
	},
	{
		name: "retry_wait_max",
		set:  duration(func(c *wachat.Config) *time.Duration { return &c.RetryWaitMax }),
		attribute: schema.StringAttribute{
			Optional: true, Validators: []validator.String{validate.Duration{Example: "30s"}.Validator()},
			MarkdownDescription: fmt.Sprintf("The longest wait between two attempts, as a Go duration; not below `retry_wait_min`. Also the longest `Retry-After` that a read honors: a longer one is an error at once. Defaults to `%q`.", defaults.RetryWaitMax),
		},
	},
	{
		name: "max_concurrent_requests",
		set:  integer(func(c *wachat.Config) *int { return &c.MaxConcurrentRequests }),
		attribute: schema.Int64Attribute{
			Optional: true, Validators: []validator.Int64{int64validator.Between(wachat.MinConcurrentRequests, wachat.MaxConcurrentRequests)},
			MarkdownDescription: fmt.Sprintf("How many requests may be in flight at the same time, over all reads of the provider: from %d to %d. Defaults to `%d`.", wachat.MinConcurrentRequests, wachat.MaxConcurrentRequests, defaults.MaxConcurrentRequests),
		},
	},
	{
		name: "requests_per_second",
		set:  float(func(c *wachat.Config) *float64 { return &c.RequestsPerSecond }),
		attribute: schema.Float64Attribute{
			Optional: true, Validators: []validator.Float64{float64validator.AtLeast(0)},
			MarkdownDescription: "How many requests may start per second, over all reads of the provider. Defaults to `0`, which is no limit.",
		},
	},
	{
		name: "ca_cert_pem", rule: caRule,
		set: text(func(c *wachat.Config) *string { return &c.CACertPEM }),
		attribute: schema.StringAttribute{
			Optional: true, Validators: caRule.validators(),
			MarkdownDescription: "CA certificates, in PEM, to trust in addition to the system's: for a proxy that inspects TLS, or an API server of your own.",
		},
	},
}
