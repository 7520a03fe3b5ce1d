// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/wachat-net/terraform-provider-wachat/internal/tfcli"
)

// Main is the TestMain of a package with acceptance tests. It makes the
// environment that of a user who has configured nothing, finds the CLI, removes
// the built provider afterwards, and looks for goroutines that the tests left.
func Main(m *testing.M) {
	if err := prepare(); err != nil {
		fmt.Fprintln(os.Stderr, "acceptance tests:", err)
		os.Exit(1)
	}
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

// pathVariable names the CLI for terraform-plugin-testing, and for us.
const pathVariable = "TF_ACC_TERRAFORM_PATH"

var findCLI = sync.OnceValues(func() (tfcli.CLI, error) {
	return tfcli.Find(context.Background(), os.Getenv(pathVariable))
})

// prepare leaves the tests no variable that is personal but those of the tests
// themselves, and makes terraform-plugin-testing use the same CLI, with the
// addresses that this CLI gives to providers without one.
func prepare() error {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if tfcli.IsPersonal(name) && !strings.HasPrefix(name, "TF_ACC") {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	if !isAcceptance() {
		return nil
	}
	found, err := findCLI()
	if err != nil {
		return err
	}
	variables := map[string]string{pathVariable: found.Path, "TF_CLI_CONFIG_FILE": os.DevNull, "CHECKPOINT_DISABLE": "1"}
	if found.Product == tfcli.OpenTofu {
		variables["TF_ACC_PROVIDER_HOST"] = found.Registry()
		variables["TF_ACC_PROVIDER_NAMESPACE"] = "hashicorp"
	}
	for name, value := range variables {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}

func cli(t *testing.T) tfcli.CLI {
	t.Helper()
	found, err := findCLI()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// built is the directory of the provider, one for each test process.
var built struct {
	once            sync.Once
	dir, configFile string
	err             error
}

// builtProvider returns the CLI configuration file that makes the CLI use the
// provider of this tree.
func builtProvider(t *testing.T) (configFile string) {
	t.Helper()
	built.once.Do(func() { built.configFile, built.err = build() })
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.configFile
}

func build() (configFile string, err error) {
	if built.dir, err = os.MkdirTemp("", "terraform-provider-wachat-*"); err != nil {
		return "", err
	}
	return tfcli.InstallOverride(context.Background(), built.dir)
}

var findRoot = sync.OnceValues(func() (string, error) { return tfcli.RepositoryRoot(context.Background()) })

// Root is the directory of the repository.
func Root(t *testing.T) string {
	t.Helper()
	root, err := findRoot()
	if err != nil {
		t.Fatal(err)
	}
	return root
}
