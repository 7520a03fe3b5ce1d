// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"
)

// 4.5 is what WCAG 2 asks for ordinary text (success criterion 1.4.3).
func TestTextIsReadableOnItsBackground(t *testing.T) {
	for _, theme := range themes {
		t.Run(theme.Name, func(t *testing.T) {
			for what, pair := range map[string][2]string{
				"text in the window":  {theme.Ink, theme.Window},
				"text on the page":    {theme.Ink, theme.Page},
				"the window's title":  {theme.Faint, theme.Bar},
				"faint on the page":   {theme.Faint, theme.Page},
				"the mark that stops": {theme.Stop, theme.Page},
				"the mark that warns": {theme.Warn, theme.Page},
			} {
				if ratio := contrast(t, pair[0], pair[1]); ratio < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.1f", what, pair[0], pair[1], ratio)
				}
			}
			for colour := ansi.Black; colour <= ansi.BrightWhite; colour++ {
				if ratio := contrast(t, theme.ANSI[colour], theme.Window); ratio < 4.5 {
					t.Errorf("colour %d: %s on %s has a contrast of %.1f", colour, theme.ANSI[colour], theme.Window, ratio)
				}
			}
		})
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	lighter, darker := luminance(t, a), luminance(t, b)
	if lighter < darker {
		lighter, darker = darker, lighter
	}
	return (lighter + 0.05) / (darker + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	c, err := colorful.Hex(colour)
	if err != nil {
		t.Fatal(err)
	}
	r, g, b := c.LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}
