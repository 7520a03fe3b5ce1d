// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/hashicorp/go-version"
)

// identity is what a CLI says of itself.
type identity struct {
	product  string // Terraform v1.11.4
	platform string // linux_amd64; another one than this program's under emulation
	provider string // the full address of the provider; its host is the CLI's own registry
}

var (
	versionOutput    = regexp.MustCompile(`(?m)^(\w+ v\S+)\s+on (\w+)$`)
	requiredProvider = regexp.MustCompile(`provider\[(\S+/wachat-net/wachat)\]`)
)

// isAtLeast tells whether the CLI is new enough. One that does not tell its
// version is.
func (id identity) isAtLeast(since release) bool {
	name, number, _ := strings.Cut(id.product, " v")
	first := since.terraform
	if name == "OpenTofu" {
		first = since.openTofu
	}
	have, err := version.NewVersion(number)
	if err != nil || first == "" {
		return true
	}
	return have.Core().GreaterThanOrEqual(version.Must(version.NewVersion(first)))
}

// identify asks the CLI, since Terraform and OpenTofu complete the address of
// a provider with different registries, and either may be called by any name.
// The configuration in dir requires the provider.
func (c cli) identify(ctx context.Context, dir string) (identity, error) {
	line, err := c.ask(ctx, dir, versionOutput, "version")
	if err != nil {
		return identity{}, err
	}
	provider, err := c.ask(ctx, dir, requiredProvider, "providers")
	if err != nil {
		return identity{}, err
	}
	return identity{product: line[1], platform: line[2], provider: provider[1]}, nil
}

// ask runs a command that is not part of the demo, and finds the answer in its
// output.
func (c cli) ask(ctx context.Context, dir string, answer *regexp.Regexp, args ...string) ([]string, error) {
	r, err := c.run(ctx, dir, io.Discard, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.typed(args), err)
	}
	found := answer.FindStringSubmatch(r.output)
	if r.exit != 0 || found == nil {
		return nil, fmt.Errorf("%s does not answer as Terraform and OpenTofu do (exit code %d):\n%s", c.typed(args), r.exit, strings.TrimSpace(r.output))
	}
	return found, nil
}
