// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"path/filepath"
	"testing"
)

func TestSBOM_isOfTheBinary(t *testing.T) {
	const sum = "58eaf5a78d580f5dbd49d31a5b733094169b31bfdf49055b74bcac2877d8f58c" // of "binary\n"
	for name, test := range map[string]struct {
		sbom string
		has  bool
	}{
		"of the binary":          {document("v1.2.3", sum, `{"name": "std"}`), true},
		"of another version":     {document("v1.2.4", sum, `{"name": "std"}`), false},
		"of another binary":      {document("v1.2.3", "00", `{"name": "std"}`), false},
		"that lists nothing":     {document("v1.2.3", sum, ""), false},
		"with a license":         {document("v1.2.3", sum, `{"name": "example.com/a", "licenses": [{"license": {"id": "MIT"}}]}`), true},
		"without a license":      {document("v1.2.3", sum, `{"name": "example.com/a"}`), false},
		"that is something else": {"{}", false},
		"that is no JSON":        {"<bom/>", false},
	} {
		t.Run(name, func(t *testing.T) {
			c := &check{release: newRelease(t), installed: workspace{dir: t.TempDir()}}
			write(t, filepath.Join(c.installed.dir, ".terraform", "providers", "registry.test", "wachat-net", "wachat", "1.2.3", "linux_amd64", project+"_v1.2.3"), "binary\n")
			write(t, c.release.path(c.release.sbom()), test.sbom)
			if evidence, err := c.hasItsSBOM(t.Context()); (err == nil) != test.has {
				t.Errorf("hasItsSBOM() = %q, %v", evidence, err)
			}
		})
	}
}

func document(version, sum, components string) string {
	return `{"bomFormat": "CycloneDX", "metadata": {"component": {"version": "` + version + `"}, "properties": [` +
		`{"name": "cdx:gomod:binary:hash:MD5", "value": "01"}, {"name": "cdx:gomod:binary:hash:SHA-256", "value": "` + sum + `"}]}, ` +
		`"components": [` + components + `]}`
}
