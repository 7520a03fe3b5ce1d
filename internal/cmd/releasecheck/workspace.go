// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
)

const (
	owner    = "wachat-net"
	instance = "t1_mq9r2jov_jakarta_store"
	number   = "628123456789"
)

// workspace is a configuration that requires the provider.
type workspace struct {
	dir    string
	config string   // the CLI's configuration file: where providers come from
	env    []string // besides Terraform's own
}

const configuration = `terraform {
  required_providers {
    wachat = {
      source  = %q
      version = %q
    }
  }
}

data "wachat_instance_state" "shop" {
  instance_name = %q
}

output "number" {
  value = data.wachat_instance_state.shop.number
}
`

// newWorkspace makes a workspace that requires the release under an address.
// cliConfig says where Terraform installs it from.
func (c *check) newWorkspace(name, address, cliConfig string) (workspace, error) {
	w := workspace{dir: filepath.Join(c.dir, "workspaces", name)}
	w.config = filepath.Join(w.dir, "cli.tfrc")
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return w, err
	}
	main := fmt.Sprintf(configuration, address, c.release.version, instance)
	if err := os.WriteFile(filepath.Join(w.dir, "main.tf"), []byte(main), 0o600); err != nil {
		return w, err
	}
	return w, os.WriteFile(w.config, []byte(cliConfig), 0o600)
}

// binary finds the installed provider.
func (w workspace) binary() (string, error) {
	found, err := filepath.Glob(filepath.Join(w.dir, ".terraform", "providers", "*", "*", "*", "*", "*", project+"_*"))
	if err == nil && len(found) != 1 {
		err = fmt.Errorf("%d providers are installed, want 1: %q", len(found), found)
	}
	if err != nil {
		return "", err
	}
	return found[0], nil
}
