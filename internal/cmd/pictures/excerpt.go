// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// shots are the commands that the picture shows with a part of their output.
// Of every other scene it shows the title and how its last command ended.
var shots = []shot{
	{"examples/gate", "apply -auto-approve", regexp.MustCompile(`^number = `)},
	{"examples/gate", "plan", errorBox},
	{"examples/apply-gate", "apply saved.tfplan", errorBox},
}

type shot struct {
	scene   string // the example that the scene runs
	command string // after the CLI's name
	output  *regexp.Regexp
}

// What the demo prints.
var (
	title    = regexp.MustCompile(`^(\d+)/(\d+)  .*\((examples/\S+)\)$`)
	event    = regexp.MustCompile(`^# `)
	command  = regexp.MustCompile(`^\$ (?:terraform|tofu) (.+)$`)
	expected = regexp.MustCompile(`^✓ As expected, `)
	failed   = regexp.MustCompile(`^✗ `)
)

// errorBox is the title and the text of an error; between them, indented, are
// the place in the configuration and the values there.
var errorBox = regexp.MustCompile(`^│ \S`)

// scene is the lines of a scene from its title on.
type scene struct {
	example string
	lines   []line
}

// excerpt returns the lines that the picture shows, with an ellipsis where
// lines were left out. Every scene must have ended as expected.
func excerpt(output []line) ([]line, error) {
	scenes, err := scenesOf(output)
	if err != nil {
		return nil, err
	}
	var shown []line
	for i, s := range scenes {
		lines := s.excerpt()
		if len(lines) == 0 {
			return nil, fmt.Errorf("scene %d did not end as expected", i+1)
		}
		if i > 0 {
			shown = append(shown, line{})
		}
		shown = append(shown, lines...)
	}
	return shown, nil
}

func scenesOf(output []line) ([]scene, error) {
	var scenes []scene
	total := ""
	for _, l := range output {
		if found := title.FindStringSubmatch(l.String()); found != nil {
			scenes, total = append(scenes, scene{example: found[3]}), found[2]
		}
		if len(scenes) > 0 {
			last := &scenes[len(scenes)-1]
			last.lines = append(last.lines, l)
		}
	}
	if total == "" || strconv.Itoa(len(scenes)) != total {
		return nil, errors.New("the demo did not run all scenes")
	}
	return scenes, nil
}

// excerpt is empty if a command of the scene did not end as expected.
func (s scene) excerpt() []line {
	var texts []string
	for _, l := range s.lines {
		texts = append(texts, l.String())
	}
	end := -1
	for i, text := range texts {
		if expected.MatchString(text) {
			end = i
		}
		if failed.MatchString(text) {
			return nil
		}
	}
	if end < 0 {
		return nil
	}
	begin, shot := s.shot(texts)
	shown := make([]bool, end+1)
	shown[0], shown[end] = true, true
	for i := begin; i < end; i++ {
		text := texts[i]
		shown[i] = event.MatchString(text) || command.MatchString(text) || shot.output.MatchString(text)
	}
	return abridged(s.lines[:end+1], shown)
}

// shot returns where the last command that is a shot begins, with the event
// before it: after the last line if none is.
func (s scene) shot(texts []string) (int, shot) {
	for i, text := range slices.Backward(texts) {
		found := command.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		for _, shot := range shots {
			if shot.scene == s.example && shot.command == found[1] {
				if event.MatchString(texts[i-1]) {
					i--
				}
				return i, shot
			}
		}
		break
	}
	return len(texts), shot{}
}

// abridged is the lines that are shown, with an ellipsis for each gap between
// them that has more than blank lines.
func abridged(lines []line, shown []bool) []line {
	var result []line
	gap := false
	for i, l := range lines {
		if !shown[i] {
			gap = gap || strings.Trim(l.String(), " │╷╵") != ""
			continue
		}
		if gap {
			result = append(result, ellipsis)
		}
		result, gap = append(result, l), false
	}
	return result
}

var ellipsis = line{{style{Color: "Faint"}, '…'}}
