// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package validate

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// DurationAbove returns a validator that refuses durations up to and including
// bound.
func DurationAbove(bound time.Duration) validator.String {
	return duration("must be a duration above "+bound.String(), func(d time.Duration) bool { return d > bound })
}

// DurationAtLeast returns a validator that refuses durations below bound.
func DurationAtLeast(bound time.Duration) validator.String {
	return duration("must be a duration of at least "+bound.String(), func(d time.Duration) bool { return d >= bound })
}

func duration(rule string, ok func(time.Duration) bool) validator.String {
	rule += `, such as "500ms", "15s" or "2m30s"`
	return Text(rule, func(s string) error {
		d, err := time.ParseDuration(s)
		switch {
		case err != nil:
			return fmt.Errorf("%q is no duration", s)
		case !ok(d):
			return fmt.Errorf("it is %s", d)
		}
		return nil
	})
}
