// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package diagnose finds out why a gate does not work: it reads one instance as
// the provider does, and reports each step on the way.
package diagnose

import (
	"context"
	"fmt"
	"io"
	"net/http/httptrace"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// Run reads the instance with the unique API name, configured by the environment
// as a provider without a block is, and requires it to be open. It writes a line
// to out for each step, then the provider's own error if there is one, and
// returns whether the instance is open. The version and the commit are those of
// the provider. Nothing that it writes holds the API key.
func Run(ctx context.Context, out io.Writer, version, commit, name string) bool {
	config, refused := provider.EnvironmentConfig(version, commit)
	report := report{out}
	if config.Key != "" && strings.Contains(name, config.Key) {
		report.fail("instance name", "it contains the API key, which must be in "+provider.KeyVariable+" only; nothing was sent")
		return false
	}
	fmt.Fprintf(out, "terraform-provider-wachat %s (%s): check of instance %q\n"+
		"It sends one GET request, repeats it if it fails, and changes nothing.\n"+
		"The settings come from the environment, not from a provider block.\n\n", version, commit, name)

	reportSettings(report, config, refused, name)
	if refused.HasError() {
		return false
	}
	return read(ctx, report, config, name)
}

// reportSettings reports the values that the read gets, and whether they can be
// used.
func reportSettings(report report, config wachat.Config, refused diag.Diagnostics, name string) {
	report.ok("environment", variables())
	switch {
	case isAbout(refused, "api_key"):
		report.fail("API key", provider.KeyVariable+" cannot be used")
	case config.Key == "":
		report.fail("API key", provider.KeyVariable+" is not set")
	default:
		report.ok("API key", fmt.Sprintf("%d characters, well-formed", utf8.RuneCountInString(config.Key)))
	}
	if err := wachat.CheckName(name); err != nil {
		report.fail("instance name", err.Error())
	} else {
		report.ok("instance name", "well-formed")
	}
	if isAbout(refused, "base_url") {
		report.fail("base URL", provider.BaseURLVariable+" cannot be used")
	} else {
		report.ok("base URL", config.BaseURL)
		report.ok("proxy", proxy(config.BaseURL))
	}
	for _, d := range refused {
		report.diagnostic(d)
	}
}

func isAbout(diags diag.Diagnostics, argument string) bool {
	for _, d := range diags {
		if at, ok := d.(diag.DiagnosticWithPath); ok && at.Path().Equal(path.Root(argument)) {
			return true
		}
	}
	return false
}

// read reads the instance, and reports the steps up to the one that failed.
func read(ctx context.Context, report report, config wachat.Config, name string) bool {
	seen := &observation{}
	config.NoHedges = true // what is seen belongs to one request at a time
	config.OnResponse = seen.response
	config.OnAttempt = func(_ context.Context, a wachat.Attempt) { reportRetry(report, config, a) }
	client, err := wachat.New(config)
	if err != nil {
		report.fail("settings", err.Error())
		return false
	}
	defer client.CloseIdleConnections()
	_, err = client.Require(httptrace.WithClientTrace(ctx, seen.trace()), name, wachat.Requirement{State: wachat.StateOpen})
	reportSteps(report, seen.outcome(client, proxyOf(config.BaseURL) != nil, err))
	if err != nil {
		report.diagnostic(instancestate.Diagnose(err, name))
	}
	return err == nil
}

// reportRetry reports an attempt that another one follows, when it has failed:
// all attempts together may take minutes.
func reportRetry(report report, config wachat.Config, a wachat.Attempt) {
	failure, failed := a.Err.(*wachat.Error) //nolint:errorlint // The client does not wrap it.
	if !failed || !failure.Retryable() || a.Number > config.MaxRetries {
		return
	}
	report.note(fmt.Sprintf("attempt %d", a.Number), fmt.Sprintf("failed in %s: %s", rounded(a.Duration), summary(failure)))
}
