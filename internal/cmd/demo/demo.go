// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	shared "github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
)

// demo is what scenes are played with.
type demo struct {
	screen    *screen
	cli       cli
	id        identity
	workspace workspace
}

// run sets the demo up in a temporary directory, plays the stage's scenes, and
// removes the directory.
func run(ctx context.Context, out *screen, stage stage) (err error) {
	dir, err := os.MkdirTemp("", "wachat-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	d, err := prepare(ctx, out, dir, stage)
	if err != nil {
		return err
	}
	return d.play(ctx, stage.scenes)
}

// prepare finds the CLI and gives it the provider of this repository.
func prepare(ctx context.Context, out *screen, dir string, stage stage) (*demo, error) {
	repository, err := shared.RepositoryRoot(ctx)
	if err != nil {
		return nil, err
	}
	out.line(stage.intro...)
	path, err := findCLI(ctx, out, dir)
	if err != nil {
		return nil, err
	}
	mirror, err := newMirror(dir)
	if err != nil {
		return nil, err
	}
	d := &demo{
		screen:    out,
		cli:       cli{path: path, env: shared.Environment(mirror.configFile, stage.env...)},
		workspace: workspace{examples: filepath.Join(repository, "examples"), dir: filepath.Join(dir, "work")},
	}
	if err := d.installProvider(ctx, mirror, repository, stage.scenes[0].example); err != nil {
		return nil, err
	}
	out.exports(stage.env)
	return d, nil
}

// installProvider builds the provider where this CLI looks for the one that
// the example requires.
func (d *demo) installProvider(ctx context.Context, mirror mirror, repository, example string) error {
	dir, err := d.workspace.open(example)
	if err != nil {
		return err
	}
	if d.id, err = d.cli.identify(ctx, dir); err != nil {
		return err
	}
	d.screen.line(fmt.Sprintf("Using %s (%s). Building the provider ...", d.id.product, d.cli.path))
	return mirror.build(ctx, d.screen, repository, d.id.provider, d.id.platform)
}
