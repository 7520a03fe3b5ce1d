// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

// Where things are in the picture of the gates, in pixels.
const (
	timelineWidth = 830
	firstGate     = 166 // the middle of its row
	gateHeight    = 54
)

// momentAt is where each moment is on the line of time, from the left. There is
// room for fonts that are wider than most.
var momentAt = [len(moments)]int{244, 396, 614}

// diagram is what the template draws.
type diagram struct {
	Theme                   theme
	Width, Height           int
	InnerWidth, InnerHeight int // within half a pixel of border
	Moments                 []placed
	Gates                   []lane
	Bottom                  int // of the last mark
}

// placed is a label, with its mark if it has one, at a place.
type placed struct {
	X, Y int
	answer
}

// lane is a gate from left to right.
type lane struct {
	Y int
	label
	Answers []placed
}

// timeline is an SVG of when each gate is asked.
func timeline(colours theme, gates []gate) ([]byte, error) {
	d := diagram{Theme: colours, Width: timelineWidth}
	for i, moment := range moments {
		d.Moments = append(d.Moments, placed{X: momentAt[i], answer: answer{label: moment}})
	}
	y := firstGate
	for _, gate := range gates {
		l := lane{Y: y, label: gate.label}
		for i, answer := range gate.answers {
			l.Answers = append(l.Answers, placed{X: momentAt[i], Y: y, answer: answer})
		}
		d.Gates, d.Bottom = append(d.Gates, l), y
		y += gateHeight
	}
	d.Height = d.Bottom + gateHeight/2 + 12
	d.InnerWidth, d.InnerHeight = d.Width-1, d.Height-1
	return svg("timeline.svg.tmpl", d)
}
