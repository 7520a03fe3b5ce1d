// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// warnings are about valid answers that a user should check.
func warnings(at path.Path, states ...*wachat.InstanceState) diag.Diagnostics {
	var lines []string
	for _, state := range states {
		if state.RawState != "" {
			lines = append(lines, fmt.Sprintf("Wachat's answer about %s says %q in instance.state and %q in data.instance.state.", quoted(state.Name), state.State, state.RawState))
		}
	}
	return warning(at, "An answer gives two instance states", lines, "Neither is \"open\", so the instance is not connected. The attribute state has the first of the two.")
}

// warning is one warning with a line for each instance; none without a line.
func warning(at path.Path, summary string, lines []string, advice string) diag.Diagnostics {
	if len(lines) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, summary, paragraphs(append(lines, advice)...))}
}
