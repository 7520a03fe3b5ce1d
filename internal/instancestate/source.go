// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package instancestate is the API object "instance state" in Terraform: all
// that the provider offers of it, over one attribute table and one way
// of reading.
package instancestate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// ProviderData is what the provider passes to each surface that it configures. A
// configuration that cannot be used is the error of the read that needs it, not of
// the provider: Terraform prints the source line that an error of the provider's
// block points at, and with it a literal key. The framework configures a surface for
// each call, always with the same data; there is none while Terraform validates.
type ProviderData struct {
	client    *wachat.Client
	refused   error // why there is no client
	config    wachat.Config
	keySource string
}

// NewProviderData makes the client. KeySource is where the API key comes from: the
// name of an argument or of an environment variable.
func NewProviderData(config wachat.Config, keySource string) ProviderData {
	client, err := wachat.New(config)
	if err != nil {
		err = invalidConfiguration.message(" ("+err.Error()+")", "")
	}
	return ProviderData{client, err, config, keySource}
}

// UnknownProviderData is for a provider whose arguments are not all known until apply.
// Any of them keeps it from reading: a default in its place might send the key to
// another server.
func UnknownProviderData(arguments []string) ProviderData {
	return ProviderData{refused: unknownConfiguration.message(" ("+strings.Join(arguments, ", ")+" will be known only after apply)", "")}
}

// Require reads the instance called name, which has to meet the requirement. The
// diagnostics are in the provider's words.
func (d ProviderData) Require(ctx context.Context, name string, r wachat.Requirement) (*wachat.InstanceState, diag.Diagnostics) {
	found := d.read(ctx, []string{name}, r)
	diags := append(warnings(found.states, "instance_name"), d.errors(found.failures, "instance_name")...)
	if diags.HasError() {
		return nil, diags
	}
	return found.states[0], diags
}

// fleet is what the read of instances has found, in the order of their names.
type fleet struct {
	states   []*wachat.InstanceState
	failures []failure
}

// read is the one way from a configuration to answers.
func (d ProviderData) read(ctx context.Context, names []string, r wachat.Requirement) (found fleet) {
	results := slices.Repeat([]wachat.Result{{Err: d.refused}}, len(names))
	if d.refused == nil {
		results = d.client.RequireAll(ctx, names, r)
	}
	for i, name := range names {
		if err := results[i].Err; err != nil {
			found.failures = append(found.failures, failure{name, err})
		} else {
			found.states = append(found.states, results[i].State)
		}
	}
	return found
}

// warnings are about valid answers that a user should check.
func warnings(states []*wachat.InstanceState, nameArgument string) (diags diag.Diagnostics) {
	for _, s := range states {
		if s.RawState != "" {
			diags.AddAttributeWarning(path.Root(nameArgument), "An answer gives two instance states", fmt.Sprintf(
				"Wachat's answer about instance %s gives two states: %q in instance.state and %q in data.instance.state.\n\n"+
					"Neither is \"open\", so the instance is not connected. The first one is its state.",
				label(s.Name, s.DisplayName), s.ShownState, s.RawState))
		}
	}
	return diags
}

// instance is the model of a surface that returns one instance.
type instance struct {
	inputs
	answer
}

// readInstance reads one instance and sets the surface's result to it.
func (d ProviderData) readInstance(ctx context.Context, config tfsdk.Config, set func(context.Context, any) diag.Diagnostics) diag.Diagnostics {
	var model instance
	diags := config.Get(ctx, &model)
	required := model.parse(&diags)
	if diags.HasError() {
		return diags
	}
	state, diags := d.Require(ctx, model.InstanceName.ValueString(), required)
	if state != nil {
		model.answer = newAnswer(state)
		diags.Append(set(ctx, objectOf(ctx, model))...)
	}
	return diags
}
