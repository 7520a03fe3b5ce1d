// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"go.yaml.in/yaml/v3"
)

// extraFile is an entry of release.extra_files in goreleaser's configuration:
// a file that it uploads from the repository, not from dist/.
type extraFile struct {
	Glob         string `yaml:"glob"`
	NameTemplate string `yaml:"name_template"`
}

// collectExtraFiles copies the files that the configuration with which
// goreleaser ran adds to the upload. A snapshot does not upload, so goreleaser
// itself does not show them.
func (r release) collectExtraFiles(clone string) error {
	content, err := os.ReadFile(filepath.Join(clone, "dist", "config.yaml"))
	if err != nil {
		return err
	}
	var config struct {
		Release struct {
			ExtraFiles []extraFile `yaml:"extra_files"`
		}
	}
	if err := yaml.Unmarshal(content, &config); err != nil {
		return err
	}
	for _, extra := range config.Release.ExtraFiles {
		if err := r.collectExtraFile(clone, extra); err != nil {
			return fmt.Errorf("release.extra_files: %w", err)
		}
	}
	return nil
}

func (r release) collectExtraFile(clone string, extra extraFile) error {
	found, err := filepath.Glob(filepath.Join(clone, extra.Glob))
	if err != nil {
		return err
	}
	if len(found) != 1 {
		return fmt.Errorf("%s matches %d files, want 1", extra.Glob, len(found))
	}
	name, err := template.New("").Parse(extra.NameTemplate)
	if err != nil {
		return err
	}
	var file strings.Builder
	if err := name.Execute(&file, map[string]string{"ProjectName": project, "Version": r.version}); err != nil {
		return err
	}
	return os.Link(found[0], r.path(file.String()))
}
