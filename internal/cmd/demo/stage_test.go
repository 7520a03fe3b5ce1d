// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"strings"
	"testing"
)

func TestNewStage_oneVariableMissing(t *testing.T) {
	for set, missing := range map[string]string{keyVariable: nameVariable, nameVariable: keyVariable} {
		t.Setenv(set, "set")
		t.Setenv(missing, "")
		_, err := newStage()
		if err == nil || !strings.Contains(err.Error(), set+" is set, but "+missing+" is missing") {
			t.Errorf("with %s only, newStage() = %v", set, err)
		}
	}
}

func TestNewStage_embedded(t *testing.T) {
	t.Setenv(keyVariable, "")
	t.Setenv(nameVariable, "")
	t.Setenv("WACHAT_BASE_URL", "https://wachat.test")
	stage, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
	defer stage.close()
	if len(stage.inherited) > 0 {
		t.Errorf("the embedded stage inherits %q", stage.inherited)
	}
	for _, name := range []string{keyVariable, "WACHAT_BASE_URL", "TF_VAR_instance_name", "TF_VAR_instance_names"} {
		if !slices.ContainsFunc(stage.env, func(variable string) bool { return strings.HasPrefix(variable, name+"=") }) {
			t.Errorf("%s is not set", name)
		}
	}
}

func TestNewStage_real(t *testing.T) {
	t.Setenv(keyVariable, "wk_real")
	t.Setenv(nameVariable, "t1_real_shop")
	t.Setenv("https_proxy", "http://127.0.0.1:1")
	t.Setenv("TF_LOG", "trace")
	stage, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{keyVariable + "=wk_real", "https_proxy=http://127.0.0.1:1"} {
		if !slices.Contains(stage.inherited, want) {
			t.Errorf("%s is not passed on", want)
		}
	}
	if slices.Contains(stage.inherited, "TF_LOG=trace") {
		t.Error("TF_LOG is passed on")
	}
	if shown := strings.Join(append(stage.env, stage.intro...), " "); strings.Contains(shown, "wk_real") || len(stage.scenes) != 1 {
		t.Errorf("%d scenes, and it shows %s", len(stage.scenes), shown)
	}
}
