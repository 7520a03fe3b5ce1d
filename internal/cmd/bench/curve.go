// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// curve is the time above zero latency of one way of reading.
type curve struct {
	subject  subject
	inFlight int
	points   plotter.XYs // instances, and seconds
}

// curvesOf are in the order of the results. A logarithm has no place for a
// time that drowned in noise, no more than nothing.
func curvesOf(results []result) []curve {
	var curves []curve
	for _, r := range results {
		at := slices.IndexFunc(curves, func(c curve) bool { return c.subject == r.Subject && c.inFlight == r.InFlight })
		if at < 0 {
			at = len(curves)
			curves = append(curves, curve{subject: r.Subject, inFlight: r.InFlight})
		}
		if r.Above > 0 {
			curves[at].points = append(curves[at].points, plotter.XY{X: float64(r.Instances), Y: time.Duration(r.Above).Seconds()})
		}
	}
	return slices.DeleteFunc(curves, func(c curve) bool { return len(c.points) == 0 })
}

// look differs in colour, shape and size, so that marks can be told apart where
// they lie on each other.
func (c curve) look() (name string, glyph draw.GlyphStyle) {
	switch {
	case c.subject == peer:
		return "hashicorp/http with for_each", draw.GlyphStyle{Color: orange, Radius: 5, Shape: draw.PyramidGlyph{}}
	case c.subject == forEach:
		return "wachat_instance_state with for_each", draw.GlyphStyle{Color: blue, Radius: 3.5, Shape: draw.CircleGlyph{}}
	case c.inFlight == parallelism:
		return "wachat_instance_states", draw.GlyphStyle{Color: green, Radius: 6.5, Shape: draw.BoxGlyph{}}
	}
	name = fmt.Sprintf("wachat_instance_states, %d requests in flight", c.inFlight)
	return name, draw.GlyphStyle{Color: purple, Radius: 6.5, Shape: draw.BoxGlyph{}}
}

var (
	blue   = color.RGBA{R: 0x09, G: 0x69, B: 0xda, A: 0xff}
	green  = color.RGBA{R: 0x4a, G: 0xc2, B: 0x6b, A: 0xff}
	orange = color.RGBA{R: 0xd1, G: 0x5b, B: 0x00, A: 0xff}
	purple = color.RGBA{R: 0x82, G: 0x50, B: 0xdf, A: 0xff}
	grey   = color.RGBA{R: 0xaf, G: 0xb8, B: 0xc1, A: 0xff}
)

// addCurves draws the limit for each number of requests in flight, and on it
// the curves as marks: a line from mark to mark would pass the limit's steps.
func addCurves(p *plot.Plot, results []result) error {
	curves := curvesOf(results)
	fit(p, curves)
	p.Add(grid())
	for _, inFlight := range inFlights(curves) {
		if err := addLimit(p, inFlight); err != nil {
			return err
		}
	}
	marks := make([]*plotter.Scatter, len(curves))
	for i, c := range curves {
		var err error
		if marks[i], err = c.addLegend(p); err != nil {
			return err
		}
	}
	slices.SortStableFunc(marks, func(a, b *plotter.Scatter) int { return cmp.Compare(b.Radius, a.Radius) })
	for _, m := range marks {
		p.Add(m)
	}
	return nil
}

func addLimit(p *plot.Plot, inFlight int) error {
	line, err := plotter.NewLine(limitPoints(inFlight, p.X.Max))
	if err != nil {
		return err
	}
	line.Color, line.Width = grey, 3
	if inFlight != parallelism {
		line.Dashes = []vg.Length{3, 3}
	}
	p.Add(line)
	p.Legend.Add(fmt.Sprintf("the limit with %d requests in flight", inFlight), line)
	return nil
}

// addLegend returns the marks, which are still to be drawn.
func (c curve) addLegend(p *plot.Plot) (*plotter.Scatter, error) {
	marks, err := plotter.NewScatter(c.points)
	if err != nil {
		return nil, err
	}
	name, glyph := c.look()
	marks.GlyphStyle = glyph
	p.Legend.Add(name, marks)
	return marks, nil
}

// inFlights are the different numbers of requests in flight, fewest first.
func inFlights(curves []curve) []int {
	numbers := make([]int, len(curves))
	for i, c := range curves {
		numbers[i] = c.inFlight
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// limitPoints has enough points for the steps to show up to so many instances.
func limitPoints(inFlight int, most float64) plotter.XYs {
	const perDecade = 100
	var points plotter.XYs
	for i := range int(math.Log10(most)*perDecade) + 1 {
		n := math.Floor(math.Pow(10, float64(i)/perDecade))
		points = append(points, plotter.XY{X: n, Y: far.limit(workload{Instances: int(n), InFlight: inFlight}).Seconds()})
	}
	return points
}

// fit makes the axes hold the curves, with a little room around them.
func fit(p *plot.Plot, curves []curve) {
	const room = 1.4
	p.X.Min, p.X.Max = 1/room, room
	p.Y.Min, p.Y.Max = 0.09, 1
	for _, c := range curves {
		for _, point := range c.points {
			p.X.Max = max(p.X.Max, room*point.X)
			p.Y.Min = min(p.Y.Min, point.Y/room)
			p.Y.Max = max(p.Y.Max, room*point.Y)
		}
	}
}

func grid() *plotter.Grid {
	g := plotter.NewGrid()
	g.Vertical.Color = nil
	g.Horizontal.Color, g.Horizontal.Width = ruler, 0.75
	return g
}
