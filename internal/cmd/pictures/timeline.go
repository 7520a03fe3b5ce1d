// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	_ "embed"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

//go:embed timeline.svg.tmpl
var timelineText string

var timelineTemplate = svg.Parse(timelineText)

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
	Width, Height           int
	InnerWidth, InnerHeight int // within half a pixel of border
	Moments                 []placed
	Gates                   []lane
	Bottom                  int // of the last mark
}

// placed is a label, with its mark if it has one, at a place.
type placed struct {
	X, Y int
	effect
}

// lane is a gate from left to right.
type lane struct {
	Y int
	label
	Effects []placed
}

// newDiagram shows when each gate runs.
func newDiagram(gates []gate) diagram {
	d := diagram{Width: timelineWidth}
	for i, moment := range moments {
		d.Moments = append(d.Moments, placed{X: momentAt[i], effect: effect{label: moment}})
	}
	y := firstGate
	for _, gate := range gates {
		l := lane{Y: y, label: gate.label}
		for i, effect := range gate.effects {
			l.Effects = append(l.Effects, placed{X: momentAt[i], Y: y, effect: effect})
		}
		d.Gates, d.Bottom = append(d.Gates, l), y
		y += gateHeight
	}
	d.Height = d.Bottom + gateHeight/2 + 12
	d.InnerWidth, d.InnerHeight = d.Width-1, d.Height-1
	return d
}
