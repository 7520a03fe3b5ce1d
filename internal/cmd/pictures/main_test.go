// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

func TestRun_pictures(t *testing.T) {
	dir := t.TempDir()
	if err := run(strings.NewReader(recording(t)), []string{dir}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if want := []string{"demo-dark.svg", "demo-light.svg", "gates-dark.svg", "gates-light.svg"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRun_failures(t *testing.T) {
	for name, row := range map[string]struct {
		output string
		args   []string
		want   string
	}{
		"no directory":   {recording(t), nil, "usage"},
		"no demo":        {"go: not found\n", []string{"dir"}, "go: not found"},
		"failed command": {strings.Replace(recording(t), "✓ As", "✗ As", 1), []string{"dir"}, "did not end as expected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := run(strings.NewReader(row.output), row.args); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q in it", err, row.want)
			}
			if _, err := os.Stat("dir"); err == nil {
				t.Error("it wrote pictures")
			}
		})
	}
}

func TestPictures_standAlone(t *testing.T) {
	for name, picture := range drawn(t) {
		ids, references := map[string]bool{}, []string{}
		for _, element := range elements(t, picture) {
			if element.Name.Local == "script" || element.Name.Local == "image" || element.Name.Local == "style" {
				t.Errorf("%s has a <%s>", name, element.Name.Local)
			}
			for _, attribute := range element.Attr {
				switch attribute.Name.Local {
				case "id":
					ids[attribute.Value] = true
				case "href":
					references = append(references, attribute.Value)
				}
			}
		}
		for _, reference := range references {
			if id, local := strings.CutPrefix(reference, "#"); !local || !ids[id] {
				t.Errorf("%s refers to %s, which is not in it", name, reference)
			}
		}
	}
}

func TestPictures_gatesAreCurrent(t *testing.T) {
	for name, want := range drawn(t) {
		if !strings.HasPrefix(name, "gates-") {
			continue // of another run
		}
		got, err := os.ReadFile(filepath.Join("..", "..", "..", ".github", "assets", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s shows other gates than gates.go: run make pictures", name)
		}
	}
}

// recording is what the demo printed in color, from its first scene on.
func recording(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("testdata/run.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func drawn(t *testing.T) svg.Pictures {
	t.Helper()
	pictures, err := draw(recording(t))
	if err != nil {
		t.Fatal(err)
	}
	return pictures
}

func elements(t *testing.T, picture []byte) []xml.StartElement {
	t.Helper()
	var result []xml.StartElement
	for decoder := xml.NewDecoder(bytes.NewReader(picture)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return result
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, isStart := token.(xml.StartElement); isStart {
			result = append(result, start.Copy())
		}
	}
}
