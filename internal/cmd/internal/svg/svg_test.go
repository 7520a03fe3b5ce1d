// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package svg_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

func TestPictures_DrawForEachTheme(t *testing.T) {
	tmpl := svg.Parse(`<text fill="{{.Theme.Ink}}">{{.Data}}</text>`)
	pictures := svg.Pictures{}
	if err := pictures.Draw("name", tmpl, "a < b"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"name-light.svg": `<text fill="#1f2328">a &lt; b</text>`,
		"name-dark.svg":  `<text fill="#e6edf3">a &lt; b</text>`,
	} {
		if got := string(pictures[name]); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(pictures) != 2 {
		t.Errorf("got %d pictures, want 2", len(pictures))
	}
}

func TestPictures_DrawUnknownColor(t *testing.T) {
	tmpl := svg.Parse(`{{.Theme.Pink}}`)
	if err := (svg.Pictures{}).Draw("name", tmpl, nil); err == nil || !strings.Contains(err.Error(), "Pink") {
		t.Errorf("got %v, want an error that names the color", err)
	}
}

func TestPictures_WriteReplaces(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "assets")
	for _, content := range []string{"a longer picture", "picture"} {
		if err := (svg.Pictures{"a.svg": []byte(content)}).Write(dir); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, "a.svg")); err != nil || string(got) != content {
			t.Errorf("got %q, %v, want %q", got, err, content)
		}
	}
}

// WCAG 2 requires 4.5 for ordinary text (success criterion 1.4.3).
func TestTheme_contrast(t *testing.T) {
	for name, theme := range svg.Themes {
		for use, color := range theme {
			if use == "Page" || use == "Window" || use == "Bar" || use == "Border" {
				continue
			}
			for _, background := range []string{"Page", "Window"} {
				if ratio := contrast(t, color, theme[background]); ratio < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.1f, want 4.5", name, use, background, ratio)
				}
			}
		}
		if ratio := contrast(t, theme["Faint"], theme["Bar"]); ratio < 4.5 {
			t.Errorf("%s: a title on its bar has a contrast of %.1f, want 4.5", name, ratio)
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
func luminance(t *testing.T, color string) float64 {
	t.Helper()
	var r, g, b uint8
	if _, err := fmt.Sscanf(color, "#%02x%02x%02x", &r, &g, &b); err != nil {
		t.Fatalf("%s: %v", color, err)
	}
	linear := func(v uint8) float64 {
		c := float64(v) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
