// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// shopName and shopNumber are those of the API's reference page.
const (
	shopName   = "t1_mq9r2jov_jakarta_store"
	branchName = "t1_mq9r2jov_bandung_store"
	shopNumber = "628123456789"
)

// stage is the API that the scenes are about, and the scenes.
type stage struct {
	intro     []string
	env       []string // what a person would export
	inherited []string // variables of the caller that the CLI also gets
	scenes    []scene
	close     func()
}

const (
	keyVariable  = "WACHAT_API_KEY"
	nameVariable = "WACHAT_INSTANCE_NAME"
)

// newStage is the real API if both variables for it are set, and the embedded
// one if neither is.
func newStage() (stage, error) {
	key, name := os.Getenv(keyVariable), os.Getenv(nameVariable)
	switch {
	case key == "" && name == "":
		return embeddedStage(), nil
	case key == "":
		return stage{}, errMissing(nameVariable, keyVariable)
	case name == "":
		return stage{}, errMissing(keyVariable, nameVariable)
	}
	return realStage(name), nil
}

func errMissing(set, missing string) error {
	return fmt.Errorf("%s is set, but %s is missing.\nSet both to read your own instance, or unset %s for the demo on an embedded API", set, missing, set)
}

func embeddedStage() stage {
	api := wachattest.New()
	shop := api.Create(shopName, wachattest.WithNumber(shopNumber))
	branch := api.Create(branchName, wachattest.WithNumber(shopNumber))
	return stage{
		intro: []string{
			"A plan that depends on a WhatsApp instance, on an embedded Wachat API: nothing leaves this machine.",
			"(With " + keyVariable + " and " + nameVariable + " set, one scene reads your own instance instead.)",
			"Of each command you see its messages and the lines that matter; of one that goes wrong, everything.",
		},
		env: []string{
			"WACHAT_BASE_URL=" + api.BaseURL(),
			"WACHAT_API_KEY=" + api.Key(),
			"TF_VAR_instance_name=" + shop.Name(),
			`TF_VAR_instance_names=["` + shop.Name() + `","` + branch.Name() + `"]`,
		},
		scenes: embeddedScenes(shop, branch),
		close:  api.Close,
	}
}

// realStage passes the caller's account and proxy on to the CLI without showing
// them.
func realStage(instance string) stage {
	return stage{
		intro: []string{
			"A plan that depends on your WhatsApp instance " + instance + ", in one scene.",
			"It is read with " + keyVariable + "; nothing is applied, and nothing changes at Wachat.",
		},
		env:       []string{"TF_VAR_instance_name=" + instance},
		inherited: slices.DeleteFunc(os.Environ(), func(variable string) bool { return !isAccount(variable) }),
		scenes:    realScenes(),
		close:     func() {},
	}
}

// isAccount reports whether a variable says which account to read, and how to
// reach it.
func isAccount(variable string) bool {
	name, _, _ := strings.Cut(strings.ToUpper(variable), "=")
	return strings.HasPrefix(name, "WACHAT_") || strings.HasSuffix(name, "_PROXY")
}
