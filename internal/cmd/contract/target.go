// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const nameVariable = "WACHAT_INSTANCE_NAME"

// target is the API to check.
type target struct {
	label    string // in the results
	intro    string // what is sent, for a person to read before it is
	config   wachat.Config
	name     string // the unique API name of an instance
	closed   string // that of one that is not open; empty if only the first is known
	wrongKey bool   // whether to send a request with a wrong key
	close    func()
}

// newTarget returns the real API if the environment has a key and a name, and
// the embedded one if it has neither.
func newTarget(wrongKey bool) (target, error) {
	key, name := strings.TrimSpace(os.Getenv(provider.KeyVariable)), strings.TrimSpace(os.Getenv(nameVariable))
	switch {
	case key == "" && name == "":
		return embeddedTarget(), nil
	case key == "":
		return target{}, missing(provider.KeyVariable, nameVariable)
	case name == "":
		return target{}, missing(nameVariable, provider.KeyVariable)
	}
	return realTarget(name, wrongKey)
}

func missing(variable, other string) error {
	return fmt.Errorf("%s is not set, but %s is: set both to check the real API, or neither to check the embedded one; nothing was sent", variable, other)
}

func realTarget(name string, wrongKey bool) (target, error) {
	config, refused := provider.EnvironmentConfig("contract", "none")
	for _, d := range refused {
		return target{}, fmt.Errorf("%s: %s", d.Summary(), d.Detail())
	}
	if wachat.CheckName(name) != nil || strings.Contains(name, config.Key) {
		return target{}, errors.New(nameVariable + " is not a unique API name; nothing was sent")
	}
	label, requests := "the real API", "up to four GET requests to /instance/state: two for the instance, one for a name that does not exist, one for the instance's display name."
	if wrongKey {
		requests = "up to five GET requests to /instance/state: two for the instance, one for a name that does not exist, one for the instance's display name, and one with a wrong key."
	}
	if config.BaseURL != wachat.DefaultConfig().BaseURL {
		label = "the API at " + provider.BaseURLVariable
	}
	return target{
		label:    label,
		intro:    "Checking " + label + ". It only reads and changes nothing. It sends " + requests,
		config:   config,
		name:     name,
		wrongKey: wrongKey,
		close:    func() {},
	}, nil
}

func embeddedTarget() target {
	api := wachattest.New(wachattest.WithTLS())
	t := targetOf(api)
	t.intro = fmt.Sprintf("Checking %s: nothing leaves this machine. (To check the real API, set %s and %s. That only reads.)", t.label, provider.KeyVariable, nameVariable)
	t.close = api.Close
	return t
}

// targetOf creates an open and a closed instance in an embedded API.
func targetOf(api *wachattest.Server) target {
	config := wachat.DefaultConfig()
	config.BaseURL, config.Key, config.CACertPEM = api.BaseURL(), api.Key(), api.CACertPEM()
	open := api.Create("t1_mq9r2jov_jakarta_store")
	closed := api.Create("t1_mq9r2jov_bandung_store", wachattest.InState(wachattest.StateClose))
	return target{
		label: "the embedded API", config: config, name: open.Name(), closed: closed.Name(), wrongKey: true, close: func() {},
	}
}
