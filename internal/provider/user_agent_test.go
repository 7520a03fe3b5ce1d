// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import "testing"

func TestUserAgent_values(t *testing.T) {
	for _, tt := range []struct{ name, version, commit, terraform, appended, want string }{
		{"a release", "1.2.3", "c0ffee1", "1.11.4", "", "terraform-provider-wachat/1.2.3 (c0ffee1; +https://github.com/wachat-net/terraform-provider-wachat) Terraform/1.11.4"},
		{"without Terraform", "dev", "none", "", "", "terraform-provider-wachat/dev (none; +https://github.com/wachat-net/terraform-provider-wachat) Terraform/unknown"},
		{"with something appended", "1.2.3", "c0ffee1", "1.11.4", " pipeline/7\r\nX-Evil: yes ", "terraform-provider-wachat/1.2.3 (c0ffee1; +https://github.com/wachat-net/terraform-provider-wachat) Terraform/1.11.4 pipeline/7X-Evil: yes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("TF_APPEND_USER_AGENT", tt.appended)
			if got := userAgent(tt.version, tt.commit, tt.terraform); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
