// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

// Terraform is a working directory in which a test runs commands as a user
// does, with the provider built from this tree.
type Terraform struct {
	t   *testing.T
	dir string
	env []string
}

// Result is how a command ended.
type Result struct {
	ExitCode int
	Output   string // standard output and standard error, in the order written
}

// requirement is the file versions.tf of a working directory.
const requirement = `terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}
`

// NewTerraform makes a working directory from files, by name; one more says
// which provider they mean, unless one of theirs does. It skips the test where there is no Terraform to run.
func NewTerraform(t *testing.T, files map[string]string) *Terraform {
	t.Helper()
	SkipUnlessAcceptance(t)
	dir := t.TempDir()
	if !strings.Contains(strings.Join(slices.Collect(maps.Values(files)), "\n"), "required_providers") {
		write(t, filepath.Join(dir, "versions.tf"), requirement)
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	cli := filepath.Join(t.TempDir(), "terraform.rc")
	write(t, cli, fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", "wachat-net/wachat", providerDir(t)))
	return &Terraform{t: t, dir: dir, env: []string{"TF_CLI_CONFIG_FILE=" + cli}}
}

// Setenv sets a variable for the commands that follow.
func (tf *Terraform) Setenv(name, value string) { tf.env = append(tf.env, name+"="+value) }

// Write writes a file in the working directory.
func (tf *Terraform) Write(name, text string) { write(tf.t, tf.Path(name), text) }

// Path is where a file of the working directory is.
func (tf *Terraform) Path(name string) string { return filepath.Join(tf.dir, name) }

// Run runs a command without colours and returns how it ended.
func (tf *Terraform) Run(args ...string) Result {
	tf.t.Helper()
	var output bytes.Buffer
	command := exec.CommandContext(tf.t.Context(), path(), args...)
	command.Dir = tf.dir
	command.Env = append(cleanEnvironment(), tf.env...)
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tf.t.Fatal(err)
	}
	return Result{ExitCode: command.ProcessState.ExitCode(), Output: output.String()}
}

// MustRun runs a command that has to succeed, and returns what it printed.
func (tf *Terraform) MustRun(args ...string) string {
	tf.t.Helper()
	result := tf.Run(args...)
	if result.ExitCode != 0 {
		tf.t.Fatalf("terraform %s ended with %d:\n%s", strings.Join(args, " "), result.ExitCode, result.Output)
	}
	return result.Output
}

// MustFail runs a command that has to fail, and returns what it printed in one
// line, without the frame that Terraform draws around an error and breaks it by.
func (tf *Terraform) MustFail(args ...string) string {
	tf.t.Helper()
	result := tf.Run(args...)
	if result.ExitCode == 0 {
		tf.t.Fatalf("terraform %s succeeded:\n%s", strings.Join(args, " "), result.Output)
	}
	return OneLine(result.Output)
}

// OneLine takes off the frame that Terraform draws around a diagnostic, and
// where it breaks the lines.
func OneLine(output string) string {
	return strings.Join(strings.FieldsFunc(output, func(r rune) bool { return strings.ContainsRune(" \n\t│╷╵", r) }), " ")
}

func cleanEnvironment() []string {
	env := []string{"CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0", "TF_CLI_ARGS=-no-color"}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, "TF_") && !strings.HasPrefix(name, "WACHAT_") && !strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			env = append(env, variable)
		}
	}
	return env
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// built is the directory of the provider's binary, one for each test process.
var built struct {
	once sync.Once
	dir  string
	err  error
}

func providerDir(t *testing.T) string {
	t.Helper()
	built.once.Do(func() { built.dir, built.err = build() })
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.dir
}

func build() (string, error) {
	dir, err := os.MkdirTemp("", "terraform-provider-wachat-*")
	if err != nil {
		return "", err
	}
	name := "terraform-provider-wachat"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	command := exec.CommandContext(context.Background(), "go", "build", "-o", filepath.Join(dir, name), Root())
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("the provider does not build: %w\n%s", err, output)
	}
	return dir, nil
}

// Main is the TestMain of a package with acceptance tests: it removes the built
// provider when the tests have run, and looks for goroutines that they left.
func Main(m *testing.M) {
	removeBuilt := goleak.Cleanup(func(code int) {
		if built.dir != "" {
			_ = os.RemoveAll(built.dir)
		}
		os.Exit(code)
	})
	// The plugin server that terraform-plugin-testing runs never stops to read
	// what it has replaced standard output with.
	pluginServer := goleak.IgnoreAnyFunction("github.com/hashicorp/go-plugin.copyChan")
	goleak.VerifyTestMain(m, removeBuilt, pluginServer)
}

// Root is the directory of the repository.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}
