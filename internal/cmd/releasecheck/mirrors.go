// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
)

// mirrored is the registry's name here: Terraform cannot ask a network mirror
// for a provider whose address has a port.
const mirrored = "registry.test"

const (
	namedRegistry = "host %q {\n  services = {\n    \"providers.v1\" = %q\n  }\n}\n" + direct

	filesystemMirror = "provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n"
	networkMirror    = "provider_installation {\n  network_mirror {\n    url = %q\n  }\n}\n"
)

func (c *check) installsFromFilesystemMirror(ctx context.Context) (string, error) {
	mirror, err := c.mirror(ctx, "filesystem-mirror")
	if err != nil {
		return "", err
	}
	return c.installsFrom(ctx, "filesystem", fmt.Sprintf(filesystemMirror, mirror))
}

func (c *check) installsFromNetworkMirror(ctx context.Context) (string, error) {
	mirror, err := c.mirror(ctx, "network-mirror")
	if err != nil {
		return "", err
	}
	server := httptest.NewTLSServer(http.FileServer(http.Dir(mirror)))
	defer server.Close()
	return c.installsFrom(ctx, "network", fmt.Sprintf(networkMirror, server.URL+"/"))
}

// mirror fills a directory as users do who take it behind a firewall.
//
// https://developer.hashicorp.com/terraform/cli/commands/providers/mirror
func (c *check) mirror(ctx context.Context, name string) (string, error) {
	dir := filepath.Join(c.dir, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	registry := fmt.Sprintf(namedRegistry, mirrored, c.registry.URL+providersPath)
	w, err := c.newWorkspace("fill-"+name, mirrored+"/"+owner+"/wachat", registry)
	if err != nil {
		return "", err
	}
	_, err = c.terraform.run(ctx, w, "providers", "mirror", dir)
	return dir, err
}

// installsFrom installs from a mirror, without a word to the registry, and
// plans.
func (c *check) installsFrom(ctx context.Context, name, mirror string) (string, error) {
	w, err := c.newWorkspace(name, mirrored+"/"+owner+"/wachat", mirror)
	if err != nil {
		return "", err
	}
	before := c.registry.requests.Load()
	origin, err := c.init(ctx, w)
	if err != nil {
		return "", err
	}
	if asked := c.registry.requests.Load() - before; asked > 0 {
		return "", fmt.Errorf("terraform asked the registry %d times", asked)
	}
	_, err = c.plan(ctx, w)
	return origin + ", and plans with it", err
}
