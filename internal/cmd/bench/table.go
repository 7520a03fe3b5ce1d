// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// print writes the figures as they are read in a terminal.
func (f figures) print(out io.Writer) {
	fmt.Fprintf(out, "\nPlans with %s, -parallelism=%d; %s; %d %s.\n", f.CLI, f.Parallelism, far.latency(), f.Machine.Cores, plural("core", f.Machine.Cores))
	fmt.Fprintf(out, "Times are medians of %d %s; plans above %.0f s run once.\nThe limit is ceil(instances / in flight) x (round trip + work) + 2 round trips.\nA plan that takes %.0f s more than its limit is stopped: it did not finish.\n\n", f.Runs, plural("run", f.Runs), long.Seconds(), spare.Seconds())
	f.printResults(out)
	fmt.Fprintln(out)
	f.printStalls(out)
	fmt.Fprintln(out)
	f.printTargets(out)
}

func (f figures) printResults(out io.Writer) {
	rows := [][]string{{
		"instances", "in flight", "zero latency", "with latency", "above", "limit", "ratio",
		"requests", "connections", "peak memory",
	}}
	for _, r := range f.Results {
		rows = append(rows, []string{
			grouped(r.Instances), strconv.Itoa(r.InFlight), r.Near.String(), r.Far.String(),
			r.Above.String(), r.Limit.String(), fmt.Sprintf("%.2f", r.Ratio),
			grouped(r.requests()), grouped(r.connections()), mebibytes(r.peakMemory()),
		})
	}
	labels := []string{""}
	for _, r := range f.Results {
		labels = append(labels, string(r.Subject))
	}
	printTable(out, labels, rows)
}

func (f figures) printStalls(out io.Writer) {
	labels, rows := []string{fmt.Sprintf("1 in %d stalls", stallEvery)}, [][]string{{"instances", "without stalls", "with stalls", "times", "requests"}}
	for _, r := range f.Results {
		if r.Stalls == nil {
			continue
		}
		times := ""
		if r.Stalls.finished() {
			times = fmt.Sprintf("%.2f", ratio(r.Stalls.Median, r.Far.Median))
		}
		labels = append(labels, string(r.Subject))
		rows = append(rows, []string{grouped(r.Instances), r.Far.String(), r.Stalls.String(), times, grouped(r.Stalls.requests())})
	}
	printTable(out, labels, rows)
}

func (f figures) printTargets(out io.Writer) {
	labels, rows := []string{"target"}, [][]string{{"measured", "goal", ""}}
	for _, t := range f.Targets {
		labels = append(labels, t.Name)
		rows = append(rows, []string{number(t.Value, t.Unit), t.Bound + " " + number(t.Goal, t.Unit), verdict(t.Met)})
	}
	printTable(out, labels, rows)
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "not met"
}

// number has as many decimals as the value needs.
func number(value float64, unit string) string {
	return strings.TrimSpace(strconv.FormatFloat(value, 'f', -1, 64) + " " + unit)
}

// printTable aligns the labels at the left and the rest at the right.
func printTable(out io.Writer, labels []string, rows [][]string) {
	width := 0
	for _, label := range labels {
		width = max(width, len(label))
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for i, row := range rows {
		fmt.Fprintf(table, "%-*s\t%s\t\n", width, labels[i], strings.Join(row, "\t"))
	}
	_ = table.Flush()
}
