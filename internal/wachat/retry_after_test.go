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
		ok                bool
	}{
		{name: "no header"},
		{name: "seconds", value: "7", want: 7 * time.Second, ok: true},
		{name: "zero", value: "0", ok: true},
		{name: "more seconds than a duration holds", value: "9223372037", want: math.MaxInt64, ok: true},
		{name: "more digits than a number holds", value: "99999999999999999999", want: math.MaxInt64, ok: true},
		{name: "a date", value: "Fri, 02 Jan 2026 03:04:15 GMT", want: 10 * time.Second, ok: true},
		{name: "a date that has passed", value: "Fri, 02 Jan 2026 03:04:00 GMT", ok: true},
		{name: "a date by the server's clock, which is an hour ahead", value: "Fri, 02 Jan 2026 04:04:15 GMT", date: "Fri, 02 Jan 2026 04:04:05 GMT", want: 10 * time.Second, ok: true},
		{name: "a negative number", value: "-1"},
		{name: "a fraction", value: "1.5"},
		{name: "a duration", value: "10s"},
		{name: "nonsense", value: "soon"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{}
			h.Set("Retry-After", tt.value)
			h.Set("Date", tt.date)
			got, ok := retryAfter(h, now)
			if got != tt.want || ok != tt.ok {
				t.Errorf("got %s, %t; want %s, %t", got, ok, tt.want, tt.ok)
			}
		})
	}
}
