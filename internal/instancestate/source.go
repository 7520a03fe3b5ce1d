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

// ProviderData is what the provider passes to each surface that it configures.
type ProviderData struct {
	// Client reads the API. Nil if Unknown or Invalid is not empty.
	Client *wachat.Client

	// Unknown names the provider's arguments whose values are not known until
	// apply. They are the error of the read that needs them, not of the
	// provider: a read that is itself deferred until apply finds them known.
	Unknown []string

	// Invalid says what is wrong with the provider's values, in full sentences
	// without a secret. It is the error of the read, too: Terraform prints the
	// source line that an error of the provider's block points at.
	Invalid []string
}

// source is what the surfaces read from. The framework configures a surface for
// each call, always with the same data.
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

// ready returns the client, or why there is none to read the subject with.
func (s *source) ready(subject string) (*wachat.Client, diag.Diagnostics) {
	switch {
	case len(s.data.Unknown) > 0:
		return nil, diag.Diagnostics{unknownProviderArguments(s.data.Unknown, subject)}
	case len(s.data.Invalid) > 0:
		return nil, diag.Diagnostics{invalidProviderArguments(s.data.Invalid, subject)}
	}
	return s.data.Client, nil
}

func unknownProviderArguments(names []string, subject string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(summary("the provider's configuration is not known yet"), paragraphs(
		fmt.Sprintf("The provider did not read %s, because the provider's %s will be known only after apply.", subject, strings.Join(names, ", ")),
		"Do one of the following: set values that are known when the plan is created; "+
			"create the resources that the values come from first (terraform apply -target=...); "+
			"or defer this read until apply too, with an argument that is known only then."))
}

func invalidProviderArguments(reasons []string, subject string) diag.Diagnostic {
	happened := fmt.Sprintf("The provider did not read %s, because its configuration is invalid.", subject)
	return diag.NewErrorDiagnostic(summary("the provider's configuration is invalid"),
		paragraphs(happened, paragraphs(reasons...), "Correct the value, and create a new plan."))
}

// read is the one way from a configuration to the answer about one instance.
// The changes are to what the configuration requires of it.
func (s *source) read(ctx context.Context, in inputs, changes ...func(*wachat.Requirement)) (*wachat.InstanceState, diag.Diagnostics) {
	name := in.text(instanceNameAttribute)
	client, diags := s.ready(quoted(name))
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
