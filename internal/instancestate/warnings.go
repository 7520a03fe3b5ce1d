// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// warnings are about valid answers that a user should check.
func warnings(at path.Path, states ...*wachat.InstanceState) diag.Diagnostics {
	return append(withheldWarning(at, states), differentStatesWarning(at, states)...)
}

// withheldWarning lists what is null because it contains the API key.
func withheldWarning(at path.Path, states []*wachat.InstanceState) diag.Diagnostics {
	var lines []string
	for _, state := range states {
		var withheld []string
		for _, name := range state.Withheld {
			withheld = append(withheld, "instance."+name)
		}
		if state.Raw == "" {
			withheld = append(withheld, "the whole answer (raw_json)")
		}
		if len(withheld) > 0 {
			lines = append(lines, fmt.Sprintf("Wachat's answer about %s contains the API key in an encoding that the provider cannot replace, so these values are null: %s.", quoted(state.Name), strings.Join(withheld, ", ")))
		}
	}
	return warning(at, "An answer contains the API key", lines, "An answer should never contain the key. Contact Wachat's support.")
}

func differentStatesWarning(at path.Path, states []*wachat.InstanceState) diag.Diagnostics {
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
