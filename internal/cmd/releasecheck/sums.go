// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// sums are SHA-256 sums in hexadecimal digits, by file name.
type sums map[string]string

// readSums reads what sha256sum writes.
func readSums(path string) (sums, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := sums{}
	for line := range strings.Lines(string(content)) {
		sum, file, found := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !found {
			return nil, fmt.Errorf("%s: %q is no sum of a file", path, line)
		}
		s[file] = sum
	}
	return s, nil
}

func (s sums) write(path string) error {
	var content strings.Builder
	for _, file := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(&content, "%s  %s\n", s[file], file)
	}
	return os.WriteFile(path, []byte(content.String()), 0o600)
}

// differing are the files that are not the same in both.
func differing(a, b sums) []string {
	both := maps.Clone(a)
	maps.Copy(both, b)
	maps.DeleteFunc(both, func(file, _ string) bool { return a[file] == b[file] })
	return slices.Sorted(maps.Keys(both))
}
