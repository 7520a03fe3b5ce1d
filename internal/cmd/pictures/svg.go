// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"embed"
	"text/template"
)

// The templates pass what is not a number or a colour through html, which
// escapes it as XML wants it, too.
var (
	//go:embed *.svg.tmpl
	files     embed.FS
	templates = template.Must(template.ParseFS(files, "*.svg.tmpl"))
)

func svg(name string, data any) ([]byte, error) {
	var picture bytes.Buffer
	err := templates.ExecuteTemplate(&picture, name, data)
	return picture.Bytes(), err
}
