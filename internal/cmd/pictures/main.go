// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Command pictures makes the pictures of the README that are not measured, each
// for a light and for a dark page: demo-*.svg is an excerpt of the demo in a
// terminal, and gates-*.svg shows when each gate runs. It reads what the demo
// prints, in color, from its standard input, and writes to the directory that
// is its argument.
//
// The excerpt has nothing that differs from run to run (ports, IDs, durations,
// paths), so that a second run of the same code writes the same bytes.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/svg"
)

func main() {
	if err := run(os.Stdin, os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "Unable to make the pictures: %v\n", err)
		os.Exit(1)
	}
}

func run(input io.Reader, args []string) error {
	if len(args) != 1 {
		return errors.New("usage: demo | pictures DIRECTORY")
	}
	output, err := io.ReadAll(input)
	if err != nil {
		return err
	}
	pictures, err := draw(string(output))
	if err != nil {
		return fmt.Errorf("%w; the demo printed:\n%s", err, output)
	}
	return pictures.Write(args[0])
}

// draw makes all pictures from the output of the demo.
func draw(output string) (svg.Pictures, error) {
	shown, err := excerpt(parse(output))
	if err != nil {
		return nil, err
	}
	pictures := svg.Pictures{}
	if err := pictures.Draw("demo", terminalTemplate, newWindow(shown)); err != nil {
		return nil, err
	}
	return pictures, pictures.Draw("gates", timelineTemplate, newDiagram(gates))
}
