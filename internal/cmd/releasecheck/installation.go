// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// direct installs from the registry that an address names, and from nowhere
// else.
const direct = "provider_installation {\n  direct {}\n}\n"

var installed = regexp.MustCompile(`Installed \S+ v\S+ \([^)]*\)`)

// init installs the provider in a workspace, and returns what Terraform says
// of where it comes from.
func (c *check) init(ctx context.Context, w workspace) (string, error) {
	output, err := c.terraform.run(ctx, w, "init")
	if err != nil {
		return "", err
	}
	origin := installed.FindString(output)
	if origin == "" {
		return "", fmt.Errorf("terraform init does not say what it installed: %s", output)
	}
	return origin, nil
}

func (c *check) installsFromRegistry(ctx context.Context) (string, error) {
	var err error
	if c.installed, err = c.newWorkspace("registry", c.registry.address(owner), direct); err != nil {
		return "", err
	}
	origin, err := c.init(ctx, c.installed)
	if err == nil && !strings.Contains(origin, "self-signed, key ID "+c.keys.publisher.id()) {
		err = fmt.Errorf("terraform names no or another key: %s", origin)
	}
	return origin, err
}

// plans does so with the provider that the registry gave.
func (c *check) plans(ctx context.Context) (string, error) { return c.plan(ctx, c.installed) }

// plan plans in a workspace, and returns the User-Agent of the provider's
// request.
func (c *check) plan(ctx context.Context, w workspace) (string, error) {
	var userAgent atomic.Value
	//nolint:contextcheck // The API lives as long as this function.
	api := wachattest.New(wachattest.WithRequestHook(func(r *http.Request) { userAgent.Store(r.UserAgent()) }))
	defer api.Close()
	api.Create(instance, wachattest.WithNumber(number))

	w.env = []string{"WACHAT_API_KEY=" + api.Key(), "WACHAT_BASE_URL=" + api.BaseURL()}
	output, err := c.terraform.run(ctx, w, "plan")
	if err != nil {
		return "", err
	}
	if want := `+ number = "` + number + `"`; !strings.Contains(output, want) {
		return "", fmt.Errorf("the plan lacks %s: %s", want, output)
	}
	agent, _ := userAgent.Load().(string)
	if want := fmt.Sprintf("%s/%s (%.12s;", project, c.release.version, c.release.commit); !strings.HasPrefix(agent, want) {
		return "", fmt.Errorf("the User-Agent %q does not begin with %q", agent, want)
	}
	return fmt.Sprintf("number = %q; User-Agent: %s", number, agent), nil
}

func (c *check) saysItsVersion(ctx context.Context) (string, error) {
	binary, err := c.installed.binary()
	if err != nil {
		return "", err
	}
	output, err := command(ctx, "", nil, binary, "-version")
	if err != nil {
		return "", err
	}
	said := strings.TrimSpace(output)
	if want := fmt.Sprintf("%s %s (%.12s)", project, c.release.version, c.release.commit); said != want {
		return "", fmt.Errorf("it says %q, want %q", said, want)
	}
	return said, nil
}
