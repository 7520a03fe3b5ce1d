// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/wachat-net/terraform-provider-wachat/internal/tfcli"
)

// binary is the test binary of a package.
type binary struct{ path, dir string }

// acceptanceTests lists the directories of the packages whose tests import
// package acctest.
const acceptanceTests = `{{$dir := .Dir}}{{range .XTestImports}}{{if eq . "github.com/wachat-net/terraform-provider-wachat/internal/acctest"}}{{println $dir}}{{end}}{{end}}`

// buildTests builds the acceptance tests once for all CLIs.
func buildTests(ctx context.Context, dir string) ([]binary, error) {
	root, err := tfcli.RepositoryRoot(ctx)
	if err != nil {
		return nil, err
	}
	packages, err := goCommand(ctx, root, "list", "-f", acceptanceTests, "./...")
	if err != nil {
		return nil, err
	}
	var binaries []binary
	for _, source := range strings.Fields(packages) {
		b := binary{filepath.Join(dir, filepath.Base(source)+".test"), source}
		if _, err := goCommand(ctx, source, "test", "-c", "-o", b.path); err != nil {
			return nil, err
		}
		binaries = append(binaries, b)
	}
	if len(binaries) == 0 {
		return nil, errors.New("there are no acceptance tests")
	}
	return binaries, nil
}

func goCommand(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	output, err := cmd.Output()
	if exit, exited := errors.AsType[*exec.ExitError](err); exited {
		err = fmt.Errorf("go %s: %w\n%s", args[0], err, exit.Stderr)
	}
	return string(output), err
}

// runTests runs all binaries at once with one CLI.
func runTests(ctx context.Context, binaries []binary, cli tfcli.CLI) (results, error) {
	each := make([]results, len(binaries))
	group, ctx := errgroup.WithContext(ctx)
	for i, b := range binaries {
		group.Go(func() (err error) {
			each[i], err = b.run(ctx, cli)
			return err
		})
	}
	err := group.Wait()
	all := results{}
	for i, r := range each {
		for name, result := range r {
			all[filepath.Base(binaries[i].dir)+"/"+name] = result
		}
	}
	return all, err
}

// run runs the acceptance tests of one package. That a test failed is a result,
// not an error.
func (b binary) run(ctx context.Context, cli tfcli.CLI) (results, error) {
	cmd := exec.CommandContext(ctx, "go", "tool", "test2json", b.path,
		"-test.run=^TestAcc", "-test.v=test2json", "-test.shuffle=on", "-test.timeout=20m")
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), "TF_ACC=1", "TF_ACC_TERRAFORM_PATH="+cli.Path)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	tfcli.InterruptOnCancel(cmd)
	output, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	r, readErr := readEvents(bytes.NewReader(output))
	if readErr != nil {
		return nil, readErr
	}
	if err != nil && r.failed() == 0 {
		return nil, fmt.Errorf("%s with %s: %w\n%s%s", filepath.Base(b.path), cli, err, output, stderr.String())
	}
	return r, nil
}

// event is a line of test2json.
//
// https://pkg.go.dev/cmd/test2json
type event struct{ Action, Test, Output string }

func readEvents(r io.Reader) (results, error) {
	found := results{}
	for decoder := json.NewDecoder(r); ; {
		var e event
		if err := decoder.Decode(&e); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		if e.Test != "" {
			found.add(e)
		}
	}
}
