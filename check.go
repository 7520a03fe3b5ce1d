// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// check reads the instance with the unique API name as a provider without a block
// does, writes the provider's own message, and returns whether it is open.
func check(ctx context.Context, out io.Writer, name string) bool {
	config, diags := provider.EnvironmentConfig(version, commit)
	if !diags.HasError() {
		diags = require(ctx, config, name)
	}
	for _, d := range diags {
		fmt.Fprintf(out, "\n%s: %s\n\n%s\n", d.Severity(), d.Summary(), d.Detail())
	}
	return !diags.HasError()
}

func require(ctx context.Context, config wachat.Config, name string) diag.Diagnostics {
	client, err := wachat.New(config)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Invalid configuration", err.Error())}
	}
	defer client.CloseIdleConnections()
	if _, err := client.Require(ctx, name, wachat.Requirement{State: wachat.StateOpen}); err != nil {
		return diag.Diagnostics{instancestate.Diagnose(err, name)}
	}
	return nil
}
