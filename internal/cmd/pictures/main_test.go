// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/term"
)

// fakeVariable makes this test binary a command that tells where it runs, and
// then does what the variable says.
const fakeVariable = "PICTURES_TEST_FAKE_DEMO"

func TestMain(m *testing.M) {
	if what, fake := os.LookupEnv(fakeVariable); fake {
		os.Exit(fakeDemo(what))
	}
	goleak.VerifyTestMain(m)
}

func fakeDemo(what string) int {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	fmt.Printf("terminal: %t\n", term.IsTerminal(int(os.Stdout.Fd())))
	fmt.Printf("key: %q\n", os.Getenv("WACHAT_API_KEY"))
	switch what {
	case "fail":
		return 1
	case "hang":
		<-interrupted
	}
	return 0
}

func TestDrawMakesEachPictureForEachTheme(t *testing.T) {
	pictures := drawn(t, recording(t))
	for _, name := range []string{"demo-light.svg", "demo-dark.svg", "gates-light.svg", "gates-dark.svg"} {
		if len(pictures[name]) == 0 {
			t.Errorf("there is no %s", name)
		}
	}
	if len(pictures) != 4 {
		t.Errorf("got %d pictures, want 4", len(pictures))
	}
	for _, picture := range []string{"demo", "gates"} {
		if bytes.Equal(pictures[picture+"-light.svg"], pictures[picture+"-dark.svg"]) {
			t.Errorf("%s is the same in light and dark", picture)
		}
	}
}

func TestPicturesAreWellFormedAndStandAlone(t *testing.T) {
	for name, picture := range drawn(t, recording(t)) {
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

func TestTheSameRunGivesTheSameBytes(t *testing.T) {
	first, second := drawn(t, recording(t)), drawn(t, recording(t))
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestTheREADMEsGatesAreThoseOfTheTable(t *testing.T) {
	for name, want := range drawn(t, recording(t)) {
		if !strings.HasPrefix(name, "gates-") {
			continue // of another run
		}
		got, err := os.ReadFile(filepath.Join("..", "..", "..", ".github", "assets", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is of another table: make pictures", name)
		}
	}
}

func TestDrawWithoutAScene(t *testing.T) {
	if _, err := draw("the demo has changed\n"); err == nil {
		t.Error("got pictures, want an error")
	}
}

func TestWriteReplacesPictures(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "assets")
	for _, content := range []string{"a longer picture", "picture"} {
		if err := write(dir, map[string][]byte{"a.svg": []byte(content)}); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, "a.svg")); err != nil || string(got) != content {
			t.Errorf("got %q, %v, want %q", got, err, content)
		}
	}
}

// recording is what the demo printed in a terminal, from its first scene on.
func recording(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("testdata/run.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func drawn(t *testing.T, output string) map[string][]byte {
	t.Helper()
	pictures, err := draw(output)
	if err != nil {
		t.Fatal(err)
	}
	return pictures
}

// elements fails the test unless the picture is well-formed XML.
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
