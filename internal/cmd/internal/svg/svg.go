// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package svg draws the README's pictures from templates, each for a light and
// for a dark page.
package svg

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
)

// Pictures are SVG files by their name.
type Pictures map[string][]byte

// Parse returns the template of a picture. It gets a [Theme] as .Theme and the
// data of [Pictures.Draw] as .Data.
func Parse(text string) *template.Template {
	return template.Must(template.New("picture").Option("missingkey=error").Parse(text))
}

// Draw adds the pictures name-light.svg and name-dark.svg.
func (p Pictures) Draw(name string, tmpl *template.Template, data any) error {
	for shade, theme := range Themes {
		var picture bytes.Buffer
		err := tmpl.Execute(&picture, struct {
			Theme Theme
			Data  any
		}{theme, data})
		if err != nil {
			return fmt.Errorf("the picture %s: %w", name, err)
		}
		p[name+"-"+shade+".svg"] = picture.Bytes()
	}
	return nil
}

// Write writes the pictures to dir, which it creates where it is missing.
func (p Pictures) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	for name, picture := range p {
		if err := os.WriteFile(filepath.Join(dir, name), picture, 0o644); err != nil { //nolint:gosec // All may read it, as the repository's others.
			return err
		}
	}
	return nil
}
