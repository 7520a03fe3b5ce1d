// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"strings"
	"testing"
)

func TestReport_hasALineForEachProof(t *testing.T) {
	var out strings.Builder
	r := newReport(&out)
	r.proof("It installs.", "Installed wachat", nil)
	r.proof("It is refused.", "", errors.New("terraform installed it"))
	r.summary()
	want := "✓ It installs.\n    Installed wachat\n✗ It is refused.\n    terraform installed it\n\nrelease-check: 1 passed, 1 failed\n"
	if out.String() != want {
		t.Errorf("the report is\n%s\nwant\n%s", &out, want)
	}
}
