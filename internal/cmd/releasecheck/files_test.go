// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"testing"
)

func TestRelease_filesAreComplete(t *testing.T) {
	for name, test := range map[string]struct {
		tamper   func(*testing.T, release)
		complete bool
	}{
		"as goreleaser leaves them": {func(*testing.T, release) {}, true},
		"without a signature": {func(t *testing.T, r release) {
			remove(t, r.path(r.signature()))
		}, false},
		"with an armored signature": {func(t *testing.T, r release) {
			write(t, r.path(r.signature()), "-----BEGIN PGP SIGNATURE-----")
		}, false},
		"without a manifest": {func(t *testing.T, r release) {
			remove(t, r.path(r.manifest()))
		}, false},
		"without an SBOM": {func(t *testing.T, r release) {
			remove(t, r.path(r.sbom()))
		}, false},
		"with a file that the sums lack": {func(t *testing.T, r release) {
			write(t, r.path(r.file("darwin_arm64.zip")), "")
		}, false},
		"with the SBOM in the sums": {func(t *testing.T, r release) {
			list(t, r, r.sbom())
		}, false},
		"with a wrong sum": {func(t *testing.T, r release) {
			write(t, r.path(r.archive()), "another archive")
		}, false},
		"with one archive too many, and its sum": {func(t *testing.T, r release) {
			write(t, r.path(r.file("darwin_arm64.zip")), "")
			list(t, r, r.file("darwin_arm64.zip"))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := &check{release: newRelease(t)}
			test.tamper(t, c.release)
			if evidence, err := c.filesAreComplete(t.Context()); (err == nil) != test.complete {
				t.Errorf("filesAreComplete() = %q, %v", evidence, err)
			}
		})
	}
}

func TestRelease_isReproducible(t *testing.T) {
	for name, test := range map[string]struct {
		change       func(*testing.T, release)
		reproducible bool
	}{
		"the same files":          {func(*testing.T, release) {}, true},
		"a signature of its own":  {func(t *testing.T, r release) { write(t, r.path(r.signature()), "\x89later") }, true},
		"another archive":         {func(t *testing.T, r release) { write(t, r.path(r.archive()), "other") }, false},
		"another SBOM":            {func(t *testing.T, r release) { write(t, r.path(r.sbom()), "other") }, false},
		"a file that is not made": {func(t *testing.T, r release) { remove(t, r.path(r.sbom())) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := &check{release: newRelease(t), again: newRelease(t)}
			test.change(t, c.again)
			if evidence, err := c.isReproducible(t.Context()); (err == nil) != test.reproducible {
				t.Errorf("isReproducible() = %q, %v", evidence, err)
			}
		})
	}
}

// list adds a file to the sums.
func list(t *testing.T, r release, file string) {
	t.Helper()
	sum, err := sha256Of(r.path(file))
	if err != nil {
		t.Fatal(err)
	}
	listed, err := readSums(r.path(r.sums()))
	if err != nil {
		t.Fatal(err)
	}
	listed[file] = sum
	if err := listed.write(r.path(r.sums())); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}
