// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// workspace is a directory with a copy of each example that is in use.
type workspace struct{ examples, dir string }

// open returns the directory of an example's copy, which it makes the first
// time.
func (w workspace) open(example string) (string, error) {
	dir := filepath.Join(w.dir, example)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return dir, err
	}
	return dir, copyConfiguration(dir, filepath.Join(w.examples, example))
}

// copyConfiguration copies what is Terraform's language, and so neither the
// state nor the values of somebody who has tried the example in its place.
func copyConfiguration(to, from string) error {
	files, err := filepath.Glob(filepath.Join(from, "*.tf"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("there is no Terraform configuration in %s", from)
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
