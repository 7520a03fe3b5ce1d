// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

var (
	codeBlock = regexp.MustCompile("(?s)```terraform\n(.*?)```")
	link      = regexp.MustCompile(`\]\(([^)\s]*)\)`)
	heading   = regexp.MustCompile(`(?m)^#+ (.*)$`)
	anchor    = regexp.MustCompile(`<a id="([^"]*)">`)
	// notInAnchor is what GitHub and the registries leave out of an anchor.
	notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// pages are the texts that match the patterns, by path.
func pages(t *testing.T, patterns ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, pattern := range patterns {
		paths, err := filepath.Glob(filepath.Join(acctest.Root(t), pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%d pages %s: %v", len(paths), pattern, err)
		}
		for _, path := range paths {
			found[path] = acctest.ReadFile(t, path)
		}
	}
	return found
}

// Whoever copies a block of code from a page gets a valid configuration.
func TestAccPages_codeIsValid(t *testing.T) {
	blocks := map[string]string{}
	for path, text := range pages(t, "README.md", "docs/*.md", "docs/*/*.md") {
		for _, block := range codeBlock.FindAllStringSubmatch(text, -1) {
			blocks[block[1]] = path
		}
	}
	for _, files := range configurations(t) {
		for _, code := range files {
			delete(blocks, code) // TestAccExamples_steps runs it
		}
	}
	for code, path := range blocks {
		t.Run(filepath.Base(path), func(t *testing.T) {
			files := map[string]string{"main.tf": code}
			needsOf(t, files)
			acctest.NewTerraform(t, files).MustRun("validate")
		})
	}
}

// An example that no page shows is one that nobody sees. The README is not
// generated, so its copy could differ.
func TestPages_showEveryExample(t *testing.T) {
	var templates strings.Builder
	for _, text := range pages(t, "templates/*.tmpl", "templates/*/*.tmpl") {
		templates.WriteString(text)
	}
	for dir := range configurations(t) {
		if dir != "gate" && !strings.Contains(templates.String(), `"examples/`+dir+`/`) {
			t.Errorf("no page shows examples/%s", dir)
		}
	}
	root := acctest.Root(t)
	gate := acctest.ReadFile(t, filepath.Join(root, "examples", "gate", "main.tf"))
	if !strings.Contains(acctest.ReadFile(t, filepath.Join(root, "README.md")), "```terraform\n"+gate+"```") {
		t.Error("the README does not show examples/gate/main.tf as it is")
	}
}

// The README and the documentation name the CLI versions that the workflows
// request.
func TestPages_cliVersions(t *testing.T) {
	each := requested(t, "test.yml", `terraform: "?(~[\d.]+|latest)`)
	weekly := requested(t, "weekly.yml", `- terraform (\S+)`)
	weeklyTofu := requested(t, "weekly.yml", `- tofu (\S+)`)
	want := fmt.Sprintf("Each change is tested with Terraform %s. Each week, and before a release, the tests run with Terraform %s, and with OpenTofu %s.", each, weekly, weeklyTofu)
	for path, text := range pages(t, "README.md", "docs/index.md") {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say: %s", path, want)
		}
	}
}

// requested are the versions in a workflow that match a pattern, as a text: "1.0,
// 1.8 and the latest".
func requested(t *testing.T, workflow, pattern string) string {
	t.Helper()
	text := acctest.ReadFile(t, filepath.Join(acctest.Root(t), ".github", "workflows", workflow))
	var versions []string
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		version := strings.TrimSuffix(strings.TrimPrefix(match[1], "~"), ".0")
		versions = append(versions, strings.Replace(version, "latest", "the latest", 1))
	}
	if len(versions) < 2 {
		t.Fatalf("%s requests only the versions %q", workflow, versions)
	}
	last := len(versions) - 1
	return strings.Join(versions[:last], ", ") + " and " + versions[last]
}

// Links between pages lead to files and headings that exist.
func TestPages_linksResolve(t *testing.T) {
	for path, text := range pages(t, "*.md", "docs/*.md", "docs/*/*.md") {
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			file, fragment, _ := strings.Cut(match[1], "#")
			if strings.Contains(file, "://") || strings.HasPrefix(fragment, "nestedatt") {
				continue
			}
			target := path
			if file != "" {
				target = filepath.Join(filepath.Dir(path), file)
			}
			if linked := acctest.ReadFile(t, target); fragment != "" && !slices.Contains(anchors(linked), fragment) {
				t.Errorf("%s links to %s, which has no heading %q", path, target, fragment)
			}
		}
	}
}

// anchors are the fragments that a page has.
func anchors(page string) []string {
	var found []string
	for _, match := range heading.FindAllStringSubmatch(page, -1) {
		text := notInAnchor.ReplaceAllString(strings.ToLower(match[1]), "")
		found = append(found, strings.ReplaceAll(text, " ", "-"))
	}
	for _, match := range anchor.FindAllStringSubmatch(page, -1) {
		found = append(found, match[1])
	}
	return found
}
