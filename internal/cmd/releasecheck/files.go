// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
)

// filesAreComplete checks what the registry's documentation asks for. That the
// signature is right, Terraform shows.
//
// https://developer.hashicorp.com/terraform/registry/providers/publishing
func (c *check) filesAreComplete(context.Context) (string, error) {
	r := c.release
	listed, err := readSums(r.path(r.sums()))
	if err != nil {
		return "", err
	}
	actual, err := r.files()
	if err != nil {
		return "", err
	}
	for _, file := range []string{r.sums(), r.signature(), r.sbom()} {
		if _, found := actual[file]; !found {
			return "", fmt.Errorf("%s is missing", file)
		}
		delete(actual, file)
	}
	if wrong := differing(listed, actual); len(wrong) > 0 {
		return "", fmt.Errorf("%s lists what is not there, lacks what is, or has the wrong sum: %q", r.sums(), wrong)
	}
	if len(listed) != 2 || listed[r.archive()] == "" || listed[r.manifest()] == "" {
		return "", fmt.Errorf("%s lists %q, want the archive and the manifest", r.sums(), slices.Sorted(maps.Keys(listed)))
	}
	return fmt.Sprintf("the signed sums list %s and %s", r.archive(), r.manifest()), binarySignature(r.path(r.signature()))
}

// binarySignature refuses an armored signature, as the registry does. The first
// bit of each OpenPGP packet is set.
func binarySignature(path string) error {
	content, err := os.ReadFile(path)
	if err == nil && (len(content) == 0 || content[0]&0x80 == 0) {
		err = errors.New("the signature is not binary")
	}
	return err
}

// isReproducible compares all files but the signature, which holds the time.
func (c *check) isReproducible(context.Context) (string, error) {
	first, err := c.release.files()
	if err != nil {
		return "", err
	}
	second, err := c.again.files()
	if err != nil {
		return "", err
	}
	delete(first, c.release.signature())
	delete(second, c.again.signature())
	if files := differing(first, second); len(files) > 0 {
		return "", fmt.Errorf("these differ: %q", files)
	}
	return fmt.Sprintf("SHA-256 %s: %s; the same for %d more files", first[c.release.archive()], c.release.archive(), len(first)-1), nil
}
