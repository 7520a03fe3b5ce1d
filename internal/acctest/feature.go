// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/hashicorp/go-version"
)

// Feature is something that not every supported CLI has.
type Feature struct {
	Name                string
	terraform, openTofu string // the first version that has it; empty is none
}

// What is newer than Terraform 1.0.
var (
	Preconditions = Feature{"preconditions", "1.2.0", "1.6.0"}
	TerraformData = Feature{"terraform_data", "1.4.0", "1.6.0"}
	Checks        = Feature{"check blocks", "1.5.0", "1.6.0"}
	MockProviders = Feature{"mock providers", "1.7.0", "1.8.0"}
	Ephemeral     = Feature{"ephemeral resources", "1.10.0", "1.11.0"}
	Actions       = Feature{"actions", "1.14.0", ""}
	DestroyEvents = Feature{"before_destroy", "1.16.0", ""}
)

// Supports reports whether the CLI has the feature. A pre-release has what its
// release has.
func (c CLI) Supports(f Feature) bool {
	since := f.terraform
	if c.Product == openTofu {
		since = f.openTofu
	}
	return since != "" && c.Version.Core().GreaterThanOrEqual(version.Must(version.NewVersion(since)))
}

// Needs skips a test where TF_ACC is not set, or where the CLI lacks a feature.
func Needs(t *testing.T, features ...Feature) {
	t.Helper()
	if !isAcceptance() {
		t.Skip("acceptance tests run only with TF_ACC set")
	}
	for _, f := range features {
		if !Supports(f) {
			t.Skipf("%s has no %s", prepared.CLI, f.Name)
		}
	}
}

// Supports reports whether the CLI that the tests run has a feature. Where TF_ACC is
// not set, there is no CLI.
func Supports(f Feature) bool { return isAcceptance() && prepared.CLI.Supports(f) }

// IsOpenTofu reports whether the CLI that the tests run is OpenTofu, which
// behaves differently in a few places.
func IsOpenTofu() bool { return prepared.CLI.Product == openTofu }
