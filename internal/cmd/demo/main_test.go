// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

// fakeVariable makes this test binary a CLI that prints its command line and
// the variable's value.
const fakeVariable = "DEMO_TEST_FAKE_CLI"

func TestMain(m *testing.M) {
	if output, fake := os.LookupEnv(fakeVariable); fake {
		syscall.Exit(fakeCLI(output)) // os.Exit writes a remark about coverage to the output
	}
	goleak.VerifyTestMain(m)
}

// fakeCLI fails its plans, and hangs on demand until it is interrupted.
func fakeCLI(output string) int {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	fmt.Println(strings.Join(os.Args[1:], " "))
	fmt.Fprintln(os.Stderr, output)
	switch os.Args[1] {
	case "plan":
		return 1
	case "hang":
		<-interrupted
		fmt.Println("tidying up")
	}
	return 0
}

// newFakeCLI is the fake as the demo's CLI.
func newFakeCLI(t *testing.T, output string) cli {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return cli{path: path, env: append(os.Environ(), fakeVariable+"="+output, "GORACE=atexit_sleep_ms=0")}
}
