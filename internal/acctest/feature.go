// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/tfcli"
)

// What the tests need beyond Terraform 1.0.
var (
	Preconditions = tfcli.Preconditions
	TerraformData = tfcli.TerraformData
	Checks        = tfcli.Checks
	MockProviders = tfcli.MockProviders
	SensitiveJSON = tfcli.SensitiveJSON
	Ephemeral     = tfcli.Ephemeral
	Actions       = tfcli.Actions
	DestroyEvents = tfcli.DestroyEvents
)

// Feature is [tfcli.Feature].
type Feature = tfcli.Feature

// Needs skips a test where TF_ACC is not set, or where the CLI lacks a feature.
func Needs(t *testing.T, features ...Feature) {
	t.Helper()
	SkipUnlessAcceptance(t)
	found := cli(t)
	for _, f := range features {
		if !found.Supports(f) {
			t.Skipf("%s has no %s", found, f.Name)
		}
	}
}

// Supports reports whether the CLI has a feature.
func Supports(f Feature) bool {
	found, err := findCLI()
	return err == nil && found.Supports(f)
}

// IsOpenTofu reports whether the CLI is OpenTofu, which behaves differently in a
// few places.
func IsOpenTofu() bool {
	found, err := findCLI()
	return err == nil && found.Product == tfcli.OpenTofu
}
