// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// shots are the commands that are worth a place on the front page, and which
// lines of what they print are. The demo's own lines around them (the scene's
// title, what happens, the command, the verdict) always are.
var shots = []shot{
	{"examples/gate", "plan", []*regexp.Regexp{change, planned, errorBox}},
	{"examples/apply-gate", "plan -out=saved.tfplan", nil},
	{"examples/apply-gate", "apply saved.tfplan", []*regexp.Regexp{errorBox}},
}

type shot struct {
	scene   string // the example that the scene plays; several scenes may
	command string // after the CLI's name
	output  []*regexp.Regexp
}

// What the CLI prints.
var (
	change   = regexp.MustCompile(`^  # .* will be created$|^  \+ resource |^ {4,}[+}]`)
	planned  = regexp.MustCompile(`^Plan: `)
	errorBox = regexp.MustCompile(`^[╷╵]|^│ \S`) // what is indented in it is the place in the configuration
)

// What the demo prints around it.
var (
	title   = regexp.MustCompile(`^\d+/\d+  .*\((examples/\S+)\)$`)
	event   = regexp.MustCompile(`^# `)
	command = regexp.MustCompile(`^\$ (?:terraform|tofu) (.+)$`)
	verdict = regexp.MustCompile(`^[✓✗] `)
)

var blank = regexp.MustCompile(`^│?\s*$`)

// linesOf are the lines that a terminal shows of an output.
func linesOf(output string) []uv.Line {
	return uv.NewStyledString(output).Lines(ansi.GraphemeWidth)
}

// excerpt returns the shots of the demo's output, line for line, and an
// ellipsis where lines were left out. Every shot must be there.
func excerpt(output []uv.Line) ([]uv.Line, error) {
	camera := camera{taken: make([]bool, len(shots))}
	texts, worth := make([]string, len(output)), make([]bool, len(output))
	for i, line := range output {
		texts[i] = strings.TrimRight(line.String(), " ")
		worth[i] = camera.takes(texts[i])
	}
	for i, s := range shots {
		if !camera.taken[i] {
			return nil, fmt.Errorf("the demo shows no command %q in a scene of %s", s.command, s.scene)
		}
	}
	return abridged(output, withSpace(texts, worth)), nil
}

// camera follows the output of the demo line by line.
type camera struct {
	scene   string // none before the first
	command string // none before a scene's first
	taken   []bool // which shots there were
}

func (c *camera) takes(text string) bool {
	if found := title.FindStringSubmatch(text); found != nil {
		c.scene, c.command = found[1], ""
		return c.inShownScene()
	}
	if found := command.FindStringSubmatch(text); found != nil {
		c.command = found[1]
	}
	current := c.shot()
	switch {
	case event.MatchString(text):
		return c.inShownScene()
	case current < 0:
		return false
	}
	c.taken[current] = true
	return matches(text, command, verdict) || matches(text, shots[current].output...)
}

func (c *camera) inShownScene() bool {
	return slices.ContainsFunc(shots, func(s shot) bool { return s.scene == c.scene })
}

// shot returns the index of the shot that is being taken, or -1.
func (c *camera) shot() int {
	return slices.IndexFunc(shots, func(s shot) bool { return s.scene == c.scene && s.command == c.command })
}

func matches(text string, patterns ...*regexp.Regexp) bool {
	return slices.ContainsFunc(patterns, func(pattern *regexp.Regexp) bool { return pattern.MatchString(text) })
}

// withSpace adds the blank lines between two lines that are shown, and those
// around a title; before the first there is nothing to keep a distance from.
func withSpace(texts []string, worth []bool) []bool {
	shown := slices.Clone(worth)
	for i := max(1, slices.Index(worth, true)); i < len(texts)-1; i++ {
		if blank.MatchString(texts[i]) {
			shown[i] = worth[i-1] && worth[i+1] ||
				worth[i-1] && title.MatchString(texts[i-1]) ||
				worth[i+1] && title.MatchString(texts[i+1])
		}
	}
	return shown
}

// abridged is the lines that are shown, with an ellipsis for each gap between
// them.
func abridged(lines []uv.Line, shown []bool) []uv.Line {
	var result []uv.Line
	gap := false
	for i, line := range lines {
		if !shown[i] {
			gap = true
			continue
		}
		if gap && len(result) > 0 {
			result = append(result, ellipsis)
		}
		result, gap = append(result, line), false
	}
	return result
}

var ellipsis = uv.Line{{Content: "…", Width: 1, Style: uv.Style{Fg: ansi.BrightBlack}}}
