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
)

func TestMain(m *testing.M) { acctest.Main(m) }

// configurations are the files of each directory below examples/, by directory.
func configurations(t *testing.T) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	tree := os.DirFS(filepath.Join(acctest.Root(t), "examples"))
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".tf" {
			return err
		}
		text, err := fs.ReadFile(tree, name)
		dir := path.Dir(name)
		if found[dir] == nil {
			found[dir] = map[string]string{}
		}
		found[dir][path.Base(name)] = string(text)
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
	if strings.Contains(files["main.tf"], `data "http"`) {
		t.Skip("TestAccGuideFromDataHTTP_before runs it")
	}
	var needed []acctest.Feature
	for _, text := range files {
		for _, f := range features {
			if f.line.MatchString(text) {
				needed = append(needed, f.feature)
			}
		}
	}
	acctest.Needs(t, needed...)
}

func TestAccExamples_validate(t *testing.T) {
	for dir, files := range configurations(t) {
		t.Run(dir, func(t *testing.T) {
			needsOf(t, files)
			acctest.NewTerraform(t, files).MustRun("validate")
		})
	}
}

// codeBlock matches the Terraform code of a page.
var codeBlock = regexp.MustCompile("(?s)```terraform\n(.*?)```")

// pages are the texts of README.md and docs/, by path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, pattern := range []string{"README.md", "docs/*.md", "docs/*/*.md"} {
		paths, err := filepath.Glob(filepath.Join(acctest.Root(t), pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			found[strings.TrimPrefix(path, acctest.Root(t))] = string(text)
		}
	}
	return found
}

// Whoever copies a block of code from a page gets a valid configuration.
func TestAccPages_validate(t *testing.T) {
	blocks := map[string]string{}
	for path, text := range pages(t) {
		for _, block := range codeBlock.FindAllStringSubmatch(text, -1) {
			blocks[block[1]] = path
		}
	}
	for code, path := range blocks {
		t.Run(path, func(t *testing.T) {
			files := map[string]string{"main.tf": code}
			needsOf(t, files)
			acctest.NewTerraform(t, files).MustRun("validate")
		})
	}
}
