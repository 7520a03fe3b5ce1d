// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// step is a command that a user runs, and what it has to do.
type step struct {
	api      func(*wachattest.Server) // what happens before it
	command  string
	exit     int      // its exit code
	prints   []string // in this order
	omits    string
	requests int // that it sends: 0 for any number, or none
}

// applies is an apply while both instances are open, with a change in its plan.
func applies(change string) step {
	return step{command: "apply -auto-approve", prints: []string{change, "Apply complete!"}}
}

func TestAccExamples_steps(t *testing.T) {
	found := configurations(t)
	for dir, files := range found {
		t.Run(dir, func(t *testing.T) {
			r := newRunning(t, files)
			if examples[dir] == nil {
				r.MustRun("validate")
			}
			for _, s := range examples[dir] {
				r.take(t, s)
			}
			if state, _ := os.ReadFile(r.Path("terraform.tfstate")); strings.Contains(string(state), r.api.Key()) {
				t.Error("the API key is in the state")
			}
		})
	}
	for dir := range examples {
		if found[dir] == nil {
			t.Errorf("there is no examples/%s", dir)
		}
	}
}

// running is an example in a directory of its own, and its API.
type running struct {
	*acctest.Terraform
	api *wachattest.Server
}

func newRunning(t *testing.T, files map[string]string) running {
	t.Helper()
	needsOf(t, files)
	api := acctest.StartAPI(t)
	api.Create(branch)
	r := running{acctest.NewTerraform(t, files), api}
	for name, value := range map[string]string{
		"WACHAT_API_KEY": api.Key(), "WACHAT_BASE_URL": api.BaseURL(),
		"TF_VAR_instance_name": shop, "TF_VAR_instance_names": `["` + shop + `", "` + branch + `"]`, "TF_VAR_template_version": "1",
	} {
		r.Setenv(name, value)
	}
	return r
}

func (r running) take(t *testing.T, s step) {
	t.Helper()
	if s.api != nil {
		s.api(r.api)
	}
	before := r.api.Requests()
	result := r.Run(strings.Fields(s.command)...)
	if result.ExitCode != s.exit {
		t.Fatalf("%s ended with exit code %d, want %d:\n%s", s.command, result.ExitCode, s.exit, result.Output)
	}
	rest := acctest.OneLine(result.Output)
	if s.omits != "" && strings.Contains(rest, s.omits) {
		t.Errorf("%s printed %q:\n%s", s.command, s.omits, result.Output)
	}
	for _, text := range s.prints {
		_, after, printed := strings.Cut(rest, text)
		if !printed {
			t.Fatalf("%s did not print %q:\n%s", s.command, text, result.Output)
		}
		rest = after
	}
	if sent := r.api.Requests() - before; s.requests != 0 && sent != max(s.requests, 0) {
		t.Errorf("%s sent %d requests, want %d", s.command, sent, max(s.requests, 0))
	}
}

// durations are those of the examples, and what they are in a test.
var durations = []struct {
	argument *regexp.Regexp
	quick    string
}{
	{regexp.MustCompile(`wait_timeout\s*= ".*"`), `wait_timeout = "6s"`},
	{regexp.MustCompile(`poll_interval\s*= ".*"`), `poll_interval = "1s"`},
	{regexp.MustCompile(`stable_for\s*= ".*"`), "stable_for = \"2s\"\n  poll_interval = \"1s\""},
}

// configurations are the files of each directory below examples/, by directory.
func configurations(t *testing.T) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	tree := os.DirFS(filepath.Join(acctest.Root(t), "examples"))
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".tf" {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		text := string(data)
		for _, d := range durations {
			text = d.argument.ReplaceAllString(text, d.quick)
		}
		dir := path.Dir(name)
		if found[dir] == nil {
			found[dir] = map[string]string{}
		}
		found[dir][path.Base(name)] = text
		return err
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("%d examples, %v", len(found), err)
	}
	return found
}

// features are what a configuration needs of the CLI where it has such a line.
var features = []struct {
	line    *regexp.Regexp
	feature acctest.Feature
}{
	{regexp.MustCompile(`(?m)^\s*(pre|post)condition \{`), acctest.Preconditions},
	{regexp.MustCompile(`(?m)^resource "terraform_data"`), acctest.TerraformData},
	{regexp.MustCompile(`(?m)^check "`), acctest.Checks},
	{regexp.MustCompile(`(?m)^ephemeral "`), acctest.Ephemeral},
	{regexp.MustCompile(`(?m)^(action "|\s*action_trigger \{)`), acctest.Actions},
}

// needsOf skips a test of a configuration that the CLI is too old for, or that
// uses another provider than this one.
func needsOf(t *testing.T, files map[string]string) {
	t.Helper()
	var needed []acctest.Feature
	for _, text := range files {
		if strings.Contains(text, `ephemeral "vault_`) {
			t.Skip("it uses another provider")
		}
		for _, f := range features {
			if f.line.MatchString(text) {
				needed = append(needed, f.feature)
			}
		}
	}
	acctest.Needs(t, needed...)
}
