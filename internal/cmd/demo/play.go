// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/fatih/color"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// demo plays scenes, each in a directory of its own in dir.
type demo struct {
	dir      string
	terminal acctest.Workspace
	shop     *wachattest.Instance // nil on the caller's own instance
}

// play plays all scenes and prints a summary. The error says how many did not
// end as expected, or why one could not be played.
func (d demo) play(ctx context.Context, scenes []scene) error {
	heading := color.New(color.Bold, color.FgCyan)
	var summary []string
	unexpected, leftOut := 0, 0
	for i, s := range scenes {
		fmt.Println("\n" + heading.Sprintf("%d/%d  %s  (examples/%s)", i+1, len(scenes), s.title, s.example))
		if missing := d.missing(s); missing != "" {
			fmt.Printf("Left out: %s.\n", missing)
			summary = append(summary, fmt.Sprintf("- %s (left out: %s)", s.title, missing))
			leftOut++
			continue
		}
		asExpected, err := d.playScene(ctx, s, filepath.Join(d.dir, fmt.Sprint("scene-", i+1)))
		if err != nil {
			return err
		}
		summary = append(summary, verdict(asExpected, s.title))
		if !asExpected {
			unexpected++
		}
	}
	fmt.Println("\n" + heading.Sprint("Summary"))
	fmt.Println(strings.Join(summary, "\n") + "\n")
	if unexpected > 0 {
		return fmt.Errorf("%d of %d scenes did not end as expected", unexpected, len(scenes))
	}
	fmt.Println(verdict(true, fmt.Sprintf("Scenes that ended as expected: %d. Left out: %d.", len(scenes)-leftOut, leftOut)))
	return nil
}

// missing says what the scene needs and the CLI lacks.
func (d demo) missing(s scene) string {
	for _, f := range s.needs {
		if !d.terminal.CLI.Supports(f) {
			return fmt.Sprintf("%s has no %s", d.terminal.CLI, f.Name)
		}
	}
	return ""
}

// playScene ends at the first step that does not end as expected: the next ones
// build on it.
func (d demo) playScene(ctx context.Context, s scene, dir string) (asExpected bool, err error) {
	d.terminal.Dir = dir
	if err := copyConfiguration(dir, filepath.Join("examples", s.example)); err != nil {
		return false, err
	}
	if _, err := d.terminal.Output(ctx, "init"); err != nil {
		return false, err
	}
	for _, step := range s.steps {
		asExpected, err := d.playStep(ctx, step)
		if !asExpected || err != nil {
			return false, err
		}
	}
	return true, nil
}

// copyConfiguration leaves behind the state of somebody who has applied the
// example where it is.
func copyConfiguration(to, from string) error {
	files, err := filepath.Glob(filepath.Join(from, "*.tf"))
	if err != nil {
		return err
	}
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	for _, file := range files {
		configuration, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), configuration, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (d demo) playStep(ctx context.Context, s step) (asExpected bool, err error) {
	if s.state != "" {
		d.shop.SetState(s.state)
		fmt.Println(color.YellowString("# %s is in state %q.", shop, s.state))
	}
	fmt.Println(color.New(color.Bold).Sprintf("$ %s %s", d.terminal.CLI.Command(), s.command))
	result, err := d.terminal.Run(ctx, strings.Fields(s.command)...)
	if err != nil {
		return false, err
	}
	output := acctest.OneLine(result.Output)
	for _, o := range s.want {
		if o.exit == result.ExitCode && strings.Contains(output, o.text) {
			printExcerpt(result.Output)
			fmt.Println(verdict(true, fmt.Sprintf("Exit code %d: %s.", o.exit, o.meaning)))
			return true, nil
		}
	}
	fmt.Print(result.Output)
	for _, o := range s.want {
		fmt.Println(verdict(false, fmt.Sprintf("Exit code %d. Expected %d and %q: %s.", result.ExitCode, o.exit, o.text, o.meaning)))
	}
	return false, nil
}

var changes = regexp.MustCompile(`(?m)^(Plan:|Apply complete!|  \+ number =).*`)

// printExcerpt prints what a command changes, and of each message the title and
// the first paragraph. Between them may be lines of the configuration, which
// are indented.
func printExcerpt(output string) {
	afterTitle := false
	for paragraph := range strings.SplitSeq(output, "\n\n") {
		paragraph = strings.Trim(paragraph, "\n")
		switch {
		case strings.HasPrefix(paragraph, "Error:"):
			fmt.Println(color.RedString("%s", paragraph))
			afterTitle = true
		case strings.HasPrefix(paragraph, "Warning:"):
			fmt.Println(color.YellowString("%s", paragraph))
			afterTitle = true
		case changes.MatchString(paragraph):
			fmt.Println(strings.Join(changes.FindAllString(paragraph, -1), "\n"))
		case afterTitle && !strings.HasPrefix(paragraph, " "):
			fmt.Println(paragraph)
			afterTitle = false
		}
	}
}

func verdict(good bool, text string) string {
	if good {
		return color.GreenString("✓ %s", text)
	}
	return color.RedString("✗ %s", text)
}
