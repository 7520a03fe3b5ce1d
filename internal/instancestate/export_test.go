// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import "github.com/wachat-net/terraform-provider-wachat/internal/wachat"

// Summary is the summary of an error of that kind.
func Summary(kind wachat.Kind) string { return causes[kind].message("", "").summary }
