// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
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
	case "terraform that hangs":
		interrupted := make(chan os.Signal, 1)
		signal.Notify(interrupted, os.Interrupt)
		<-interrupted
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

func TestOptions_parse(t *testing.T) {
	for name, row := range map[string]struct {
		args []string
		want options
		fail bool
	}{
		"no flags":   {want: options{runs: 3}},
		"all flags":  {args: []string{"-runs", "1", "-quick", "-out", "here"}, want: options{runs: 1, quick: true, out: "here"}},
		"two peers":  {args: []string{"-peer", "http=a", "-peer", "restful=b=c"}, want: options{runs: 3, peers: []peer{{peerHTTP, "a"}, {peerRestful, "b=c"}}}},
		"no runs":    {args: []string{"-runs", "0"}, fail: true},
		"argument":   {args: []string{"quick"}, fail: true},
		"other flag": {args: []string{"-fast"}, fail: true},
		"other peer": {args: []string{"-peer", "wachat=a"}, fail: true},
		"no path":    {args: []string{"-peer", "http="}, fail: true},
		"no name":    {args: []string{"-peer", "a"}, fail: true},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parse(row.args, io.Discard)
			if (err != nil) != row.fail || !reflect.DeepEqual(got, row.want) {
				t.Errorf("got %+v, %v; want %+v", got, err, row.want)
			}
		})
	}
}

func TestOptions_outDir(t *testing.T) {
	for name, row := range map[string]struct {
		options options
		want    string
	}{
		"all sizes":              {options{}, "/repository/.github/assets"},
		"quick":                  {options{quick: true}, ""},
		"quick, to a directory":  {options{quick: true, out: "here"}, "here"},
		"all sizes, to the same": {options{out: "here"}, "here"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.options.outDir("/repository"); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
