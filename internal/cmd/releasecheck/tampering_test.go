// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

func TestTamper_replacesOnlyTheSignature(t *testing.T) {
	if _, err := exec.LookPath("gpg"); err != nil || !heedsCertFile {
		t.Skip("needs gpg, and a system that release-check runs on")
	}
	c := &check{dir: t.TempDir(), release: newRelease(t)}
	var err error
	c.keys, err = newKeyring(t.Context(), filepath.Join(c.dir, "gnupg"))
	defer c.keys.close(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	tampered, err := c.tamper(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before, err := c.release.files()
	if err != nil {
		t.Fatal(err)
	}
	after, err := tampered.files()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := differing(before, after), []string{tampered.signature()}; !slices.Equal(got, want) {
		t.Errorf("%q are changed, want %q", got, want)
	}
	if err := binarySignature(tampered.path(tampered.signature())); err != nil {
		t.Error(err)
	}
}
