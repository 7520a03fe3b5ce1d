// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "github.com/charmbracelet/x/ansi"

// theme is the colours of a picture. Each is readable on Page and on Window.
type theme struct {
	Name   string
	Page   string // the README's background
	Window string // the terminal's
	Bar    string // the terminal's, where its title is
	Border string
	Ink    string
	Faint  string
	Stop   string
	Warn   string
	ANSI   map[ansi.BasicColor]string
}

var themes = []theme{
	{
		Name: "light", Page: "#ffffff", Window: "#f6f8fa", Bar: "#eaeef2", Border: "#d1d9e0",
		Ink: "#1f2328", Faint: "#59636e", Stop: "#cf222e", Warn: "#9a6700",
		ANSI: map[ansi.BasicColor]string{
			ansi.Black: "#1f2328", ansi.Red: "#cf222e", ansi.Green: "#116329", ansi.Yellow: "#7d4e00",
			ansi.Blue: "#0969da", ansi.Magenta: "#8250df", ansi.Cyan: "#1b6d85", ansi.White: "#59636e",
			ansi.BrightBlack: "#59636e", ansi.BrightRed: "#a40e26", ansi.BrightGreen: "#1a7f37", ansi.BrightYellow: "#633c01",
			ansi.BrightBlue: "#0550ae", ansi.BrightMagenta: "#6639ba", ansi.BrightCyan: "#0f5a6e", ansi.BrightWhite: "#1f2328",
		},
	},
	{
		Name: "dark", Page: "#0d1117", Window: "#151b23", Bar: "#212830", Border: "#3d444d",
		Ink: "#e6edf3", Faint: "#9198a1", Stop: "#ff7b72", Warn: "#d29922",
		ANSI: map[ansi.BasicColor]string{
			ansi.Black: "#9198a1", ansi.Red: "#ff7b72", ansi.Green: "#3fb950", ansi.Yellow: "#d29922",
			ansi.Blue: "#58a6ff", ansi.Magenta: "#bc8cff", ansi.Cyan: "#39c5cf", ansi.White: "#b1bac4",
			ansi.BrightBlack: "#9198a1", ansi.BrightRed: "#ffa198", ansi.BrightGreen: "#56d364", ansi.BrightYellow: "#e3b341",
			ansi.BrightBlue: "#79c0ff", ansi.BrightMagenta: "#d2a8ff", ansi.BrightCyan: "#56d4dd", ansi.BrightWhite: "#ffffff",
		},
	},
}
