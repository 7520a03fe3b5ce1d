// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMirrorHasTheProviderWhereTheCLILooksForIt(t *testing.T) {
	for platform, want := range map[string]string{
		"linux_amd64":   "registry.test/wachat-net/wachat/0.0.1/linux_amd64/terraform-provider-wachat_v0.0.1",
		"windows_arm64": "registry.test/wachat-net/wachat/0.0.1/windows_arm64/terraform-provider-wachat_v0.0.1.exe",
	} {
		m := mirror{dir: "mirror"}
		if got := filepath.ToSlash(m.binary("registry.test/wachat-net/wachat", platform)); got != "mirror/"+want {
			t.Errorf("on %s the provider is %s, want mirror/%s", platform, got, want)
		}
	}
}

func TestMirrorIsAllThatTheConfigurationNames(t *testing.T) {
	m, err := newMirror(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(m.configFile)
	if err != nil {
		t.Fatal(err)
	}
	config := string(content)
	if !strings.Contains(config, `"`+filepath.ToSlash(m.dir)+`"`) || strings.Contains(config, "direct") {
		t.Errorf("the configuration is\n%s\nwant the mirror %s and no registry", config, m.dir)
	}
}
