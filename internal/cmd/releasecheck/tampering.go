// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
)

// tampering is a way to spoil a release, which Terraform has to notice.
type tampering struct {
	namespace string // of the registry: where the spoilt release is
	how       string
	refusal   string // what Terraform says of it
	spoil     func(context.Context, release) (release, error)
}

func (c *check) tamperings() []tampering {
	return []tampering{
		{
			"other-key", "signed by another key", "authentication signature from unknown issuer",
			func(ctx context.Context, r release) (release, error) {
				return r, c.keys.sign(ctx, c.keys.stranger, r.path(r.sums()))
			},
		},
		{
			"changed-archive", "with one byte of the archive changed", "archive has incorrect checksum",
			func(_ context.Context, r release) (release, error) {
				return r, changeByte(r.path(r.archive()))
			},
		},
		{
			"changed-sums", "with the sum changed as well", "error checking signature",
			func(_ context.Context, r release) (release, error) { return changeArchiveAndSum(r) },
		},
		{
			"missing-sum", "without a sum of the archive, well signed", "checksum list has no SHA-256 hash for",
			func(ctx context.Context, r release) (release, error) {
				if err := removeSum(r); err != nil {
					return r, err
				}
				return r, c.keys.sign(ctx, c.keys.publisher, r.path(r.sums()))
			},
		},
	}
}

// releases are the release and its spoilt copies, by namespace.
func (c *check) releases(ctx context.Context) (map[string]release, error) {
	releases := map[string]release{owner: c.release}
	for _, t := range c.tamperings() {
		spoilt := c.release
		spoilt.dir = filepath.Join(c.dir, t.namespace)
		if err := os.CopyFS(spoilt.dir, os.DirFS(c.release.dir)); err != nil {
			return nil, err
		}
		var err error
		if releases[t.namespace], err = t.spoil(ctx, spoilt); err != nil {
			return nil, fmt.Errorf("%s: %w", t.how, err)
		}
	}
	return releases, nil
}

// changeByte changes the byte in the middle of a file.
func changeByte(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	content[len(content)/2] ^= 1
	return os.WriteFile(path, content, 0o600)
}

// changeArchiveAndSum does all that somebody can do who has the files but not
// the key.
func changeArchiveAndSum(r release) (release, error) {
	if err := changeByte(r.path(r.archive())); err != nil {
		return r, err
	}
	r, err := r.noted()
	if err != nil {
		return r, err
	}
	return r, changeSums(r, func(s sums) { s[r.archive()] = r.shasum })
}

func removeSum(r release) error {
	return changeSums(r, func(s sums) { delete(s, r.archive()) })
}

func changeSums(r release, change func(sums)) error {
	s, err := readSums(r.path(r.sums()))
	if err != nil {
		return err
	}
	changed := maps.Clone(s)
	change(changed)
	if maps.Equal(s, changed) {
		return fmt.Errorf("nothing to change in %s", r.sums())
	}
	return changed.write(r.path(r.sums()))
}
