// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package validate

import (
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Duration is the rule for an argument that is a Go duration.
type Duration struct {
	Min      time.Duration
	AboveMin bool   // Min itself is too short
	Example  string // a value that fits this argument
}

// Rule says what the value must be, in the words that follow "It".
func (d Duration) Rule() string {
	bound := "of at least "
	if d.AboveMin {
		bound = "above "
	}
	return fmt.Sprintf("must be a duration with a unit, %s%s, such as %q", bound, d.Min, d.Example)
}

// Parse returns the duration. The error reads as the end of "The value of x is
// invalid:".
func (d Duration) Parse(s string) (time.Duration, error) {
	value, err := time.ParseDuration(s)
	if err != nil {
		if _, err := strconv.ParseFloat(s, 64); err == nil {
			return 0, fmt.Errorf("%q has no unit", s)
		}
		return 0, fmt.Errorf("%q is not a duration", s)
	}
	if value < d.Min || d.AboveMin && value == d.Min {
		return 0, fmt.Errorf("%s is too short", s)
	}
	return value, nil
}

// Validator returns a validator that refuses what [Duration.Parse] refuses.
func (d Duration) Validator() validator.String {
	return Text(d.Rule(), func(s string) error {
		_, err := d.Parse(s)
		return err
	})
}
