// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// unrecognized are the components whose license text the tool that makes the
// SBOM does not recognize. The archive has the text.
var unrecognized = []string{"github.com/cenkalti/backoff/v5", "github.com/fatih/color", "std"}

// hasItsSBOM compares the SBOM with the binary that Terraform has unpacked.
func (c *check) hasItsSBOM(context.Context) (string, error) {
	binary, err := c.installed.binary()
	if err != nil {
		return "", err
	}
	sum, err := sha256Of(binary)
	if err != nil {
		return "", err
	}
	bom, err := readSBOM(c.release.path(c.release.sbom()))
	if err != nil {
		return "", err
	}
	if got, want := bom.Metadata.Component.Version, "v"+c.release.version; got != want {
		return "", fmt.Errorf("it is of version %s, want %s", got, want)
	}
	if got := bom.binarySum(); got != sum {
		return "", fmt.Errorf("it is of a binary with the sum %s, want %s", got, sum)
	}
	if len(bom.Components) == 0 {
		return "", errors.New("it lists no components")
	}
	for _, component := range bom.Components {
		if len(component.Licenses) == 0 && !slices.Contains(unrecognized, component.Name) {
			return "", fmt.Errorf("it has no license of %s", component.Name)
		}
	}
	return fmt.Sprintf("%s: %d components of the binary with the SHA-256 %s", c.release.sbom(), len(bom.Components), sum), nil
}

// sbom is the part of a CycloneDX document that is checked.
type sbom struct {
	Metadata struct {
		Component  struct{ Version string }
		Properties []struct{ Name, Value string }
	}
	Components []struct {
		Name     string
		Licenses []any
	}
}

func readSBOM(path string) (sbom, error) {
	var bom sbom
	err := readJSON(path, &bom)
	return bom, err
}

func (b sbom) binarySum() string {
	for _, property := range b.Metadata.Properties {
		if property.Name == "cdx:gomod:binary:hash:SHA-256" {
			return property.Value
		}
	}
	return ""
}
