// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
	"github.com/wachat-net/terraform-provider-wachat/internal/tfcli"
)

// terraform is the installer that judges the release.
type terraform struct {
	path     string
	version  string
	platform string // goos_goarch of the providers that it installs
	env      []string
}

// findTerraform takes the one on the PATH, or else installs one in dir.
func findTerraform(ctx context.Context, out *report, dir string) (terraform, error) {
	path, err := exec.LookPath("terraform")
	if err != nil {
		out.step("No terraform on the PATH. Installing one for this check ...")
		path, err = (&releases.LatestVersion{Product: product.Terraform, InstallDir: dir}).Install(ctx)
	}
	if err != nil {
		return terraform{}, fmt.Errorf("terraform is not on the PATH, and could not be installed: %w", err)
	}
	t := terraform{path: path, env: []string{"TF_CLI_ARGS=-no-color"}}
	output, err := t.run(ctx, workspace{}, "version", "-json")
	if err != nil {
		return t, err
	}
	var answer struct {
		Version  string `json:"terraform_version"`
		Platform string `json:"platform"`
	}
	err = json.Unmarshal([]byte(output), &answer)
	t.version, t.platform = answer.Version, answer.Platform
	return t, err
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
	cmd := exec.CommandContext(ctx, t.path, args...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = w.dir, cli.Environment(w.config, slices.Concat(t.env, w.env)...), patience
	tfcli.InterruptOnCancel(cmd)
	output, err := cmd.CombinedOutput()
	line := oneLine(string(output))
	if err != nil {
		err = fmt.Errorf("terraform %s: %w: %s", strings.Join(args, " "), err, line)
	}
	return line, err
}

// oneLine takes off the frame that Terraform draws around a diagnostic, and
// joins the lines that it has broken.
func oneLine(output string) string {
	return strings.Join(strings.FieldsFunc(output, func(r rune) bool { return strings.ContainsRune(" \n\t│╷╵", r) }), " ")
}
