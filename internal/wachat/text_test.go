// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"strings"
	"testing"
)

func TestShowIsFitForATerminal(t *testing.T) {
	clean := newSanitizer(`k/e+y"<7f3a>`)
	for _, tt := range []struct{ name, in, want string }{
		{"plain text stays", "Instance not found", "Instance not found"},
		{"the key goes", `Bearer k/e+y"<7f3a> is wrong`, "Bearer [API key] is wrong"},
		{"the key goes from JSON", `{"key":"k/e+y\"<7f3a>"}`, `{"key":"[API key]"}`},
		{"the key goes from JSON with HTML escapes", `k/e+y\"\u003c7f3a\u003e`, "[API key]"},
		{"the key goes from a query", "?key=k%2Fe%2By%22%3C7f3a%3E", "?key=[API key]"},
		{"the key goes from HTML", "<p>k/e+y&#34;&lt;7f3a&gt;</p>", "<p>[API key]</p>"},
		{"the key goes when control characters part it", "k/e+\x00y\"\x1b<7f\u200b3a>", "[API key]"},
		{"the key goes before the text is cut", strings.Repeat("x", 35) + `k/e+y"<7f3a>`, strings.Repeat("x", 35) + "[API…"},
		{"numbers go", "628123456789 and 628123456789@s.whatsapp.net", "[number] and [number]@s.whatsapp.net"},
		{"names with digits stay", "t1_1234567890_x 1234567", "t1_1234567890_x 1234567"},
		{"escape sequences go", "\x1b]0;title\x07\x1b[2Jhello\r\n", "]0;title[2Jhello"},
		{"directions go", "\u202eabc\u2066", "abc"},
		{"invalid UTF-8 is replaced", "a\xffb", "a\uFFFDb"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := clean.sanitize(tt.in, 40); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestAnIDKeepsItsDigits(t *testing.T) {
	const id = "12345678-9abc-4def-8abc-123456789012"
	if got := newSanitizer("a-key").sanitizeID(id+"\x1b a-key", 60); got != id+" [API key]" {
		t.Errorf("got %q", got)
	}
}

func TestACleanerWithoutAKeyChangesNothing(t *testing.T) {
	if got := newSanitizer("").redact("Bearer "); got != "Bearer " {
		t.Errorf("got %q", got)
	}
}
