// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package svg

// Theme is the colors of a picture by what they are for. Page is the README's
// background, Window and Bar are those of a terminal and its title, Border is
// for borders and grid lines. Ink is ordinary text, Faint is for notes. Each of
// the others can be read on Page and on Window.
type Theme map[string]string

// Themes are those of GitHub's pages.
var Themes = map[string]Theme{
	"light": {
		"Page": "#ffffff", "Window": "#f6f8fa", "Bar": "#eaeef2", "Border": "#d1d9e0",
		"Ink": "#1f2328", "Faint": "#59636e",
		"Red": "#cf222e", "Green": "#116329", "Yellow": "#946200", "Blue": "#0969da",
		"Purple": "#8250df", "Orange": "#bc4c00", "Cyan": "#1b6d85",
	},
	"dark": {
		"Page": "#0d1117", "Window": "#151b23", "Bar": "#212830", "Border": "#3d444d",
		"Ink": "#e6edf3", "Faint": "#9198a1",
		"Red": "#ff7b72", "Green": "#3fb950", "Yellow": "#d29922", "Blue": "#58a6ff",
		"Purple": "#bc8cff", "Orange": "#f0883e", "Cyan": "#39c5cf",
	},
}
