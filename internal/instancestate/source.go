// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package instancestate is the API object "instance state" in Terraform: all
// that the provider offers of it, over one attribute table and one way
// of reading.
package instancestate

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// ProviderData is what the provider hands to each surface when it is configured.
type ProviderData struct {
	// Client reads the API. Nil if Unknown is not empty.
	Client *wachat.Client

	// Unknown names the provider's arguments whose values are not known until
	// apply. They are the error of the read that needs them, not of the
	// provider: a read that itself waits for apply finds them known.
	Unknown []string
}

// source is what the surfaces read from. The framework configures each of them
// anew for each call, with the same data.
type source struct{ data ProviderData }

// configure takes the provider's data; there is none while Terraform validates.
func (s *source) configure(providerData any) diag.Diagnostics {
	if providerData == nil {
		return nil
	}
	data, ok := providerData.(ProviderData)
	if !ok {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Unable to configure the provider: unexpected data",
			fmt.Sprintf("The provider passed %T. This is a bug in the provider: please report it.", providerData))}
	}
	s.data = data
	return nil
}

// ready returns the client, or why there is none yet.
func (s *source) ready() (*wachat.Client, diag.Diagnostics) {
	if len(s.data.Unknown) > 0 {
		return nil, diag.Diagnostics{unknownProviderArguments(s.data.Unknown)}
	}
	return s.data.Client, nil
}

func unknownProviderArguments(names []string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(summary("the provider's configuration is not known yet"),
		fmt.Sprintf("The instance cannot be read now, because the provider's %s will be known only after apply.\n\n"+
			"Give the provider values that are known when the plan is made, or make what they come from first "+
			"(terraform apply -target=...), or let this read wait for apply too, by an argument that is known only then.",
			strings.Join(names, ", ")))
}

// read is the one way from a configuration to the answer about one instance.
// The changes are to what the configuration requires of it.
func (s *source) read(ctx context.Context, in inputs, changes ...func(*wachat.Requirement)) (*wachat.InstanceState, diag.Diagnostics) {
	client, diags := s.ready()
	if diags.HasError() {
		return nil, diags
	}
	required := in.requirement(&diags)
	if diags.HasError() {
		return nil, diags
	}
	for _, change := range changes {
		change(&required)
	}
	name := in.text(instanceNameAttribute)
	state, err := client.Require(ctx, name, required)
	if err != nil {
		diags.Append(Diagnose(err, name))
		return nil, diags
	}
	diags.Append(warnings(path.Root(instanceNameAttribute), state)...)
	return state, diags
}

// readInto reads the answer about one instance and sets the result to it.
func (s *source) readInto(ctx context.Context, config tfsdk.Config, result result) diag.Diagnostics {
	in, diags := readInputs(ctx, config)
	if diags.HasError() {
		return diags
	}
	state, failed := s.read(ctx, in)
	diags.Append(failed...)
	if !diags.HasError() {
		diags.Append(in.set(ctx, result, valuesOf(answerAttributes, state))...)
	}
	return diags
}
