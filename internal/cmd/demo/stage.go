// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// shopName and shopNumber are those of the API's reference page.
const (
	shopName   = "t1_mq9r2jov_jakarta_store"
	branchName = "t1_mq9r2jov_bandung_store"
	shopNumber = "628123456789"
)

// stage is the API that a demo is played on, and what is played there.
type stage struct {
	intro  []string
	env    []string // what a person would export
	scenes []scene
	close  func()
}

// newStage is the real API if the environment has all that is needed to read
// an instance there, and otherwise the embedded one.
func newStage() stage {
	name := os.Getenv("WACHAT_INSTANCE_NAME")
	if name != "" && os.Getenv("WACHAT_API_KEY") != "" {
		return realStage(name)
	}
	return embeddedStage()
}

func embeddedStage() stage {
	api := wachattest.New()
	shop := api.Create(shopName, wachattest.WithNumber(shopNumber))
	branch := api.Create(branchName, wachattest.WithNumber(shopNumber))
	return stage{
		intro: []string{
			"A plan that depends on a WhatsApp instance, on an embedded Wachat API: nothing leaves this machine.",
			"(To read an instance of your own instead, set WACHAT_API_KEY and WACHAT_INSTANCE_NAME.)",
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

// realStage leaves key and address in the environment, where they are.
func realStage(instance string) stage {
	return stage{
		intro: []string{
			"A plan that depends on your WhatsApp instance " + instance + ".",
			"It is read with WACHAT_API_KEY by init and plan; nothing is applied, and nothing changes at Wachat.",
		},
		env:    []string{"TF_VAR_instance_name=" + instance},
		scenes: realScenes(),
		close:  func() {},
	}
}
