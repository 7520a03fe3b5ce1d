// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// texts are those of a picture, which has to be well-formed.
func texts(t *testing.T, svg []byte) []string {
	t.Helper()
	var found []string
	var root string
	inText := false
	for decoder := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			if root != "svg" {
				t.Fatalf("the root is %q", root)
			}
			return found
		case err != nil:
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if root == "" {
				root = token.Name.Local
			}
			inText = token.Name.Local == "text"
		case xml.CharData:
			if inText {
				found = append(found, string(token))
			}
		case xml.EndElement:
			inText = false
		}
	}
}

const (
	nodesLegend = "wachat_instance_state with for_each"
	fleetLegend = "wachat_instance_states"
	wideLegend  = "wachat_instance_states, 100 requests in flight"
	peerLegend  = "hashicorp/http with for_each"
)

func TestPlotSaysWhatItShows(t *testing.T) {
	svg, err := plotOf(sampleFigures())
	if err != nil {
		t.Fatal(err)
	}
	got := texts(t, svg)
	for _, want := range []string{
		"What the network adds to a plan, against the least that it must add",
		"Simulated: 50 ms of round trip, 20 ms of work in the API. Terraform 1.11.4, medians of 3 runs.",
		"time above the same plan at zero latency", "0.1 s", "1 s", "10 s", "100 s",
		"instances that the plan reads", "1", "10", "100", "1,000", "10,000",
		"the limit with 10 requests in flight", "the limit with 100 requests in flight",
		nodesLegend, fleetLegend, wideLegend, peerLegend,
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	if !bytes.Contains(svg, []byte("sans-serif")) {
		t.Error("without the plot's own font the text has serifs")
	}
}

// marks counts the shapes of one colour: one in the legend, and one a result.
func marks(svg []byte, colour string) int {
	return strings.Count(string(svg), "fill:"+colour)
}

func TestPlotHasAMarkForEachResult(t *testing.T) {
	const blue, green, purple, orange = "#0969DA", "#4AC26B", "#8250DF", "#D15B00"
	for name, row := range map[string]struct {
		spoil func(*figures)
		want  map[string]int
	}{
		"with a peer": {
			func(*figures) {}, map[string]int{blue: 5, green: 6, purple: 2, orange: 5},
		},
		"without a peer there is nothing of it": {
			func(f *figures) { f.Results = f.Results[:10] }, map[string]int{blue: 5, green: 6, purple: 2, orange: 0},
		},
		"a time that drowned in noise has no place": {
			func(f *figures) { f.find(hundredNodes).Above = -second }, map[string]int{blue: 4, green: 6, purple: 2, orange: 5},
		},
		"nothing measured is an empty plot": {
			func(f *figures) { f.Results = nil }, map[string]int{blue: 0, green: 0, purple: 0, orange: 0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := sampleFigures()
			row.spoil(&f)
			svg, err := plotOf(f)
			if err != nil {
				t.Fatal(err)
			}
			for colour, want := range row.want {
				if got := marks(svg, colour); got != want {
					t.Errorf("%d marks in %s, want %d", got, colour, want)
				}
			}
			if hasPeer := slices.Contains(texts(t, svg), peerLegend); hasPeer != (row.want[orange] > 0) {
				t.Errorf("the peer in the legend: %t", hasPeer)
			}
		})
	}
}
