// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

//go:embed plot.svg.tmpl
var plotText string

var plotTemplate = svg.Parse(plotText)

// plot is what the template draws, in pixels.
type plot struct {
	Title, Setting          string
	Width, Height           int
	InnerWidth, InnerHeight int // within half a pixel of border

	Area   area
	X, Y   []tick
	Limits []line
	Curves []curve
	Stalls *bars // nil if nothing was measured with stalls
}

// area is where the curves are.
type area struct{ Left, Right, Top, Bottom, Middle, LegendLeft int }

type tick struct {
	At    float64
	Label string
}

// line is the limit for a number of requests in flight.
type line struct {
	Label   string
	LegendY int
	Path    string
	Dashed  bool
}

// curve is the marks of one way to read. They have no line between them, since
// it would cross the limit's steps.
type curve struct {
	style
	LegendY int
	Marks   []mark
}

type mark struct{ X, Y float64 }

const (
	plotWidth  = 830
	areaHeight = 290
	headHeight = 106
	legendStep = 22
)

// newPlot has as many legend entries as there is something to show for.
func newPlot(f figures) plot {
	p := plot{
		Title: "What the network adds to a plan, and the limit for any client",
		Setting: fmt.Sprintf("Simulated: %s. %s, medians of %d %s, above %.0f s one run.",
			far.latency(), f.CLI, f.Runs, plural("run", f.Runs), long.Seconds()),
		Width: plotWidth,
		Area:  area{Left: 78, Right: plotWidth - 24, Top: headHeight, Bottom: headHeight + areaHeight, Middle: plotWidth/2 + 27, LegendLeft: 96},
	}
	s := newScale(p.Area, f.Results)
	p.X = s.x.ticks(func(value float64) string { return grouped(int(value)) })
	p.Y = s.y.ticks(func(value float64) string { return strconv.FormatFloat(value, 'g', -1, 64) + " s" })
	legend := p.Area.Top + 14
	for _, inFlight := range inFlights(f.Results) {
		p.Limits = append(p.Limits, line{
			Label:   fmt.Sprintf("limit with %d requests in flight", inFlight),
			LegendY: legend, Path: s.limit(inFlight), Dashed: inFlight != parallelism,
		})
		legend += legendStep
	}
	for _, look := range styles {
		if marks := s.marks(look, f.Results); len(marks) > 0 {
			p.Curves = append(p.Curves, curve{look, legend, marks})
			legend += legendStep
		}
	}
	p.Height = p.Area.Bottom + 66
	if p.Stalls = newBars(f.Results, p.Height+20); p.Stalls != nil {
		p.Height = p.Stalls.bottom()
	}
	p.InnerWidth, p.InnerHeight = p.Width-1, p.Height-1
	return p
}

// style is how a way to read looks. Marks differ in color, shape and size,
// since they often lie on each other; the larger are drawn first.
type style struct {
	subject  subject
	inFlight int
	Label    string
	Color    string
	Symbol   string
}

var styles = []style{
	{fleet, parallelism, "wachat_instance_states", "Green", "square"},
	{fleet, 100, "wachat_instance_states, 100 requests in flight", "Purple", "square"},
	{peerHTTP, parallelism, `data "http" with for_each`, "Orange", "triangle"},
	{peerRestful, parallelism, "restful_resource with for_each", "Red", "diamond"},
	{forEach, parallelism, "wachat_instance_state with for_each", "Blue", "circle"},
}

func (s style) shows(r result) bool { return r.Subject == s.subject && r.InFlight == s.inFlight }

// scale maps instances and seconds to pixels.
type scale struct{ x, y axis }

// newScale holds all that was measured, with a little room around it.
func newScale(a area, results []result) scale {
	const room = 1.4
	mostInstances, least, most := 1.0, 0.13, 1.0
	for _, r := range results {
		mostInstances = max(mostInstances, float64(r.Instances))
		if r.Above > 0 {
			above := time.Duration(r.Above).Seconds()
			least, most = min(least, above), max(most, above)
		}
	}
	return scale{
		axis{1 / room, mostInstances * room, a.Left, a.Right},
		axis{least / room, most * room, a.Bottom, a.Top},
	}
}

// marks leaves out a difference that is smaller than the noise: a logarithmic
// axis has no place for 0.
func (s scale) marks(look style, results []result) []mark {
	var marks []mark
	for _, r := range results {
		if look.shows(r) && r.Above > 0 {
			marks = append(marks, mark{s.x.at(float64(r.Instances)), s.y.at(time.Duration(r.Above).Seconds())})
		}
	}
	return marks
}

// limit is a path with a step for each further round of requests. Steps that
// are less than a pixel apart are one.
func (s scale) limit(inFlight int) string {
	var path strings.Builder
	height := func(instances int) float64 {
		return s.y.at(far.limit(workload{Instances: instances, InFlight: inFlight}).Seconds())
	}
	last := s.x.at(s.x.least)
	fmt.Fprintf(&path, "M%v %v", last, height(1))
	for n := inFlight; float64(n) < s.x.most; n += inFlight {
		if x := s.x.at(float64(n)); x >= last+1 {
			fmt.Fprintf(&path, "H%vV%v", x, height(n+1))
			last = x
		}
	}
	fmt.Fprintf(&path, "H%v", s.x.at(s.x.most))
	return path.String()
}

// inFlights are the different numbers of requests in flight, fewest first.
func inFlights(results []result) []int {
	numbers := make([]int, len(results))
	for i, r := range results {
		numbers[i] = r.InFlight
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// axis is logarithmic, from a least and a most value to pixels.
type axis struct {
	least, most float64
	from, to    int
}

// at is rounded to a tenth of a pixel.
func (a axis) at(value float64) float64 {
	share := math.Log(value/a.least) / math.Log(a.most/a.least)
	return math.Round(10*(float64(a.from)+share*float64(a.to-a.from))) / 10
}

// ticks are at the powers of ten.
func (a axis) ticks(label func(float64) string) []tick {
	var ticks []tick
	for power := math.Ceil(math.Log10(a.least)); power <= math.Log10(a.most); power++ {
		value := math.Pow(10, power)
		ticks = append(ticks, tick{a.at(value), label(value)})
	}
	return ticks
}
