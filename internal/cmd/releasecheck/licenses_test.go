// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"testing"
)

func TestMissingLicenses_needASectionOfTheSameVersion(t *testing.T) {
	const texts = "===\nexample.com/a v1.0.0\n---\n\nMIT\n\nexample.com/b v1.0.0\n===\nexample.com/c v1.0.0\n---\n"
	got := missingLicenses(texts, []string{"example.com/a v1.0.0", "example.com/b v1.0.0", "example.com/c v1.0.1"})
	if want := []string{"example.com/b v1.0.0", "example.com/c v1.0.1"}; !slices.Equal(got, want) {
		t.Errorf("%q are missing, want %q", got, want)
	}
}
