// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWorkspaceCopiesTheConfigurationOnly(t *testing.T) {
	examples := t.TempDir()
	write(t, filepath.Join(examples, "gate", "main.tf"), "# main")
	write(t, filepath.Join(examples, "gate", "terraform.tfvars"), "# the user's")
	write(t, filepath.Join(examples, "gate", "terraform.tfstate"), "{}")
	write(t, filepath.Join(examples, "gate", ".terraform", "lock.tf"), "# the user's")

	w := workspace{examples: examples, dir: t.TempDir()}
	dir, err := w.open("gate")
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

func TestWorkspaceKeepsWhatAnEarlierSceneLeft(t *testing.T) {
	examples := t.TempDir()
	write(t, filepath.Join(examples, "gate", "main.tf"), "# main")
	w := workspace{examples: examples, dir: t.TempDir()}
	dir, err := w.open("gate")
	if err != nil {
		t.Fatal(err)
	}
	state := filepath.Join(dir, "terraform.tfstate")
	write(t, state, "{}")
	if again, err := w.open("gate"); again != dir || err != nil {
		t.Errorf("open() = %q, %v the second time, want %q", again, err, dir)
	}
	if _, err := os.Stat(state); err != nil {
		t.Error(err)
	}
}

func TestWorkspaceMissesAnExample(t *testing.T) {
	if dir, err := (workspace{examples: t.TempDir(), dir: t.TempDir()}).open("gate"); err == nil {
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
