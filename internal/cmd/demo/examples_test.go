// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestExamples_copyTheConfigurationOnly(t *testing.T) {
	from := t.TempDir()
	write(t, filepath.Join(from, "gate", "main.tf"), "# main")
	write(t, filepath.Join(from, "gate", "terraform.tfvars"), "# the user's")
	write(t, filepath.Join(from, "gate", "terraform.tfstate"), "{}")
	write(t, filepath.Join(from, "gate", ".terraform", "lock.tf"), "# the user's")

	e := examples{from: from, to: t.TempDir()}
	dir, err := e.open("gate")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != "main.tf" {
		t.Errorf("the copy holds %v, want main.tf only", entries)
	}
}

func TestExamples_keepWhatAnEarlierSceneLeft(t *testing.T) {
	from := t.TempDir()
	write(t, filepath.Join(from, "gate", "main.tf"), "# main")
	e := examples{from: from, to: t.TempDir()}
	dir, err := e.open("gate")
	if err != nil {
		t.Fatal(err)
	}
	state := filepath.Join(dir, "terraform.tfstate")
	write(t, state, "{}")
	if again, err := e.open("gate"); again != dir || err != nil {
		t.Errorf("open() = %q, %v the second time, want %q", again, err, dir)
	}
	if _, err := os.Stat(state); err != nil {
		t.Error(err)
	}
}

func TestExamples_missing(t *testing.T) {
	if dir, err := (examples{from: t.TempDir(), to: t.TempDir()}).open("gate"); err == nil {
		t.Errorf("open() = %q for an example that does not exist", dir)
	}
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
