// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"testing"
)

func TestExcerpt(t *testing.T) {
	const output = "Reading...\n  + sender = \"628123456789\"\n\n╷\n│ Error: stopped\n│\n│ \x1b[1mby a gate\x1b[0m\n╵\n"
	met := exits(1, "it is stopped", `+ sender = "628123456789"`)
	want := []string{`  + sender = "628123456789"`, "│ Error: stopped", "│ \x1b[1mby a gate\x1b[0m"}
	if got := excerpt(output, &met); !slices.Equal(got, want) {
		t.Errorf("excerpt() = %q, want %q", got, want)
	}
	if got := excerpt(output, nil); len(got) != 8 {
		t.Errorf("without an outcome excerpt() = %q, want all 8 lines", got)
	}
}
