// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

// fakeVariable makes this test binary a CLI that prints its arguments on
// standard output and the variable's value on standard error.
const fakeVariable = "TFCLI_TEST_FAKE"

func TestMain(m *testing.M) {
	if output, fake := os.LookupEnv(fakeVariable); fake {
		syscall.Exit(fakeCLI(output)) // os.Exit writes a remark about coverage to the output
	}
	goleak.VerifyTestMain(m)
}

// fakeCLI fails plans, and on "hang" runs until it is interrupted.
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
		fmt.Println("cleaning up")
	}
	return 0
}

// newFake is a workspace whose CLI is the fake.
func newFake(t *testing.T, output string) Workspace {
	t.Helper()
	return Workspace{
		CLI: CLI{Path: executable(t)},
		Dir: t.TempDir(),
		Env: []string{fakeVariable + "=" + output, "GORACE=atexit_sleep_ms=0"},
	}
}

func executable(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
