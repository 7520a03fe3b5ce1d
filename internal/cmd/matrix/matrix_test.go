// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/wachat-net/terraform-provider-wachat/internal/tfcli"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const events = `{"Action":"start"}
{"Action":"run","Test":"TestAccA"}
{"Action":"run","Test":"TestAccA/one"}
{"Action":"pass","Test":"TestAccA/one"}
{"Action":"run","Test":"TestAccA/two"}
{"Action":"output","Test":"TestAccA/two","Output":"    a_test.go:1: Terraform v1.0.11 has no check blocks\n"}
{"Action":"skip","Test":"TestAccA/two"}
{"Action":"pass","Test":"TestAccA"}
{"Action":"run","Test":"TestAccB"}
{"Action":"output","Test":"TestAccB","Output":"    b_test.go:7: not so\n"}
{"Action":"fail","Test":"TestAccB"}
{"Action":"run","Test":"TestAccC"}
`

func read(t *testing.T) results {
	t.Helper()
	r, err := readEvents(strings.NewReader(events))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestResults_line(t *testing.T) {
	// A test that did not end failed.
	const want = "passed 1, skipped 1 (no check blocks 1), failed 2"
	if got := read(t).String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestResults_failures(t *testing.T) {
	var out bytes.Buffer
	read(t).printFailures(&out)
	if want := "--- TestAccB\n    b_test.go:7: not so\n--- TestAccC\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestResults_otherSkipReason(t *testing.T) {
	r := &result{action: "skip", output: "=== RUN   TestAccA\n    a_test.go:1: needs Linux\n--- SKIP: TestAccA (0.00s)\n"}
	if got := r.skipReason(); got != "needs Linux" {
		t.Errorf("got %q", got)
	}
}

func TestReadEvents_brokenOutput(t *testing.T) {
	if r, err := readEvents(strings.NewReader("panic: no JSON")); err == nil {
		t.Errorf("got %v, want an error", r)
	}
}

func TestNotExercised(t *testing.T) {
	passed := map[string]bool{}
	if got := notExercised(passed); len(got) != len(gates) {
		t.Errorf("without a test that passed, %d of %d rows are missing", len(got), len(gates))
	}
	for _, tests := range gates {
		for _, test := range tests {
			passed["instancestate/"+test] = true
		}
	}
	if got := notExercised(passed); len(got) > 0 {
		t.Errorf("with all tests passed, %q are missing", got)
	}
	delete(passed, "instancestate/TestAccGates_checkBlock")
	if got := notExercised(passed); !slices.Equal(got, []string{"`check` block"}) {
		t.Errorf("without the check block's test, %q are missing", got)
	}
}

// firstCell matches the rows of a table whose cells are more than dashes.
var firstCell = regexp.MustCompile(`(?m)^\| ([^|]+?) \|`)

func TestGates_areThoseOfTheDocs(t *testing.T) {
	root, err := tfcli.RepositoryRoot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "templates", "index.md.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## When each gate runs\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var rows []string
	for _, cell := range firstCell.FindAllStringSubmatch(section, -1) {
		if cell[1] != "Gate" {
			rows = append(rows, cell[1])
		}
	}
	slices.Sort(rows)
	if want := slices.Sorted(maps.Keys(gates)); !slices.Equal(rows, want) {
		t.Errorf("the table has the rows\n%q\nand the matrix\n%q", rows, want)
	}
}

func TestRun_withoutACLI(t *testing.T) {
	if err := run(t.Context(), &bytes.Buffer{}, nil); err == nil {
		t.Error("it succeeded")
	}
}
