// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// roleVariable makes this test binary another program.
const roleVariable = "BENCH_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "broken terraform":
		fmt.Fprintln(os.Stderr, "Error: no such provider")
		os.Exit(1)
	case "large process":
		beLarge()
		return
	}
	goleak.VerifyTestMain(m)
}

// beLarge holds largeSize bytes until its input ends.
func beLarge() {
	memory := make([]byte, largeSize)
	for i := 0; i < len(memory); i += os.Getpagesize() {
		memory[i] = 1
	}
	fmt.Println("large")
	_, _ = io.Copy(io.Discard, os.Stdin)
	fmt.Println(memory[0])
}

const largeSize = 64 << 20

func TestCommandLine(t *testing.T) {
	for name, row := range map[string]struct {
		args []string
		want options
		fail bool
	}{
		"nothing is three runs of all":   {want: options{runs: 3}},
		"all flags":                      {args: []string{"-runs", "1", "-quick", "-out", "here", "-peer-http", "there"}, want: options{1, true, "here", "there"}},
		"no runs measure nothing":        {args: []string{"-runs", "0"}, fail: true},
		"an argument is not understood":  {args: []string{"quick"}, fail: true},
		"an unknown flag is refused":     {args: []string{"-fast"}, fail: true},
		"a peer needs the binary's path": {args: []string{"-peer-http"}, fail: true},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parse(row.args, io.Discard)
			if (err != nil) != row.fail || got != row.want {
				t.Errorf("got %+v, %v; want %+v", got, err, row.want)
			}
		})
	}
}

func TestWhereTheFiguresGo(t *testing.T) {
	for name, row := range map[string]struct {
		options options
		want    string
	}{
		"of all plans to the repository":     {options{}, "/repository/.github/assets"},
		"of a quick run nowhere":             {options{quick: true}, ""},
		"of a quick run where one asks for":  {options{quick: true, out: "here"}, "here"},
		"of all plans to where one asks for": {options{out: "here"}, "here"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.options.outDir("/repository"); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
