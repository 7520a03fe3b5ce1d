// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// report is the results, for machines as it is.
type report struct {
	Target  string   `json:"target"`
	Results []result `json:"assumptions"`
	Unknown []member `json:"unknown_members"`
}

// result is one assumption, compared with what was seen.
type result struct {
	Name         string   `json:"name"`
	Question     string   `json:"question"`
	Verdict      verdict  `json:"verdict"`
	Seen         string   `json:"seen"`
	ProviderFits bool     `json:"provider_fits"`
	Otherwise    string   `json:"otherwise"`
	ReliedOnBy   []string `json:"relied_on_by"`
}

// holds reports whether nothing differs from what is assumed.
func (r *report) holds() bool { return r.count(differs)+r.count(broken) == 0 }

func (r *report) count(v verdict) int {
	n := 0
	for _, result := range r.Results {
		if result.Verdict == v {
			n++
		}
	}
	return n
}

func (r *report) writeJSON(out io.Writer) {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(r)
}

var marks = map[verdict]string{holds: "ok", differs: "DIFFERS", broken: "BROKEN", unseen: "-"}

func (r *report) writeText(out io.Writer) {
	fmt.Fprintf(out, "Contract of %s\n\n", r.Target)
	for _, result := range r.Results {
		result.writeText(out)
	}
	fmt.Fprintf(out, "\ncontract: %d passed, %d failed, %d skipped\n", r.count(holds), r.count(differs)+r.count(broken), r.count(unseen))
}

func (r result) writeText(out io.Writer) {
	fmt.Fprintf(out, "%-7s  %s: %s\n         seen: %s\n", marks[r.Verdict], r.Name, r.Question, r.Seen)
	if r.Verdict == differs {
		fmt.Fprintf(out, "         the provider fits: %s\n", r.Otherwise)
	}
	if r.Verdict == broken {
		fmt.Fprintf(out, "         the provider does not fit: %s\n", r.Otherwise)
	}
	fmt.Fprintf(out, "         relied on by: %s\n", strings.Join(r.ReliedOnBy, ", "))
}
