// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

// drawing is what the tests read of a picture of a terminal.
type drawing struct {
	Rows []struct {
		Length string `xml:"textLength,attr"`
		Space  string `xml:"http://www.w3.org/XML/1998/namespace space,attr"`
		Spans  []struct {
			Fill       string `xml:"fill,attr"`
			Weight     string `xml:"font-weight,attr"`
			Decoration string `xml:"text-decoration,attr"`
			Text       string `xml:",chardata"`
		} `xml:"tspan"`
	} `xml:"g>text"`
}

func terminalOf(t *testing.T, output string) drawing {
	t.Helper()
	pictures := svg.Pictures{}
	if err := pictures.Draw("demo", terminalTemplate, newWindow(parse(output))); err != nil {
		t.Fatal(err)
	}
	var d drawing
	if err := xml.Unmarshal(pictures["demo-dark.svg"], &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTerminal_escaping(t *testing.T) {
	const want = "  a <b> & \"c\"]]> 'd' +"
	row := terminalOf(t, want).Rows[1]
	if row.Spans[0].Text != want || row.Space != "preserve" {
		t.Errorf("got %+v, want %q", row, want)
	}
}

func TestTerminal_styles(t *testing.T) {
	row := terminalOf(t, "\x1b[1;4;31mred\x1b[0m plain").Rows[1]
	if s := row.Spans[0]; s.Fill != svg.Themes["dark"]["Red"] || s.Weight != "bold" || s.Decoration != "underline" || s.Text != "red" {
		t.Errorf("got %+v", s)
	}
	if s := row.Spans[1]; s.Fill != "" || s.Weight != "" || s.Decoration != "" || s.Text != " plain" {
		t.Errorf("got %+v", s)
	}
}

func TestTerminal_widthOfARow(t *testing.T) {
	if got := terminalOf(t, "│ ✓ \x1b[31mred\x1b[0m").Rows[1].Length; got != "54.6" { // 7 characters
		t.Errorf("got %s, want 54.6", got)
	}
}

// Every color that the parser knows is in every theme.
func TestTerminal_colors(t *testing.T) {
	for code, color := range colors {
		for name, theme := range svg.Themes {
			if color != "" && theme[color] == "" {
				t.Errorf("the theme %s has no %s, for code %s", name, color, code)
			}
		}
	}
}
