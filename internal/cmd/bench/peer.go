// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// peer is another provider to measure at the same sizes in the same run.
type peer struct {
	name   subject
	binary string // its path
}

// parsePeer reads name=path, where the name is a key of sources.
func parsePeer(text string) (peer, error) {
	name, binary, _ := strings.Cut(text, "=")
	if !subject(name).isPeer() || binary == "" {
		return peer{}, fmt.Errorf("want name=path, where the name is one of %q", slices.Sorted(maps.Keys(sources)))
	}
	return peer{subject(name), binary}, nil
}

// in is the peer with a path that does not depend on the working directory: a
// relative one is relative to the repository, where make runs.
func (p peer) in(repository string) peer {
	if !filepath.IsAbs(p.binary) {
		p.binary = filepath.Join(repository, p.binary)
	}
	return p
}
