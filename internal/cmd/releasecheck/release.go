// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

const project = "terraform-provider-wachat"

// manifestFile is the registry's manifest in the repository.
const manifestFile = "terraform-registry-manifest.json"

// release is a directory with the files of a release, and what the registry
// has noted of them.
type release struct {
	dir      string
	version  string
	commit   string
	platform string   // goos_goarch of the only archive
	shasum   string   // of the archive, in hexadecimal digits
	protocol []string // versions of Terraform's plugin protocol
}

func (r release) file(suffix string) string { return project + "_" + r.version + "_" + suffix }
func (r release) archive() string           { return r.file(r.platform + ".zip") }
func (r release) sbom() string              { return r.file(r.platform + ".cdx.json") }
func (r release) manifest() string          { return r.file("manifest.json") }
func (r release) sums() string              { return r.file("SHA256SUMS") }
func (r release) signature() string         { return r.sums() + ".sig" }

func (r release) path(file string) string { return filepath.Join(r.dir, file) }

// collect copies what goreleaser would upload from a clone in which it ran.
func collect(clone, to, platform string) (release, error) {
	dist := filepath.Join(clone, "dist")
	r := release{dir: to, platform: platform}
	var metadata struct{ Version, Commit string }
	if err := readJSON(filepath.Join(dist, "metadata.json"), &metadata); err != nil {
		return r, err
	}
	r.version, r.commit = metadata.Version, metadata.Commit

	uploads, err := filepath.Glob(filepath.Join(dist, project+"_"+r.version+"_*"))
	if err != nil {
		return r, err
	}
	if err := os.Mkdir(to, 0o700); err != nil {
		return r, err
	}
	for _, upload := range uploads {
		if err := os.Link(upload, r.path(filepath.Base(upload))); err != nil {
			return r, err
		}
	}
	if err := r.collectExtraFiles(clone); err != nil {
		return r, err
	}
	return r.noted()
}

// noted notes what the registry reads from a release's files.
func (r release) noted() (release, error) {
	var manifest struct {
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		}
	}
	if err := readJSON(r.path(r.manifest()), &manifest); err != nil {
		return r, err
	}
	r.protocol = manifest.Metadata.ProtocolVersions
	var err error
	r.shasum, err = sha256Of(r.path(r.archive()))
	return r, err
}

// files are the SHA-256 sums of all files.
func (r release) files() (sums, error) {
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		return nil, err
	}
	s := sums{}
	for _, entry := range entries {
		if s[entry.Name()], err = sha256Of(r.path(entry.Name())); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func sha256Of(path string) (string, error) {
	content, err := os.ReadFile(path)
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), err
}

func readJSON(path string, into any) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
