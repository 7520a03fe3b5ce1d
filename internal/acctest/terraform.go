// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Terraform is a working directory in which a test runs commands as a user
// does, with the provider built from this tree.
type Terraform struct {
	t         *testing.T
	workspace Workspace
}

// requirement is the file versions.tf of a working directory.
const requirement = `terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}
`

// NewTerraform makes a working directory from files, by name; one more says
// which provider they mean, unless one of theirs does. It skips the test where
// TF_ACC is not set.
func NewTerraform(t *testing.T, files map[string]string) *Terraform {
	t.Helper()
	Needs(t)
	tf := &Terraform{t, prepared}
	tf.workspace.Dir = t.TempDir()
	if !strings.Contains(strings.Join(slices.Collect(maps.Values(files)), "\n"), "required_providers") {
		tf.Write("versions.tf", requirement)
	}
	for name, text := range files {
		tf.Write(name, text)
	}
	return tf
}

// Setenv sets a variable for the commands that follow.
func (tf *Terraform) Setenv(name, value string) {
	tf.workspace.Env = append(tf.workspace.Env, name+"="+value)
}

// Write writes a file in the working directory.
func (tf *Terraform) Write(name, text string) {
	tf.t.Helper()
	path := tf.Path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		tf.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tf.t.Fatal(err)
	}
}

// Path is where a file of the working directory is.
func (tf *Terraform) Path(name string) string { return filepath.Join(tf.workspace.Dir, name) }

// Run runs a command without colors and returns how it ended.
func (tf *Terraform) Run(args ...string) Result {
	tf.t.Helper()
	result, err := tf.workspace.Run(tf.t.Context(), args...)
	if err != nil {
		tf.t.Fatal(err)
	}
	return result
}

// MustRun runs a command that has to succeed, and returns what it printed.
func (tf *Terraform) MustRun(args ...string) string {
	tf.t.Helper()
	result := tf.Run(args...)
	if result.ExitCode != 0 {
		tf.t.Fatalf("%s ended with exit code %d:\n%s", strings.Join(args, " "), result.ExitCode, result.Output)
	}
	return result.Output
}

// MustFail runs a command that has to fail, and returns what it printed as one
// line, without the frame around a diagnostic.
func (tf *Terraform) MustFail(args ...string) string {
	tf.t.Helper()
	result := tf.Run(args...)
	if result.ExitCode == 0 {
		tf.t.Fatalf("%s succeeded:\n%s", strings.Join(args, " "), result.Output)
	}
	return OneLine(result.Output)
}
