// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// terraform is a CLI with the providers that the plans use.
type terraform struct {
	cli        acctest.CLI
	configFile string
	dir        string // of the providers' binaries
	spare      time.Duration
}

// spare is the time that a plan may take above the network's limit before it is
// stopped, and counts as one that did not finish.
const spare = time.Minute

// newTerraform uses the CLI on the PATH, and the providers that are added to
// it, which it keeps in dir.
func newTerraform(cli acctest.CLI, dir string) (terraform, error) {
	tf := terraform{cli: cli, dir: filepath.Join(dir, "providers"), spare: spare}
	if err := os.Mkdir(tf.dir, 0o700); err != nil {
		return terraform{}, err
	}
	var err error
	tf.configFile, err = acctest.WriteOverrides(dir, map[string]string{"wachat-net/wachat": tf.dir, sources[peerHTTP]: tf.dir, sources[peerRestful]: tf.dir})
	return tf, err
}

// binary is the path of the provider that reads for the subject.
func (tf terraform) binary(s subject) string {
	name := "terraform-provider-wachat"
	if s.isPeer() {
		name = "terraform-provider-" + string(s)
	}
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(tf.dir, name)
}

// addProvider builds the repository's provider as a release does, stripped, and
// returns how many bytes it has.
func (tf terraform) addProvider(ctx context.Context) (int64, error) {
	if err := acctest.BuildProvider(ctx, tf.binary(fleet), "", "-trimpath", "-ldflags", "-s -w"); err != nil {
		return 0, err
	}
	info, err := os.Stat(tf.binary(fleet))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// addPeer copies the peer's binary to the name that Terraform looks for.
func (tf terraform) addPeer(added peer) error {
	content, err := os.ReadFile(added.binary)
	if err != nil {
		return fmt.Errorf("the provider %s: %w", sources[added.name], err)
	}
	return os.WriteFile(tf.binary(added.name), content, 0o700) //nolint:gosec // Terraform executes it.
}

// plan plans the configuration in dir, and returns how long that took, with an
// error, too.
func (tf terraform) plan(ctx context.Context, dir string, env ...string) (time.Duration, error) {
	workspace := acctest.Workspace{CLI: tf.cli, Dir: dir, ConfigFile: tf.configFile, Env: env}
	begin := time.Now()
	_, err := workspace.Output(ctx, "plan", "-lock=false", "-parallelism="+strconv.Itoa(parallelism))
	return time.Since(begin), err
}
