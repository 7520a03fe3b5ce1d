// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"embed"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// configurations has a file for each subject, and the variables of all.
//
//go:embed configurations
var configurations embed.FS

// authorityFile has the API's certificate authority.
const authorityFile = "authority.pem"

// environment makes the API's authority one of the system's for the peers,
// which take it in different ways or not at all.
func (w workload) environment(dir string) []string {
	if !w.Subject.isPeer() {
		return nil
	}
	return []string{"SSL_CERT_FILE=" + filepath.Join(dir, authorityFile)}
}

// configure writes what Terraform needs to plan the workload on the API to dir.
func (w workload) configure(dir string, api *wachattest.Server) error {
	for _, name := range []string{"variables.tf", string(w.Subject) + ".tf"} {
		text, err := fs.ReadFile(configurations, path.Join("configurations", name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return err
		}
	}
	for name, text := range map[string]string{authorityFile: api.CACertPEM(), "names.txt": strings.Join(w.names(), "\n")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	text, err := json.Marshal(map[string]any{
		"base_url":                api.BaseURL(),
		"api_key":                 api.Key(),
		"ca_cert_pem":             api.CACertPEM(),
		"max_concurrent_requests": w.InFlight,
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "terraform.tfvars.json"), text, 0o600)
}
