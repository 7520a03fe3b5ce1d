// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// The window is as wide as a README, in pixels and in characters. Most
// monospaced fonts are 0.6 times as wide as high; textLength makes all so.
const (
	windowWidth = 830
	columns     = 100
	fontSize    = 13
	advance     = 7.8
	lineHeight  = 18
	barHeight   = 36
	margin      = 25
)

// window is what the template draws.
type window struct {
	Theme                   theme
	Width, Height           int
	InnerWidth, InnerHeight int // within half a pixel of border
	FontSize, Bar, Margin   int
	Rows                    []row
}

type row struct {
	Y      int    // of the baseline
	Length string // in pixels
	Spans  []span
}

// span is text in one style.
type span struct {
	Colour          string // empty for that of ordinary text
	Bold, Underline bool
	Text            string
}

// terminal is an SVG of a terminal window with the lines in it, wrapped to its
// width.
func terminal(colours theme, lines []uv.Line) ([]byte, error) {
	w := window{Theme: colours, Width: windowWidth, FontSize: fontSize, Bar: barHeight, Margin: margin}
	y := barHeight + margin + fontSize/2
	for _, line := range lines {
		for _, part := range wrapped(line) {
			spans := spansOf(part, colours)
			w.Rows = append(w.Rows, row{Y: y, Length: length(spans), Spans: spans})
			y += lineHeight
		}
	}
	w.Height = y
	w.InnerWidth, w.InnerHeight = w.Width-1, w.Height-1
	return svg("terminal.svg.tmpl", w)
}

// wrapped breaks a line between words.
func wrapped(line uv.Line) []uv.Line {
	if len(line) <= columns {
		return []uv.Line{line}
	}
	return linesOf(ansi.Wrap(line.Render(), columns, ""))
}

// spansOf groups a line's cells by their style.
func spansOf(line uv.Line, colours theme) []span {
	var spans []span
	var last uv.Style
	for i, cell := range line {
		if i == 0 || !cell.Style.Equal(&last) {
			spans, last = append(spans, newSpan(cell.Style, colours)), cell.Style
		}
		spans[len(spans)-1].Text += cell.Content
	}
	return trimmed(spans)
}

func newSpan(style uv.Style, colours theme) span {
	s := span{
		Bold:      style.Attrs&uv.AttrBold != 0,
		Underline: style.Underline != uv.UnderlineNone,
	}
	if style.Fg != nil {
		s.Colour = colours.ANSI[ansi.Convert16(style.Fg)]
	}
	return s
}

// trimmed has no white space at the end.
func trimmed(spans []span) []span {
	for len(spans) > 0 {
		last := &spans[len(spans)-1]
		if last.Text = strings.TrimRight(last.Text, " "); last.Text != "" {
			break
		}
		spans = spans[:len(spans)-1]
	}
	return spans
}

func length(spans []span) string {
	characters := 0
	for _, s := range spans {
		characters += ansi.StringWidth(s.Text)
	}
	return strconv.FormatFloat(float64(characters)*advance, 'f', 1, 64)
}
