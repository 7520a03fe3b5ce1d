// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// scene is the part of the demo that shows one thing.
type scene struct {
	title   string
	example string // directory in examples/; scenes of one example share their state
	needs   []acctest.Feature
	steps   []step
}

// step is a command and how it may end.
type step struct {
	event string // what happens before the command, if anything, and
	cause func() // what makes it happen
	args  []string
	want  []outcome // any one of them is as expected
	quiet bool      // shows one line if it ends as expected
}

// ending is how a scene ended.
type ending struct {
	title   string
	skipped string // why; empty if it was played
	good    bool
}

// play plays all scenes and summarizes them. The error says how many did not
// end as expected, or why they could not be played.
func (d *demo) play(ctx context.Context, scenes []scene) error {
	var endings []ending
	for i, s := range scenes {
		e := ending{title: s.title, skipped: d.missing(s)}
		d.screen.title(fmt.Sprintf("%d/%d  %s  (examples/%s)", i+1, len(scenes), s.title, s.example))
		if e.skipped != "" {
			d.screen.line("Skipped: " + e.skipped + ".")
		} else {
			var err error
			if e.good, err = d.playScene(ctx, s); err != nil {
				return err
			}
		}
		endings = append(endings, e)
	}
	return d.summarize(endings)
}

// missing names the first feature that the scene needs and the CLI lacks.
func (d *demo) missing(s scene) string {
	for _, f := range s.needs {
		if !d.terminal.CLI.Supports(f) {
			return fmt.Sprintf("%s has no %s", d.terminal.CLI, f.Name)
		}
	}
	return ""
}

// playScene ends a scene at the first step that does not end as expected: the
// next ones build on it.
func (d *demo) playScene(ctx context.Context, s scene) (asExpected bool, err error) {
	dir, err := d.examples.open(s.example)
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
	if s.cause != nil {
		s.cause()
	}
	terminal := d.terminal
	terminal.Dir = dir
	result, err := terminal.Run(ctx, s.args...)
	if err != nil {
		return false, err
	}
	met, line := judge(result, s.want)
	if !s.quiet || met == nil {
		d.screen.line("")
		d.screen.event(s.event)
		d.screen.command(terminal.CLI.Command(), s.args)
		d.screen.output(excerpt(result.Output, met))
	}
	d.screen.verdict(met != nil, line)
	return met != nil, nil
}

// summarize shows how each scene ended.
func (d *demo) summarize(endings []ending) error {
	unexpected, skipped := 0, 0
	d.screen.title("Summary")
	for i, e := range endings {
		line := fmt.Sprintf("%d  %s", i+1, e.title)
		switch {
		case e.skipped != "":
			skipped++
			d.screen.line("- " + line + "  Skipped: " + e.skipped + ".")
		default:
			d.screen.verdict(e.good, line)
		}
		if e.skipped == "" && !e.good {
			unexpected++
		}
	}
	if unexpected > 0 {
		return fmt.Errorf("%d of %d scenes did not end as expected", unexpected, len(endings))
	}
	if skipped > 0 {
		d.screen.summary(true, fmt.Sprintf("%d of %d scenes ended as expected; %d skipped.", len(endings)-skipped, len(endings), skipped))
		return nil
	}
	d.screen.summary(true, "Every scene ended as expected.")
	return nil
}
