// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"time"
)

// bars are the part of the plot about stalled requests.
type bars struct {
	Title, Setting string
	Left, Y        int
	Bars           []bar
}

// bar is a plan with stalls; its first part is the plan without.
type bar struct {
	Label, Color  string
	Y             int
	Without, With float64 // widths
	Unfinished    bool
	TextX         float64
	Text          string
}

const (
	barsHead  = 50
	barStep   = 26
	barsLeft  = 290
	barsWidth = 240
)

// newBars is nil if nothing was measured with stalls. A plan that did not
// finish is as long as the longest that did.
func newBars(results []result, y int) *bars {
	b := &bars{
		Title:   fmt.Sprintf("When 1 in %d first requests never gets an answer", stallEvery),
		Setting: "Time of the plan on the same network. Gray: the same plan without such requests.",
		Left:    barsLeft, Y: y,
	}
	pixels := barsWidth / longestFinished(results)
	y += barsHead
	for _, r := range results {
		if r.Stalls != nil {
			look := styles[slices.IndexFunc(styles, func(s style) bool { return s.shows(r) })]
			b.Bars = append(b.Bars, newBar(look, r, pixels, y))
			y += barStep
		}
	}
	if len(b.Bars) == 0 {
		return nil
	}
	return b
}

func newBar(look style, r result, pixels float64, y int) bar {
	b := bar{
		Label: fmt.Sprintf("%s, %s", look.Label, grouped(r.Instances)), Color: look.Color, Y: y,
		Unfinished: !r.Stalls.finished(),
		With:       time.Duration(r.Stalls.Median).Seconds() * pixels,
		Text:       r.Stalls.String(),
	}
	if b.Unfinished {
		b.With = barsWidth
		b.Text = fmt.Sprintf("stopped after %.0f s", time.Duration(r.Stalls.Median).Seconds())
	}
	if r.Far.finished() {
		b.Without = time.Duration(r.Far.Median).Seconds() * pixels
		b.Text += fmt.Sprintf(" (%s without)", r.Far)
	}
	b.TextX = barsLeft + max(b.With, b.Without)
	return b
}

// longestFinished is in seconds, and above 0.
func longestFinished(results []result) float64 {
	longest := 0.001
	for _, r := range results {
		if r.Stalls == nil {
			continue
		}
		for _, s := range []series{r.Far, *r.Stalls} {
			if s.finished() {
				longest = max(longest, time.Duration(s.Median).Seconds())
			}
		}
	}
	return longest
}

// bottom is where the plot ends.
func (b *bars) bottom() int { return b.Y + barsHead + len(b.Bars)*barStep }
