// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"regexp"
	"strings"
)

// line is a line in a terminal. Each of its characters is as wide as the others.
type line []character

type character struct {
	style
	char rune
}

// style is how the demo and the CLI show text.
type style struct {
	Color           string // in a theme; empty for ordinary text
	Bold, Underline bool
}

// escape matches a sequence that sets styles, as in "\x1b[1;31m".
//
// https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ (8.3.117, SGR)
var escape = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

// parse returns the lines of an output. A style stays from line to line.
func parse(output string) []line {
	var lines []line
	var current style
	for text := range strings.SplitSeq(strings.TrimSuffix(output, "\n"), "\n") {
		var l line
		for len(text) > 0 {
			end, next := len(text), len(text)
			var codes string
			if found := escape.FindStringSubmatchIndex(text); found != nil {
				end, next, codes = found[0], found[1], text[found[2]:found[3]]
			}
			for _, char := range text[:end] {
				l = append(l, character{current, char})
			}
			if next > end {
				current = current.with(codes)
			}
			text = text[next:]
		}
		lines = append(lines, l.trimmed())
	}
	return lines
}

// colors are those of the codes that the demo and the CLI use.
var colors = map[string]string{
	"31": "Red", "32": "Green", "33": "Yellow", "34": "Blue", "35": "Purple", "36": "Cyan", "90": "Faint", "39": "",
}

func (s style) with(codes string) style {
	for code := range strings.SplitSeq(codes, ";") {
		color, isColor := colors[code]
		switch {
		case isColor:
			s.Color = color
		case code == "" || code == "0":
			s = style{}
		case code == "1":
			s.Bold = true
		case code == "22":
			s.Bold = false
		case code == "4":
			s.Underline = true
		case code == "24":
			s.Underline = false
		}
	}
	return s
}

func (l line) String() string {
	var text strings.Builder
	for _, c := range l {
		text.WriteRune(c.char)
	}
	return text.String()
}

func (l line) trimmed() line {
	for len(l) > 0 && l[len(l)-1].char == ' ' {
		l = l[:len(l)-1]
	}
	return l
}

// wrapped breaks a line between words, or in a word that is wider than a line.
func (l line) wrapped(columns int) []line {
	var rows []line
	for len(l) > columns {
		end := columns
		for i := columns; i > 0; i-- {
			if l[i].char == ' ' {
				end = i
				break
			}
		}
		rows = append(rows, l[:end].trimmed())
		l = l[end:]
		for len(l) > 0 && l[0].char == ' ' {
			l = l[1:]
		}
	}
	return append(rows, l)
}

// span is text in one style.
type span struct {
	style
	Text string
}

func (l line) spans() []span {
	var spans []span
	for i, c := range l {
		if i == 0 || c.style != l[i-1].style {
			spans = append(spans, span{style: c.style})
		}
		spans[len(spans)-1].Text += string(c.char)
	}
	return spans
}
