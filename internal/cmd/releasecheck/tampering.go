// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// tamperedOwner is the namespace of the registry with the tampered release.
const tamperedOwner = "tampered"

// tamper copies the release and signs the copy with a key that the registry
// does not vouch for.
func (c *check) tamper(ctx context.Context) (release, error) {
	tampered := c.release
	tampered.dir = filepath.Join(c.dir, tamperedOwner)
	if err := os.CopyFS(tampered.dir, os.DirFS(c.release.dir)); err != nil {
		return tampered, err
	}
	return tampered, c.keys.sign(ctx, c.keys.untrustedKey, tampered.path(tampered.sums()))
}

// refusesUntrustedKey is the negative control of the installations: without it,
// they could pass because Terraform checks nothing here.
func (c *check) refusesUntrustedKey(ctx context.Context) (string, error) {
	const refusal = "authentication signature from unknown issuer"
	w, err := c.newWorkspace(tamperedOwner, c.registry.address(tamperedOwner), direct)
	if err != nil {
		return "", err
	}
	output, err := c.terraform.run(ctx, w, "init")
	if err == nil {
		return "", errors.New("terraform installed it: " + output)
	}
	if binary, err := w.binary(); err == nil {
		return "", errors.New("terraform reported an error, but installed " + binary)
	}
	_, reason, _ := strings.Cut(output, c.registry.address(tamperedOwner)+" v"+c.release.version+": ")
	if !strings.Contains(reason, refusal) {
		return "", fmt.Errorf("terraform does not report %q: %s", refusal, output)
	}
	return "Terraform: " + reason, nil
}
