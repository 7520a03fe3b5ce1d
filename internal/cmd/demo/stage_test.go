// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"strings"
	"testing"

	shared "github.com/wachat-net/terraform-provider-wachat/internal/cmd/internal/cli"
)

func TestEmbeddedStageReplacesTheUsersAccount(t *testing.T) {
	t.Setenv("WACHAT_API_KEY", "the user's")
	t.Setenv("WACHAT_BASE_URL", "https://wachat.test")
	t.Setenv("WACHAT_INSTANCE_NAME", "")
	stage := newStage()
	defer stage.close()

	// Of two values of a variable, os/exec gives the last one to the command.
	last := map[string]string{}
	for _, variable := range shared.Environment("", stage.env...) {
		name, value, _ := strings.Cut(variable, "=")
		last[name] = value
	}
	for _, variable := range stage.env {
		if name, value, _ := strings.Cut(variable, "="); last[name] != value {
			t.Errorf("%s is %q, want the stage's %q", name, last[name], value)
		}
	}
	for _, name := range []string{"WACHAT_API_KEY", "WACHAT_BASE_URL"} {
		if last[name] == os.Getenv(name) {
			t.Errorf("%s is the user's", name)
		}
	}
}
