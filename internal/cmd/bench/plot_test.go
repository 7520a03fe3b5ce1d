// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

// drawing is what the tests read of a plot.
type drawing struct {
	XMLName xml.Name `xml:"svg"`
	Texts   []string `xml:"g>text"`
	Groups  []struct {
		Fill  string   `xml:"fill,attr"`
		Ticks []string `xml:"text"`
		Uses  []struct {
			Symbol string  `xml:"href,attr"`
			X      float64 `xml:"x,attr"`
			Y      float64 `xml:"y,attr"`
		} `xml:"use"`
	} `xml:"g>g"`
	Bars []struct {
		Fill   string  `xml:"fill,attr"`
		Width  float64 `xml:"width,attr"`
		Dashes string  `xml:"stroke-dasharray,attr"`
	} `xml:"g>rect"`
}

// drawn is the plot for a light page.
func drawn(t *testing.T, f figures) drawing {
	t.Helper()
	plots := svg.Pictures{}
	if err := plots.Draw("bench", plotTemplate, newPlot(f)); err != nil {
		t.Fatal(err)
	}
	var d drawing
	if err := xml.Unmarshal(plots["bench-light.svg"], &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPlot_texts(t *testing.T) {
	d := drawn(t, sampleFigures())
	for _, want := range []string{
		"What the network adds to a plan, and the limit for any client",
		"Simulated: 50 ms of round trip, 20 ms of work in the API. Terraform v1.11.4, medians of 3 runs, above 15 s one run.",
		"time above the same plan at zero latency", "instances that the plan reads",
		"limit with 10 requests in flight", "limit with 100 requests in flight",
		"wachat_instance_state with for_each", "wachat_instance_states", "wachat_instance_states, 100 requests in flight",
		`data "http" with for_each`, "restful_resource with for_each",
		"When 1 in 100 first requests never gets an answer",
		"wachat_instance_states, 1,000", "8.69 s (8.19 s without)",
		`data "http" with for_each, 100`, "stopped after 60 s (1.03 s without)",
	} {
		if !slices.Contains(d.Texts, want) {
			t.Errorf("%q is missing in %q", want, d.Texts)
		}
	}
	if want := []string{"100 s", "10 s", "1 s", "0.1 s", "1", "10", "100", "1,000", "10,000"}; !sameElements(d.Groups[0].Ticks, want) {
		t.Errorf("the ticks are %q, want %q", d.Groups[0].Ticks, want)
	}
}

func sameElements(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// marks counts the symbols of one color: one in the legend, and one a result.
func (d drawing) marks(color string) int {
	count := 0
	for _, g := range d.Groups {
		if g.Fill == svg.Themes["light"][color] {
			count += len(g.Uses)
		}
	}
	return count
}

func TestPlot_marks(t *testing.T) {
	for name, row := range map[string]struct {
		change func(*figures)
		want   map[string]int
	}{
		"with peers": {
			func(*figures) {}, map[string]int{"Blue": 5, "Green": 6, "Purple": 2, "Orange": 5, "Red": 5},
		},
		"without peers": {
			func(f *figures) { f.Results = f.Results[:10] }, map[string]int{"Blue": 5, "Green": 6, "Purple": 2},
		},
		"difference smaller than the noise": {
			func(f *figures) { f.find(hundredNodes).Above = -second }, map[string]int{"Blue": 4, "Green": 6, "Purple": 2, "Orange": 5, "Red": 5},
		},
		"no results": {func(f *figures) { f.Results = nil }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			f := sampleFigures()
			row.change(&f)
			d := drawn(t, f)
			for _, color := range []string{"Blue", "Green", "Purple", "Orange", "Red"} {
				if got := d.marks(color); got != row.want[color] {
					t.Errorf("%d marks in %s, want %d", got, color, row.want[color])
				}
			}
		})
	}
}

// A result at the limit lies on the line of the limit.
func TestPlot_markOnLimit(t *testing.T) {
	f := sampleFigures()
	hundred := f.find(workload{fleet, 100, 10})
	hundred.Above = hundred.Limit
	p := newPlot(f)
	var found mark
	for _, c := range p.Curves {
		if c.subject == fleet && c.inFlight == parallelism {
			found = c.Marks[2]
		}
	}
	x, y := 0.0, 0.0
	for _, step := range strings.FieldsFunc(strings.ReplaceAll(p.Limits[0].Path, "V", "HV"), func(r rune) bool { return r == 'H' }) {
		if vertical, isVertical := strings.CutPrefix(step, "V"); isVertical {
			y = number64(t, vertical)
		} else if x, _ = strconv.ParseFloat(step, 64); x >= found.X {
			break
		}
	}
	if x < found.X || y-found.Y > 1 || found.Y-y > 1 {
		t.Errorf("the mark is at %v, the limit there at %v, %v", found, x, y)
	}
}

func number64(t *testing.T, text string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestPlot_axis(t *testing.T) {
	a := axis{least: 0.1, most: 1_000, from: 300, to: 100}
	for value, want := range map[float64]float64{0.1: 300, 1: 250, 10: 200, 1_000: 100} {
		if got := a.at(value); got != want {
			t.Errorf("%v is at %v, want %v", value, got, want)
		}
	}
}

func TestPlot_stalls(t *testing.T) {
	d := drawn(t, sampleFigures())
	bars := d.Bars
	if len(bars) != 2*5 {
		t.Fatalf("got %d bars, want 2 for each of 5 results", len(bars))
	}
	theme := svg.Themes["light"]
	for i, want := range []struct {
		color         string
		with, without float64
		didNotFinish  bool
	}{
		{"Blue", 1.53, 1.03, false},
		{"Green", 1.53, 1.03, false},
		{"Green", 8.685, 8.185, false},
		{"Orange", 8.685, 1.03, true},
		{"Red", 8.685, 1.03, true},
	} {
		with, without := bars[2*i], bars[2*i+1]
		if (with.Fill == "none") != want.didNotFinish || (with.Dashes != "") != want.didNotFinish ||
			!want.didNotFinish && with.Fill != theme[want.color] || without.Fill != theme["Faint"] {
			t.Errorf("bar %d: %+v and %+v, want %s", i, with, without, want.color)
		}
		if scale := barsWidth / 8.685; !near(with.Width, want.with*scale) || !near(without.Width, want.without*scale) {
			t.Errorf("bar %d: widths %v and %v, want %v and %v", i, with.Width, without.Width, want.with*scale, want.without*scale)
		}
	}
}

func near(a, b float64) bool { return a-b < 0.1 && b-a < 0.1 }

// With noise, a plan with stalls can take less time than one without.
func TestPlot_stallsFaster(t *testing.T) {
	f := sampleFigures()
	f.find(fleetOf1000).Far.Median = 10 * second
	b := newPlot(f).Stalls.Bars[2]
	if !near(b.Without, barsWidth) || b.With >= b.Without || b.TextX < barsLeft+b.Without {
		t.Errorf("got %+v, want all of it in %d pixels", b, barsWidth)
	}
}

func TestPlot_noStalls(t *testing.T) {
	f := sampleFigures()
	for i := range f.Results {
		f.Results[i].Stalls = nil
	}
	if p := newPlot(f); p.Stalls != nil || p.Height >= newPlot(sampleFigures()).Height {
		t.Errorf("the plot has %+v and a height of %d", p.Stalls, p.Height)
	}
}
