// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

func TestChangeByteChangesOne(t *testing.T) {
	r := newRelease(t)
	before := read(t, r.path(r.archive()))
	if err := changeByte(r.path(r.archive())); err != nil {
		t.Fatal(err)
	}
	after := read(t, r.path(r.archive()))
	changed := 0
	for i := range min(len(before), len(after)) {
		if before[i] != after[i] {
			changed++
		}
	}
	if len(after) != len(before) || changed != 1 {
		t.Errorf("%q has become %q", before, after)
	}
}

func TestChangedArchiveHasTheSumThatIsListedAndNoted(t *testing.T) {
	original := newRelease(t)
	changed, err := changeArchiveAndSum(original)
	if err != nil {
		t.Fatal(err)
	}
	actual, err := sha256Of(changed.path(changed.archive()))
	if err != nil {
		t.Fatal(err)
	}
	listed, err := readSums(changed.path(changed.sums()))
	if err != nil {
		t.Fatal(err)
	}
	if actual == original.shasum || changed.shasum != actual || listed[changed.archive()] != actual {
		t.Errorf("the archive had the sum %s and has %s; %s is noted and %s listed", original.shasum, actual, changed.shasum, listed[changed.archive()])
	}
	if _, found := listed[changed.manifest()]; !found || len(listed) != 2 {
		t.Errorf("the sums list %v, want the manifest as well", listed)
	}
}

func TestRemoveSumLeavesTheOthers(t *testing.T) {
	r := newRelease(t)
	if err := removeSum(r); err != nil {
		t.Fatal(err)
	}
	left, err := readSums(r.path(r.sums()))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Collect(maps.Keys(left)), []string{r.manifest()}; !slices.Equal(got, want) {
		t.Errorf("the sums list %v, want %v", got, want)
	}
	if err := removeSum(r); err == nil {
		t.Error("a sum that is not there was removed")
	}
}

func TestEachTamperingSpoilsACopyInItsOwnWay(t *testing.T) {
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
	before, err := c.release.files()
	if err != nil {
		t.Fatal(err)
	}

	releases, err := c.releases(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	r := c.release
	for namespace, want := range map[string][]string{
		owner:             nil,
		"other-key":       {r.signature()},
		"changed-archive": {r.archive()},
		"changed-sums":    {r.sums(), r.archive()},
		"missing-sum":     {r.sums(), r.signature()},
	} {
		after, err := releases[namespace].files()
		if err != nil {
			t.Fatal(err)
		}
		maps.DeleteFunc(after, func(file, sum string) bool { return sum == before[file] })
		if got := slices.Sorted(maps.Keys(after)); !slices.Equal(got, want) {
			t.Errorf("%s: %q are changed, want %q", namespace, got, want)
		}
	}
	if err := binarySignature(releases["other-key"].path(r.signature())); err != nil {
		t.Error(err)
	}
}
