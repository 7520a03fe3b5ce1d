// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package cli_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
)

// hangs makes this test binary a command that ends well when interrupted.
const hangs = "CLI_TEST_HANG"

func TestMain(m *testing.M) {
	if os.Getenv(hangs) != "" {
		interrupted := make(chan os.Signal, 1)
		signal.Notify(interrupted, os.Interrupt)
		fmt.Println("ready")
		<-interrupted
		fmt.Println("tidied up")
		return
	}
	goleak.VerifyTestMain(m)
}

func TestEnvironmentHasNothingOfTheUsersTerraform(t *testing.T) {
	for _, variable := range []string{
		"TF_LOG", "TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_DATA_DIR", "TF_WORKSPACE", "TF_IN_AUTOMATION",
		"TF_PLUGIN_CACHE_DIR", "TF_REATTACH_PROVIDERS", "TF_VAR_instance_name", "TF_CLI_CONFIG_FILE",
	} {
		t.Setenv(variable, "the user's")
	}
	t.Setenv("CLI_TEST_OTHER", "stays")

	env := cli.Environment("/work/config", "TF_VAR_instance_name=shop", "WACHAT_API_KEY=key")

	for _, variable := range env {
		if name, isUsers := strings.CutSuffix(variable, "=the user's"); isUsers {
			t.Errorf("%s is inherited", name)
		}
	}
	for _, want := range []string{
		"CLI_TEST_OTHER=stays", "CHECKPOINT_DISABLE=1", "TF_INPUT=0", "TF_CLI_CONFIG_FILE=/work/config",
		"TF_VAR_instance_name=shop", "WACHAT_API_KEY=key",
	} {
		if !slices.Contains(env, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestRepositoryRootIsThatOfThisModule(t *testing.T) {
	root, err := cli.RepositoryRoot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "internal", "cmd", "internal", "cli")); err != nil {
		t.Errorf("%s is not the root: %v", root, err)
	}
}

func TestRepositoryRootOutsideOfAClone(t *testing.T) {
	t.Chdir(t.TempDir())
	if root, err := cli.RepositoryRoot(t.Context()); err == nil {
		t.Errorf("got %s, want an error", root)
	}
}

func TestInterruptOnCancelLetsACommandTidyUp(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the console interrupts, which a test cannot do for one command")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), hangs+"=1")
	cli.InterruptOnCancel(cmd)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}

	var lines []string
	for scanner := bufio.NewScanner(stdout); scanner.Scan(); {
		lines = append(lines, scanner.Text())
		cancel()
	}
	_ = cmd.Wait() // it is the context's error
	if want := []string{"ready", "tidied up"}; !slices.Equal(lines, want) || cmd.ProcessState.ExitCode() != 0 {
		t.Errorf("printed %q and ended with %d, want %q and 0", lines, cmd.ProcessState.ExitCode(), want)
	}
}
