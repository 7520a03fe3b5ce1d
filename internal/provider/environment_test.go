// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

func TestEnvironmentConfig(t *testing.T) {
	t.Setenv(KeyVariable, " wk_test\n")
	t.Setenv(BaseURLVariable, "")
	config, diags := EnvironmentConfig("1.0.0", "abc")
	if config.Key != "wk_test" || config.BaseURL != wachat.DefaultConfig().BaseURL || !strings.HasPrefix(config.UserAgent, "terraform-provider-wachat/1.0.0 (abc;") {
		t.Errorf("got %+v", config)
	}
	if len(diags) != 0 {
		t.Errorf("got %v, want no diagnostics", diags)
	}
}

func TestEnvironmentConfig_refusedValue(t *testing.T) {
	t.Setenv(KeyVariable, "two words")
	t.Setenv(BaseURLVariable, "http://wachat.test")
	_, diags := EnvironmentConfig("", "")
	if len(diags) != 2 || !diags[0].(interface{ Path() path.Path }).Path().Equal(path.Root("api_key")) {
		t.Errorf("got %v, want a refused key and a refused base URL", diags)
	}
}
