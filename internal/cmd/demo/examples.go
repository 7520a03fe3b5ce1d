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

// examples are the directory of the examples, and a directory with a copy of
// each that is in use.
type examples struct{ from, to string }

// open returns the directory of an example's copy. It makes the copy the first
// time.
func (e examples) open(example string) (string, error) {
	dir := filepath.Join(e.to, example)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return dir, err
	}
	return dir, copyConfiguration(dir, filepath.Join(e.from, example))
}

// copyConfiguration copies the configuration, and neither the state nor the
// variables of somebody who has applied the example where it is.
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
