// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/xml"
	"slices"
	"testing"
)

func TestTimelineShowsEachAnswerAtItsMoment(t *testing.T) {
	row := gate{
		label{"a <gate>", "& its note"},
		[...]answer{stops("stops", "a note"), silent("is silent"), warns("warns")},
	}
	picture, err := timeline(themes[0], []gate{row})
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Texts []string `xml:"g>text"`
		Marks []struct {
			Symbol string `xml:"href,attr"`
			X      int    `xml:"x,attr"`
		} `xml:"g>use"`
	}
	if err := xml.NewDecoder(bytes.NewReader(picture)).Decode(&d); err != nil {
		t.Fatal(err)
	}

	for _, want := range []string{"a <gate>", "& its note", "stops", "a note", "is silent", "warns"} {
		if !slices.Contains(d.Texts, want) {
			t.Errorf("%q is not in %q", want, d.Texts)
		}
	}
	if len(d.Marks) != len(moments) {
		t.Fatalf("got %d marks, want one a moment", len(d.Marks))
	}
	for i, want := range []string{"#stops", "#silent", "#warns"} {
		if mark := d.Marks[i]; mark.Symbol != want || mark.X != momentAt[i] {
			t.Errorf("at moment %d: %+v, want %s at %d", i, mark, want, momentAt[i])
		}
	}
}

func TestGatesSayInWordsWhatTheMarksShow(t *testing.T) {
	for _, g := range gates {
		for i, a := range g.answers {
			if a.Name == "" || a.Mark == "" {
				t.Errorf("%s has no answer at %s", g.Name, moments[i].Name)
			}
		}
	}
}
