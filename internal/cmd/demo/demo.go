// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// demo is what plays scenes.
type demo struct {
	screen   *screen
	terminal acctest.Workspace // without a directory, which each scene has
	examples examples
}

// run sets the demo up in a temporary directory, plays the stage's scenes, and
// removes the directory.
func run(ctx context.Context, out *screen, path string, stage stage) (err error) {
	dir, err := os.MkdirTemp("", "wachat-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	d, err := prepare(ctx, out, path, dir, stage)
	if err != nil {
		return err
	}
	return d.play(ctx, stage.scenes)
}

// prepare finds the CLI and gives it the provider of this repository.
func prepare(ctx context.Context, out *screen, path, dir string, stage stage) (*demo, error) {
	repository, err := acctest.RepositoryRoot(ctx)
	if err != nil {
		return nil, err
	}
	out.line(stage.intro...)
	found, err := acctest.Find(ctx, path)
	if err != nil {
		return nil, err
	}
	out.line(fmt.Sprintf("Using %s (%s). Building the provider ...", found, found.Path))
	configFile, err := found.InstallMirror(ctx, dir)
	if err != nil {
		return nil, err
	}
	out.exports(stage.env)
	return &demo{
		screen: out,
		// In color the CLI draws a frame around each message, which shows where it ends.
		terminal: acctest.Workspace{CLI: found, ConfigFile: configFile, Env: append(stage.inherited, stage.env...), Color: true},
		examples: examples{from: filepath.Join(repository, "examples"), to: filepath.Join(dir, "work")},
	}, nil
}
