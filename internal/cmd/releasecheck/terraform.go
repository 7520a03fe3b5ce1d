// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/pem"
	"fmt"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// terraform is the installer that judges the release.
type terraform struct {
	cli acctest.CLI
	env []string
}

// findTerraform takes the one on the PATH, or else installs one in dir.
func findTerraform(ctx context.Context, _ string) (terraform, error) {
	found, err := acctest.Find(ctx, "")
	if err == nil && found.Product != "Terraform" {
		err = fmt.Errorf("the check needs Terraform, not %s", found)
	}
	return terraform{cli: found}, err
}

// heedsCertFile says whether Go programs heed SSL_CERT_FILE.
const heedsCertFile = runtime.GOOS != "darwin" && runtime.GOOS != "windows"

// trust makes Terraform trust the certificate of a server of this process, and
// of no other server.
func (t *terraform) trust(server *httptest.Server, file string) error {
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	t.env = append(t.env, "SSL_CERT_FILE="+file)
	return os.WriteFile(file, certificate, 0o600)
}

// run runs a command and returns what it printed, in one line.
func (t terraform) run(ctx context.Context, w workspace, args ...string) (string, error) {
	terminal := acctest.Workspace{CLI: t.cli, Dir: w.dir, ConfigFile: w.config, Env: slices.Concat(t.env, w.env)}
	result, err := terminal.Run(ctx, args...)
	line := acctest.OneLine(result.Output)
	if err == nil && result.ExitCode != 0 {
		err = fmt.Errorf("terraform %s: exit code %d: %s", strings.Join(args, " "), result.ExitCode, line)
	}
	return line, err
}
