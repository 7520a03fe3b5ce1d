// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

// fakeVariable makes this test binary a CLI that prints its arguments and the
// variable's value.
const fakeVariable = "DEMO_TEST_FAKE_CLI"

func TestMain(m *testing.M) {
	if output, fake := os.LookupEnv(fakeVariable); fake {
		fmt.Println(strings.Join(os.Args[1:], " "))
		fmt.Fprintln(os.Stderr, output)
		if os.Args[1] == "plan" {
			syscall.Exit(1)
		}
		syscall.Exit(0) // os.Exit writes a remark about coverage to the output
	}
	goleak.VerifyTestMain(m)
}
