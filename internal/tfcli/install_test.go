// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package tfcli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMirrored_isWhereTheCLILooks(t *testing.T) {
	for _, tt := range []struct{ product, platform, want string }{
		{Terraform, "linux_amd64", "mirror/registry.terraform.io/wachat-net/wachat/0.0.1/linux_amd64/terraform-provider-wachat_v0.0.1"},
		{OpenTofu, "windows_arm64", "mirror/registry.opentofu.org/wachat-net/wachat/0.0.1/windows_arm64/terraform-provider-wachat_v0.0.1.exe"},
	} {
		cli := CLI{Product: tt.product, Platform: tt.platform}
		if got := filepath.ToSlash(cli.mirrored("mirror")); got != tt.want {
			t.Errorf("the provider is %s, want %s", got, tt.want)
		}
	}
}

func TestConfigurations_nameNoRegistry(t *testing.T) {
	for _, config := range []string{DevOverrides("plugins", source, "hashicorp/http"), FilesystemMirror("plugins")} {
		if !strings.Contains(config, `"plugins"`) || strings.Contains(config, "direct") {
			t.Errorf("providers come from elsewhere with\n%s", config)
		}
	}
}

func TestRepositoryRoot(t *testing.T) {
	root, err := RepositoryRoot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "internal", "tfcli")); err != nil {
		t.Errorf("%s is not the root: %v", root, err)
	}
}

func TestRepositoryRoot_outsideOfAClone(t *testing.T) {
	t.Chdir(t.TempDir())
	if root, err := RepositoryRoot(t.Context()); err == nil {
		t.Errorf("got %s, want an error", root)
	}
}
