// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	_ "embed"
	"strconv"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

//go:embed terminal.svg.tmpl
var terminalText string

var terminalTemplate = svg.Parse(terminalText)

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

// newWindow is a terminal window with the lines in it, wrapped to its width.
func newWindow(lines []line) window {
	w := window{Width: windowWidth, FontSize: fontSize, Bar: barHeight, Margin: margin}
	y := barHeight + margin + fontSize/2
	for _, l := range lines {
		for _, part := range l.wrapped(columns) {
			w.Rows = append(w.Rows, row{y, strconv.FormatFloat(float64(len(part))*advance, 'f', 1, 64), part.spans()})
			y += lineHeight
		}
	}
	w.Height = y
	w.InnerWidth, w.InnerHeight = w.Width-1, w.Height-1
	return w
}
