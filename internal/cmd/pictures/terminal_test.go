// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// drawing is what the tests read of a picture of a terminal.
type drawing struct {
	Rows []struct {
		Length string `xml:"textLength,attr"`
		Space  string `xml:"http://www.w3.org/XML/1998/namespace space,attr"`
		Plain  string `xml:",chardata"`
		Spans  []struct {
			Fill       string `xml:"fill,attr"`
			Weight     string `xml:"font-weight,attr"`
			Decoration string `xml:"text-decoration,attr"`
			Text       string `xml:",chardata"`
		} `xml:"tspan"`
	} `xml:"g>text"`
}

func TestTerminalEscapesText(t *testing.T) {
	picture := terminalOf(t, "a <b> & \"c\"]]> 'd'")
	if got := picture.Rows[1].Plain; got != "a <b> & \"c\"]]> 'd'" {
		t.Errorf("got %q", got)
	}
}

func TestTerminalMapsColoursToThePalette(t *testing.T) {
	red, grey := themes[0].ANSI[ansi.Red], themes[0].ANSI[ansi.BrightBlack]
	for name, tt := range map[string]struct{ escape, fill, weight, decoration string }{
		"a colour":                 {"\x1b[31m", red, "", ""},
		"a bright colour":          {"\x1b[90m", grey, "", ""},
		"a colour of 256":          {"\x1b[38;5;1m", red, "", ""},
		"bold and a colour":        {"\x1b[1;31m", red, "bold", ""},
		"a colour and then bold":   {"\x1b[31m\x1b[1m", red, "bold", ""},
		"underlined":               {"\x1b[4m", "", "", "underline"},
		"the colour is reset":      {"\x1b[1;31m\x1b[39m", "", "bold", ""},
		"a style from a line back": {"\x1b[31m\n", red, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows := terminalOf(t, tt.escape+"text\x1b[0m").Rows
			spans := rows[len(rows)-1].Spans
			if len(spans) != 1 {
				t.Fatalf("got %d spans, want 1", len(spans))
			}
			if s := spans[0]; s.Text != "text" || s.Fill != tt.fill || s.Weight != tt.weight || s.Decoration != tt.decoration {
				t.Errorf("got %+v, want %+v", s, tt)
			}
		})
	}
}

func TestTerminalKeepsIndentationAndDropsWhatIsInvisible(t *testing.T) {
	picture := terminalOf(t, "    four\x1b[31m   \x1b[0m  ")
	if row := picture.Rows[1]; row.Plain != "    four" || row.Space != "preserve" || len(row.Spans) != 0 {
		t.Errorf("got %+v", row)
	}
}

func TestTerminalSetsTheWidthOfARow(t *testing.T) {
	if got := terminalOf(t, "│ ✓ \x1b[31mred\x1b[0m").Rows[1].Length; got != "54.6" { // 7 characters
		t.Errorf("got %s, want 54.6", got)
	}
}

func TestTerminalWrapsBetweenWords(t *testing.T) {
	words := strings.TrimSpace(strings.Repeat("words \x1b[32mof\x1b[0m lines ", 20))
	var got []string
	for _, row := range wrapped(linesOf(words)[0]) {
		if len(row) > columns {
			t.Errorf("a row has %d columns", len(row))
		}
		got = append(got, strings.Fields(row.String())...)
	}
	if want := strings.Fields(ansi.Strip(words)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func terminalOf(t *testing.T, output string) drawing {
	t.Helper()
	picture, err := terminal(themes[0], linesOf(output))
	if err != nil {
		t.Fatal(err)
	}
	var d drawing
	if err := xml.NewDecoder(bytes.NewReader(picture)).Decode(&d); err != nil {
		t.Fatal(err)
	}
	return d
}
