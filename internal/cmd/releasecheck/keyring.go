// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"regexp"
)

// key is a throwaway key for signatures.
type key struct {
	fingerprint string
	armored     string // its public half
}

// id is what Terraform and the registry call the key.
func (k key) id() string { return k.fingerprint[len(k.fingerprint)-16:] }

// keyring is a GnuPG home with the key that publishes, and one that the registry
// does not vouch for.
type keyring struct {
	home                    string
	publisher, untrustedKey key
}

// newKeyring makes both keys. What it returns must be closed, also with an
// error.
func newKeyring(ctx context.Context, home string) (*keyring, error) {
	k := &keyring{home: home}
	if err := os.Mkdir(home, 0o700); err != nil {
		return k, err
	}
	var err error
	if k.publisher, err = k.generate(ctx, "publisher"); err != nil {
		return k, err
	}
	k.untrustedKey, err = k.generate(ctx, "untrusted")
	return k, err
}

var keyCreated = regexp.MustCompile(`KEY_CREATED P ([0-9A-F]{40})`)

// generate makes a key of the kind that the registry takes: RSA.
func (k *keyring) generate(ctx context.Context, name string) (key, error) {
	status, err := k.gpg(ctx, "--status-fd=1", "--passphrase=", "--quick-generate-key",
		name+" <"+name+"@release-check.test>", "rsa3072", "sign", "never")
	if err != nil {
		return key{}, err
	}
	created := keyCreated.FindStringSubmatch(status)
	if created == nil {
		return key{}, fmt.Errorf("gpg made no key: %s", status)
	}
	armored, err := k.gpg(ctx, "--armor", "--export", created[1])
	return key{fingerprint: created[1], armored: armored}, err
}

// sign makes a file's detached signature, or replaces it.
func (k *keyring) sign(ctx context.Context, by key, file string) error {
	_, err := k.gpg(ctx, "--yes", "--local-user="+by.fingerprint, "--output="+file+".sig", "--detach-sign", file)
	return err
}

func (k *keyring) gpg(ctx context.Context, args ...string) (string, error) {
	return command(ctx, "", nil, "gpg", append([]string{"--homedir=" + k.home, "--batch", "--quiet"}, args...)...)
}

// close ends the agent that gpg has left in the background.
func (k *keyring) close(ctx context.Context) {
	_, _ = command(ctx, "", nil, "gpgconf", "--homedir="+k.home, "--kill", "all")
}
