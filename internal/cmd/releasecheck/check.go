// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// check is what the proofs are made with.
type check struct {
	dir       string
	keys      *keyring
	terraform terraform
	release   release // as it is published
	again     release // made of the same commit in another directory
	registry  *registry
	installed workspace // whose provider came from the registry
}

// proof is a claim about the release, and what shows that it is true.
type proof struct {
	claim string
	prove func(context.Context) (evidence string, err error)
}

func (c *check) proofs() []proof {
	return []proof{
		{"The release has the files that a registry wants.", c.filesAreComplete},
		{"The same commit gives the same bytes in another directory, with an empty build cache.", c.isReproducible},
		{"terraform init installs it from a registry.", c.installsFromRegistry},
		{"terraform plan reads the embedded API with it.", c.plans},
		{"The installed binary says its version and commit.", c.saysItsVersion},
		{"The SBOM is that of the installed binary, with licenses.", c.hasItsSBOM},
		{"The archive has the license texts of all that the binary contains.", c.hasLicenses},
		{"terraform init refuses it signed by an untrusted key.", c.refusesUntrustedKey},
		{"terraform init installs it from a filesystem mirror.", c.installsFromFilesystemMirror},
		{"terraform init installs it from a network mirror.", c.installsFromNetworkMirror},
	}
}

// prepare makes the release, twice, and publishes it. What it returns must be
// closed, also with an error.
func prepare(ctx context.Context, out *report) (*check, error) {
	c := &check{}
	if !heedsCertFile {
		return c, errors.New("on this system Terraform cannot be told to trust a registry on loopback")
	}
	repository, err := acctest.RepositoryRoot(ctx)
	if err != nil {
		return c, err
	}
	if c.dir, err = os.MkdirTemp("", "release-check-"); err != nil {
		return c, err
	}
	if c.keys, err = newKeyring(ctx, filepath.Join(c.dir, "gnupg")); err != nil {
		return c, err
	}
	if c.terraform, err = findTerraform(ctx, c.dir); err != nil {
		return c, err
	}
	if err := c.makeReleases(ctx, out, repository); err != nil {
		return c, err
	}
	tampered, err := c.tamper(ctx)
	if err != nil {
		return c, err
	}
	c.registry = newRegistry(c.keys.publisher, map[string]release{owner: c.release, tamperedOwner: tampered})
	return c, c.terraform.trust(c.registry.Server, filepath.Join(c.dir, "authority.pem"))
}

func (c *check) makeReleases(ctx context.Context, out *report, repository string) error {
	commit, err := lastCommit(ctx, repository)
	if err != nil {
		return err
	}
	out.step("Releasing commit %s for %s, twice; what is not committed is not in it ...", commit, c.terraform.cli.Platform)
	if c.release, err = c.makeRelease(ctx, repository, "first", ""); err != nil {
		return err
	}
	if c.again, err = c.makeRelease(ctx, repository, "second", filepath.Join(c.dir, "empty-cache")); err != nil {
		return err
	}
	out.step("Installing version %s with %s ...\n", c.release.version, c.terraform.cli)
	return nil
}

func (c *check) close(ctx context.Context) {
	if c.registry != nil {
		c.registry.Close()
	}
	if c.keys != nil {
		c.keys.close(ctx)
	}
	if err := os.RemoveAll(c.dir); err != nil {
		newReport(os.Stderr).broken(err)
	}
}
