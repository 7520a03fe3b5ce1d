// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"regexp"
)

// detailed is how many of the demo's scenes the picture shows: the first goes
// through, the second is stopped. The demo's summary has all of them.
const detailed = 2

// What the demo prints.
var (
	title    = regexp.MustCompile(`^\d+/\d+  `)
	event    = regexp.MustCompile(`^# `)
	command  = regexp.MustCompile(`^\$ `)
	expected = regexp.MustCompile(`^✓ As expected, `)
	failed   = regexp.MustCompile(`^✗ `)
	summary  = regexp.MustCompile(`^Summary$`)
	source   = regexp.MustCompile(`^│ {2,}`) // the place in a configuration that a message is about
)

// excerpt returns the lines that the picture shows, with an ellipsis where
// lines were left out. Every command must have ended as expected.
func excerpt(output []line) ([]line, error) {
	if find(output, failed) < len(output) {
		return nil, errors.New("a command of the demo did not end as expected")
	}
	var shown []line
	for range detailed {
		output = output[find(output, title):]
		if len(output) == 0 {
			return nil, errors.New("the demo has too few scenes")
		}
		next := 1 + find(output[1:], title)
		shown = append(append(shown, sceneExcerpt(output[:next])...), line{})
		output = output[next:]
	}
	output = output[find(output, summary):]
	if len(output) == 0 {
		return nil, errors.New("the demo has no summary")
	}
	return append(append(shown, ellipsis, line{}), output...), nil
}

// find returns the index of the first line that matches, or the number of lines.
func find(lines []line, pattern *regexp.Regexp) int {
	for i, l := range lines {
		if pattern.MatchString(l.String()) {
			return i
		}
	}
	return len(lines)
}

// sceneExcerpt is the scene's title and its last command, with the event before
// it and its output up to how it ended.
func sceneExcerpt(scene []line) []line {
	begin, end := 1, len(scene)
	for i, l := range scene {
		switch text := l.String(); {
		case command.MatchString(text):
			begin = i
			if event.MatchString(scene[i-1].String()) {
				begin--
			}
		case expected.MatchString(text):
			end = i + 1
		}
	}
	shown := []line{scene[0]}
	gap := begin > 2 // more than a blank line
	for _, l := range scene[begin:end] {
		if source.MatchString(l.String()) {
			gap = true
			continue
		}
		if gap {
			shown = append(shown, ellipsis)
		}
		shown, gap = append(shown, l), false
	}
	return shown
}

var ellipsis = line{{style{Color: "Faint"}, '…'}}
