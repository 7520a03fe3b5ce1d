// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryAfter reads the header of the same name (RFC 9110, section 10.2.3):
// seconds, or a date, which counts from the answer's own Date where it has one,
// so that a clock that is off does not turn a second into an hour. It returns 0
// for a date that has passed, and for anything else.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if strings.Trim(value, "0123456789") == "" {
		return seconds(value)
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return max(0, until.Sub(now))
}

// seconds never fails on digits: what does not fit is the longest duration.
func seconds(digits string) time.Duration {
	const most = math.MaxInt64 / int64(time.Second)
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > most {
		return math.MaxInt64
	}
	return time.Duration(n) * time.Second
}
