// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newRelease is a release as it is published, with invented contents.
func newRelease(t *testing.T) release {
	t.Helper()
	r := release{dir: t.TempDir(), version: "1.2.3", commit: "0123456789abcdef0123", platform: "linux_amd64"}
	write(t, r.path(r.archive()), "the archive")
	write(t, r.path(r.manifest()), `{"version": 1, "metadata": {"protocol_versions": ["6.0"]}}`)
	write(t, r.path(r.sbom()), `{}`)
	write(t, r.path(r.signature()), "\x89the signature")
	r, err := r.noted()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := sha256Of(r.path(r.manifest()))
	if err != nil {
		t.Fatal(err)
	}
	if err := (sums{r.archive(): r.shasum, r.manifest(): manifest}).write(r.path(r.sums())); err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
