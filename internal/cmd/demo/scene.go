// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
)

// scene is the part of the demo that shows one thing.
type scene struct {
	title   string
	example string // directory in examples/; scenes of one example share their state
	since   release
	steps   []step
}

// release is the first version of a CLI that can play a scene; the zero value
// is any. OpenTofu counts by itself.
type release struct{ terraform, openTofu string }

// step is a command and what may come of it.
type step struct {
	event string // what happens before the command, if anything, and
	cause func() // what makes it happen
	args  []string
	want  []outcome // any one of them is as expected
}

// play plays all scenes. The error says how many did not end as expected, or
// why they could not be played.
func (d *demo) play(ctx context.Context, scenes []scene) error {
	unexpected := 0
	for i, s := range scenes {
		d.screen.title(fmt.Sprintf("%d/%d  %s  (examples/%s)", i+1, len(scenes), s.title, s.example))
		if !d.id.isAtLeast(s.since) {
			d.screen.line("Left out: " + d.id.product + " cannot do this yet.")
			continue
		}
		asExpected, err := d.playScene(ctx, s)
		if err != nil {
			return err
		}
		if !asExpected {
			unexpected++
		}
	}
	if unexpected > 0 {
		return fmt.Errorf("%d of %d scenes did not end as expected", unexpected, len(scenes))
	}
	return nil
}

// playScene ends a scene at the first step that does not end as expected: the
// next ones build on it.
func (d *demo) playScene(ctx context.Context, s scene) (asExpected bool, err error) {
	dir, err := d.workspace.open(s.example)
	if err != nil {
		return false, err
	}
	for _, step := range s.steps {
		if asExpected, err = d.playStep(ctx, dir, step); !asExpected || err != nil {
			return false, err
		}
	}
	return true, nil
}

func (d *demo) playStep(ctx context.Context, dir string, s step) (asExpected bool, err error) {
	d.screen.line("")
	if s.cause != nil {
		d.screen.event(s.event)
		s.cause()
	}
	args := d.screen.colourArgument(s.args)
	d.screen.command(d.cli.typed(args))
	result, err := d.cli.run(ctx, dir, d.screen, args...)
	if err != nil {
		return false, err
	}
	asExpected, line := judge(result, s.want)
	d.screen.verdict(asExpected, line)
	return asExpected, nil
}
