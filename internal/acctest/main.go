// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// pathVariable names the CLI for terraform-plugin-testing, and for us.
const pathVariable = "TF_ACC_TERRAFORM_PATH"

// prepared is the CLI that the tests run, with the provider of this tree. It is
// empty where TF_ACC is not set.
var prepared Workspace

// Main is the TestMain of a package with acceptance tests. It makes the
// environment that of a user who has configured nothing, finds the CLI, builds
// the provider, and looks for goroutines that the tests left.
//
// Run such tests with -count=1, or through make: go test does not notice that
// the CLI is another one, and repeats the result of the last run.
func Main(m *testing.M) {
	dir, err := os.MkdirTemp("", "terraform-provider-wachat-")
	if err == nil {
		err = prepare(context.Background(), dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "acceptance tests:", errors.Join(err, os.RemoveAll(dir)))
		os.Exit(1)
	}
	cleanup := goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(dir)
		os.Exit(code)
	})
	// The plugin server that terraform-plugin-testing runs never stops to read
	// what it has replaced standard output with.
	pluginServer := goleak.IgnoreAnyFunction("github.com/hashicorp/go-plugin.copyChan")
	goleak.VerifyTestMain(m, cleanup, pluginServer, goleak.IgnoreCurrent())
}

// prepare leaves the tests no variable that is personal but those of the tests
// themselves, and makes terraform-plugin-testing use the same CLI, with the
// addresses that this CLI gives to providers without one.
func prepare(ctx context.Context, dir string) error {
	for _, variable := range os.Environ() {
		if isPersonal(variable) && !strings.HasPrefix(variable, "TF_ACC") {
			name, _, _ := strings.Cut(variable, "=")
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	if !isAcceptance() {
		return nil
	}
	cli, err := Find(ctx, os.Getenv(pathVariable))
	if err != nil {
		return err
	}
	configFile, err := InstallOverride(ctx, dir)
	if err != nil {
		return err
	}
	prepared = Workspace{CLI: cli, ConfigFile: configFile}
	variables := map[string]string{pathVariable: cli.Path, "TF_CLI_CONFIG_FILE": os.DevNull, "CHECKPOINT_DISABLE": "1"}
	if IsOpenTofu() {
		variables["TF_ACC_PROVIDER_HOST"] = cli.Registry()
		variables["TF_ACC_PROVIDER_NAMESPACE"] = "hashicorp"
	}
	for name, value := range variables {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}

func isAcceptance() bool { return os.Getenv("TF_ACC") != "" }

// Root is the directory of the repository.
func Root(t *testing.T) string {
	t.Helper()
	root, err := RepositoryRoot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// ReadFile returns the text of a file. A file that cannot be read ends the test.
func ReadFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
