// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestLine_styles(t *testing.T) {
	for name, row := range map[string]struct {
		escape string
		want   style
	}{
		"color":                    {"\x1b[31m", style{Color: "Red"}},
		"bright black":             {"\x1b[90m", style{Color: "Faint"}},
		"bold and color":           {"\x1b[1;31m", style{Color: "Red", Bold: true}},
		"color, then bold":         {"\x1b[31m\x1b[1m", style{Color: "Red", Bold: true}},
		"bold, then not":           {"\x1b[1;36m\x1b[22m", style{Color: "Cyan"}},
		"underlined":               {"\x1b[4m", style{Underline: true}},
		"underlined, then not":     {"\x1b[4m\x1b[24m", style{}},
		"color reset":              {"\x1b[1;31m\x1b[39m", style{Bold: true}},
		"all reset":                {"\x1b[1;31m\x1b[m", style{}},
		"from the line before":     {"\x1b[31m\n", style{Color: "Red"}},
		"code that is not handled": {"\x1b[31;53m", style{Color: "Red"}},
	} {
		t.Run(name, func(t *testing.T) {
			lines := parse(row.escape + "text\x1b[0m")
			want := []span{{row.want, "text"}}
			if got := lines[len(lines)-1].spans(); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestLine_trailingSpace(t *testing.T) {
	lines := parse("    four\x1b[31m   \x1b[0m  \n")
	if len(lines) != 1 || lines[0].String() != "    four" || len(lines[0].spans()) != 1 {
		t.Errorf("got %q", lines)
	}
}

func TestLine_wrapped(t *testing.T) {
	words := strings.TrimSpace(strings.Repeat("words \x1b[32mof\x1b[0m lines ", 20))
	l := parse(words)[0]
	var got []string
	for _, row := range l.wrapped(100) {
		if len(row) > 100 {
			t.Errorf("a row has %d columns", len(row))
		}
		got = append(got, strings.Fields(row.String())...)
	}
	if want := strings.Fields(l.String()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLine_wrappedLongWord(t *testing.T) {
	rows := parse("abcdefgh ij")[0].wrapped(4)
	if got := text(rows); got != "abcd\nefgh\nij\n" {
		t.Errorf("got %q", got)
	}
}
