// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"cmp"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"
)

// Feature is something that a test needs of the CLI, with the versions that
// brought it: OpenTofu counts on from 1.6 by itself. Empty is no version yet.
type Feature struct{ name, terraform, openTofu string }

// What the tests need beyond Terraform 1.0.
var (
	Preconditions = Feature{"preconditions", "1.2.0", "1.6.0"}
	TerraformData = Feature{"terraform_data", "1.4.0", "1.6.0"}
	Checks        = Feature{"check blocks", "1.5.0", "1.6.0"}
	MockProviders = Feature{"mock providers", "1.7.0", "1.8.0"}
	Ephemeral     = Feature{"ephemeral resources", "1.10.0", "1.11.0"}
	Actions       = Feature{"actions", "1.14.0", ""}
)

// Needs skips a test where there is no CLI to run it with, or where that lacks
// a feature.
func Needs(t *testing.T, features ...Feature) {
	t.Helper()
	SkipUnlessAcceptance(t)
	cli := installed()
	for _, f := range features {
		since := f.terraform
		if cli.openTofu {
			since = f.openTofu
		}
		if since == "" || cli.version.Core().LessThan(version.Must(version.NewVersion(since))) {
			t.Skipf("%s has no %s", cli.text, f.name)
		}
	}
}

// IsOpenTofu tells whether the CLI is OpenTofu, which behaves differently in a
// few places.
func IsOpenTofu() bool { return installed().openTofu }

type cliVersion struct {
	text     string
	openTofu bool
	version  *version.Version
}

// versionLine is the first line of `version`. The JSON has the number under the
// same name for both.
var versionLine = regexp.MustCompile(`^(Terraform|OpenTofu) v(\S+)`)

// installed asks the CLI what it is. What cannot be asked has no features.
var installed = sync.OnceValue(func() cliVersion {
	none := cliVersion{text: "no CLI", version: version.Must(version.NewVersion("0.0.0"))}
	command := exec.Command(path(), "version")
	command.Env = cleanEnvironment()
	output, err := command.Output()
	line := versionLine.FindStringSubmatch(string(output))
	if err != nil || line == nil {
		return none
	}
	number, err := version.NewVersion(line[2])
	if err != nil {
		return none
	}
	return cliVersion{text: line[0], openTofu: line[1] == "OpenTofu", version: number}
})

// path is the CLI that terraform-plugin-testing runs, too.
func path() string { return cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform") }
