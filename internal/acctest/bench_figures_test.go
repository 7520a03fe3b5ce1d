// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// printPlans prints a row for each number of instances and reader.
func printPlans(b *testing.B, plans []plan) {
	b.Helper()
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\ninstances\treader\tclean\trequests/instance\t1 in %d stalls\trequests/instance\tstalled/clean\t\n", stallEvery)
	for _, clean := range plans {
		if clean.Stalls {
			continue
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%.2f\t", clean.Instances, clean.Reader, clean.time(), clean.Requests)
		i := slices.IndexFunc(plans, func(p plan) bool {
			return p.Stalls && p.Reader == clean.Reader && p.Instances == clean.Instances
		})
		if i < 0 {
			fmt.Fprint(w, "\t\t\t\n")
			continue
		}
		stalled, ratio := plans[i], "-"
		if !clean.Unfinished && !stalled.Unfinished {
			ratio = fmt.Sprintf("%.2f", stalled.Seconds/clean.Seconds)
		}
		fmt.Fprintf(w, "%s\t%.2f\t%s\t\n", stalled.time(), stalled.Requests, ratio)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
}

func (p *plan) time() string {
	if p.Unfinished {
		return "did not finish"
	}
	return fmt.Sprintf("%.2f s", p.Seconds)
}

// figures are what one run of the benchmark has found, and where.
type figures struct {
	Date       string            `json:"date"`
	CLI        string            `json:"cli"`
	Providers  map[string]string `json:"providers"` // the version in each binary
	Go         string            `json:"go"`
	Machine    string            `json:"machine"`
	RoundTrip  float64           `json:"round_trip_seconds"`
	APIWork    float64           `json:"api_work_seconds"`
	StallEvery int               `json:"stall_every"`
	Plans      []plan            `json:"plans"`
}

// writeFigures writes what bench.vl.json plots.
func writeFigures(b *testing.B, file string, workspace acctest.Workspace, plans []plan) {
	b.Helper()
	f := figures{
		Date:       time.Now().UTC().Format(time.DateOnly),
		CLI:        workspace.CLI.String(),
		Providers:  map[string]string{},
		Go:         runtime.Version(),
		Machine:    fmt.Sprintf("%s/%s, %d cores", runtime.GOOS, runtime.GOARCH, runtime.NumCPU()),
		RoundTrip:  roundTrip.Seconds(),
		APIWork:    apiWork.Seconds(),
		StallEvery: stallEvery,
		Plans:      plans,
	}
	binaries, err := filepath.Glob(filepath.Join(filepath.Dir(workspace.ConfigFile), "terraform-provider-*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, binary := range binaries {
		info, err := buildinfo.ReadFile(binary)
		if err != nil {
			b.Fatal(err)
		}
		f.Providers[info.Main.Path] = info.Main.Version
	}
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		b.Fatal(err)
	}
	writeFile(b, file, append(text, '\n'), 0o644)
}
