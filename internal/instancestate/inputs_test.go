// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/validate"
)

func TestInputs_durationExamplesAreValid(t *testing.T) {
	for name, rule := range map[string]validate.Duration{
		waitTimeoutAttribute: waitTimeout, stableForAttribute: stableFor, pollIntervalAttribute: pollInterval,
	} {
		if _, err := rule.Parse(rule.Example); err != nil {
			t.Errorf("the example of %s is invalid: %s", name, err)
		}
	}
}
