// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
)

// patience is how long an interrupted Terraform may take to end.
const patience = 10 * time.Second

// terraform is the Terraform on the PATH, with the benchmark's providers.
type terraform struct {
	path      string
	providers providers
	spare     time.Duration
}

// spare is the time that a plan may take above the network's limit before it is
// stopped, and counts as one that did not finish.
const spare = time.Minute

func findTerraform(p providers) (terraform, error) {
	path, err := exec.LookPath("terraform")
	if err != nil {
		return terraform{}, fmt.Errorf("the benchmark needs Terraform: %w", err)
	}
	return terraform{path, p, spare}, nil
}

// command is a command in dir, with extra variables in its environment. Its
// output is in the buffer when it has ended.
func (tf terraform) command(ctx context.Context, dir string, env []string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, tf.path, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = dir, &output, &output, patience
	cmd.Env = cli.Environment(tf.providers.configFile, env...)
	cli.InterruptOnCancel(cmd)
	return cmd, &output
}

// plan plans the configuration in dir, and returns how long that took, with an
// error, too.
func (tf terraform) plan(ctx context.Context, dir string, env ...string) (time.Duration, error) {
	cmd, output := tf.command(ctx, dir, env, "plan", "-input=false", "-lock=false", "-no-color", "-parallelism="+strconv.Itoa(parallelism))
	begin := time.Now()
	err := cmd.Run()
	elapsed := time.Since(begin)
	if err != nil {
		return elapsed, fmt.Errorf("terraform plan: %w\n%s", err, tail(output.Bytes()))
	}
	return elapsed, nil
}

// tail is the end of an output, where the error is.
func tail(output []byte) []byte { return output[max(0, len(output)-2_000):] }

// version is for example 1.11.4.
func (tf terraform) version(ctx context.Context, dir string) (string, error) {
	cmd, output := tf.command(ctx, dir, nil, "version", "-json")
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("terraform version: %w\n%s", err, tail(output.Bytes()))
	}
	var answer struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(output.Bytes(), &answer); err != nil {
		return "", fmt.Errorf("terraform version: %w", err)
	}
	return answer.Version, nil
}
