// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net/http/httptrace"
	"os"
	"os/signal"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// check reads the instance with the unique API name, configured by the environment
// as a provider without a block is. It prints what happens when, then the provider's
// own message unless the instance is open, and returns the exit code. Nothing that it
// prints contains the API key.
func check(name string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	start := timeline(time.Now())
	config := provider.EnvironmentConfig(version, commit)
	config.NoHedges = true // what is printed belongs to one request at a time
	config.OnAttempt = start.printAttempt
	data := instancestate.NewProviderData(config, provider.KeyVariable)
	fmt.Printf("terraform-provider-wachat %s (%s), configured by %s and %s. It changes nothing.\n\n",
		version, commit, provider.KeyVariable, provider.BaseURLVariable)
	_, diags := data.Require(httptrace.WithClientTrace(ctx, start.trace()), name, wachat.Requirement{State: wachat.StateOpen})
	for _, d := range diags {
		fmt.Printf("\n%s: %s\n\n%s\n", d.Severity(), d.Summary(), d.Detail())
	}
	if diags.HasError() {
		return 1
	}
	start.print("the instance is open")
	return 0
}

// timeline is when a check started. It prints lines, each with the time since then.
type timeline time.Time

// print writes each line at once: a dial may go on after its attempt has ended.
func (start timeline) print(format string, args ...any) {
	fmt.Printf("%9s  %s\n", time.Since(time.Time(start)).Round(100*time.Microsecond), fmt.Sprintf(format, args...))
}

func (start timeline) printAttempt(_ context.Context, a wachat.Attempt) {
	outcome := "success"
	if a.Err != nil {
		outcome = a.Err.Error()
	}
	start.print("attempt %d, %s: %s", a.Number, a.URL, outcome)
}

// trace returns the hooks that print the steps of a request. Why a step failed is in
// the line of its attempt.
func (start timeline) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart:             func(info httptrace.DNSStartInfo) { start.print("looking up %s", info.Host) },
		ConnectStart:         func(_, address string) { start.print("connecting to %s", address) },
		TLSHandshakeStart:    func() { start.print("connected, starting TLS") },
		WroteRequest:         func(httptrace.WroteRequestInfo) { start.print("request sent") },
		GotFirstResponseByte: func() { start.print("first byte of the answer") },
	}
}
