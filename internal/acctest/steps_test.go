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

// applies is an apply while both instances are open, with a change in its plan.
func applies(change string) acctest.Step {
	return acctest.Step{Command: "apply -auto-approve", Prints: []string{change, "Apply complete!"}}
}

func TestAccExamples_steps(t *testing.T) {
	found := configurations(t)
	for dir, files := range found {
		t.Run(dir, func(t *testing.T) {
			tf, api := newExample(t, files)
			if examples[dir] == nil {
				tf.MustRun("validate")
			}
			tf.Take(api, examples[dir]...)
			if state, _ := os.ReadFile(tf.Path("terraform.tfstate")); strings.Contains(string(state), api.Key()) {
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

// newExample makes a directory of an example, and its API.
func newExample(t *testing.T, files map[string]string) (*acctest.Terraform, *wachattest.Server) {
	t.Helper()
	needsOf(t, files)
	api := acctest.StartAPI(t)
	api.Create(branch)
	tf := acctest.NewTerraform(t, files)
	for name, value := range map[string]string{
		"WACHAT_API_KEY": api.Key(), "WACHAT_BASE_URL": api.BaseURL(),
		"TF_VAR_instance_name": shop, "TF_VAR_instance_names": `["` + shop + `", "` + branch + `"]`, "TF_VAR_template_version": "1",
	} {
		tf.Setenv(name, value)
	}
	return tf, api
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
