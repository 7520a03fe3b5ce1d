// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"strconv"

	"golang.org/x/image/font"
	"gonum.org/v1/plot"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// The picture is as wide as a README: 840 pixels.
const (
	plotWidth  vg.Length = 630
	plotHeight vg.Length = 380
	plotMargin vg.Length = 16
	headHeight vg.Length = 62
	footHeight vg.Length = 16
)

var (
	ink   = color.RGBA{R: 0x1f, G: 0x23, B: 0x28, A: 0xff}
	faint = color.RGBA{R: 0x59, G: 0x63, B: 0x6e, A: 0xff}
	ruler = color.RGBA{R: 0xe4, G: 0xe8, B: 0xec, A: 0xff}
)

// plotOf is an SVG of the time above zero latency by the number of instances,
// and of the limit. It is opaque, for a page of any colour.
func plotOf(f figures) ([]byte, error) {
	p := blankPlot()
	if err := addCurves(p, f.Results); err != nil {
		return nil, err
	}
	canvas := vgsvg.New(plotWidth, plotHeight)
	paper := draw.New(canvas)
	paper.SetColor(color.White)
	paper.Fill(paper.Path())
	page := draw.Crop(paper, plotMargin, -plotMargin, plotMargin, -plotMargin)
	f.caption(page)
	p.Draw(draw.Crop(page, 0, 0, footHeight, -headHeight))

	var svg bytes.Buffer
	if _, err := canvas.WriteTo(&svg); err != nil {
		return nil, err
	}
	return withFallbackFonts(svg.Bytes()), nil
}

// withFallbackFonts names fonts of the same widths that more systems have.
func withFallbackFonts(svg []byte) []byte {
	return bytes.ReplaceAll(svg, []byte("font-family:Liberation Sans;"), []byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif;"))
}

// caption writes what is above and below the plot, and the axes' labels. With
// a logarithmic axis the plot would leave room for its label in a wrong place.
func (f figures) caption(page draw.Canvas) {
	left, bottom := vg.Point{X: page.Min.X, Y: page.Max.Y}, vg.Point{X: page.Center().X, Y: page.Min.Y}
	title := style(15, ink)
	title.Font.Weight, title.YAlign = font.WeightBold, draw.YTop
	page.FillText(title, left, "What the network adds to a plan, against the least that it must add")

	setting := style(11, faint)
	setting.YAlign = draw.YTop
	page.FillText(setting, left.Sub(vg.Point{Y: 21}), fmt.Sprintf(
		"Simulated: %s. Terraform %s, medians of %d %s.", far, f.Terraform, f.Runs, plural("run", f.Runs)))
	axis := style(11, ink)
	axis.YAlign = draw.YTop
	page.FillText(axis, left.Sub(vg.Point{Y: 44}), "time above the same plan at zero latency")
	axis.XAlign, axis.YAlign = draw.XCenter, draw.YBottom
	page.FillText(axis, bottom, "instances that the plan reads")
}

// blankPlot is a plot without data.
func blankPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Tick.Marker = decades(func(value float64) string { return grouped(int(value)) })
	p.Y.Tick.Marker = decades(func(value float64) string { return strconv.FormatFloat(value, 'g', -1, 64) + " s" })
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Scale = plot.LogScale{}
		axis.Padding, axis.Tick.Length, axis.Width = 0, 0, 0
		placed := axis.Tick.Label
		axis.Tick.Label = style(10.5, faint)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = placed.XAlign, placed.YAlign
	}
	p.Legend.Top, p.Legend.Left = true, true
	p.Legend.XOffs, p.Legend.YOffs = 10, -6
	p.Legend.Padding, p.Legend.ThumbnailWidth = 5, 26
	p.Legend.YPosition = draw.PosCenter
	p.Legend.TextStyle = style(11, ink)
	return p
}

func style(size vg.Length, colour color.Color) text.Style {
	return text.Style{
		Font:    plotfont.From(plotfont.Font{Typeface: "Liberation", Variant: "Sans"}, size),
		Color:   colour,
		Handler: plot.DefaultTextHandler,
	}
}

// decades labels an axis at each power of ten.
func decades(label func(float64) string) plot.TickerFunc {
	return func(least, most float64) []plot.Tick {
		var ticks []plot.Tick
		for power := math.Ceil(math.Log10(least)); power <= math.Log10(most); power++ {
			value := math.Pow(10, power)
			ticks = append(ticks, plot.Tick{Value: value, Label: label(value)})
		}
		return ticks
	}
}
