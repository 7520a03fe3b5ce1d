// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"math"
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tt := range []struct {
		name, value, date string
		want              time.Duration
	}{
		{name: "no header"},
		{name: "seconds", value: "7", want: 7 * time.Second},
		{name: "zero", value: "0"},
		{name: "the most seconds that a duration holds", value: "9223372036", want: 9223372036 * time.Second},
		{name: "more seconds than a duration holds", value: "9223372037", want: math.MaxInt64},
		{name: "more digits than a number holds", value: "99999999999999999999", want: math.MaxInt64},
		{name: "a date", value: "Fri, 02 Jan 2026 03:04:15 GMT", want: 10 * time.Second},
		{name: "a date that has passed", value: "Fri, 02 Jan 2026 03:04:00 GMT"},
		{name: "a date by the server's clock, which is an hour ahead", value: "Fri, 02 Jan 2026 04:04:15 GMT", date: "Fri, 02 Jan 2026 04:04:05 GMT", want: 10 * time.Second},
		{name: "a negative number", value: "-1"},
		{name: "a fraction", value: "1.5"},
		{name: "a duration", value: "10s"},
		{name: "nonsense", value: "soon"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{}
			h.Set("Retry-After", tt.value)
			h.Set("Date", tt.date)
			if got := retryAfter(h, now); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
