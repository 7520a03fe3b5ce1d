// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"slices"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

func TestTimeline_effects(t *testing.T) {
	row := gate{label{"a <gate>", "& its note"}, [...]effect{stops("stops", "a note"), absent, passes}}
	pictures := svg.Pictures{}
	if err := pictures.Draw("gates", timelineTemplate, newDiagram([]gate{row})); err != nil {
		t.Fatal(err)
	}
	var d struct {
		Symbols []struct {
			ID string `xml:"id,attr"`
		} `xml:"defs>g"`
		Texts []string `xml:"g>text"`
		Marks []struct {
			Symbol string `xml:"href,attr"`
			X      int    `xml:"x,attr"`
		} `xml:"g>use"`
	}
	if err := xml.Unmarshal(pictures["gates-light.svg"], &d); err != nil {
		t.Fatal(err)
	}

	for _, want := range []string{"a <gate>", "& its note", "stops", "a note", "does not run", "lets it through"} {
		if !slices.Contains(d.Texts, want) {
			t.Errorf("%q is not in %q", want, d.Texts)
		}
	}
	if len(d.Marks) != len(moments) {
		t.Fatalf("got %d marks, want one for each moment", len(d.Marks))
	}
	for i, want := range []string{"#stops", "#absent", "#passes"} {
		if mark := d.Marks[i]; mark.Symbol != want || mark.X != momentAt[i] {
			t.Errorf("at moment %d: %+v, want %s at %d", i, mark, want, momentAt[i])
		}
	}
}

// Effects that differ in words differ in their marks.
func TestGates_marks(t *testing.T) {
	words := map[string]string{}
	for _, g := range gates {
		for i, e := range g.effects {
			word := e.Name
			if e.Mark == "stops" {
				word = "stops"
			}
			if e.Name == "" || e.Mark == "" {
				t.Errorf("%s has no effect at %s", g.Name, moments[i].Name)
			}
			if former := words[e.Mark]; former != "" && former != word {
				t.Errorf("the mark %s is for %q and %q", e.Mark, former, word)
			}
			words[e.Mark] = word
		}
	}
	if len(words) != 4 {
		t.Errorf("got %d marks, want 4", len(words))
	}
}
