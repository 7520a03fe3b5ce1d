// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"runtime"
	"strings"
	"testing"
)

func TestSanitize_isFitForATerminal(t *testing.T) {
	clean := newSanitizer(oddKey)
	for _, tt := range []struct{ name, in, want string }{
		{"plain text stays", "Instance not found", "Instance not found"},
		{"names with digits stay", "t1_1234567_x 1234567", "t1_1234567_x 1234567"},
		{"escape sequences go", "\x1b]0;title\x07\x1b[2Jhello\r\n", "]0;title[2Jhello"},
		{"directions go", "\u202eabc\u2066", "abc"},
		{"line breaks and tabs become spaces", "a\nb\tc\u2028d\u2029e\u0085f", "a b c d e f"},
		{"invalid UTF-8 is replaced", "a\xffb", "a\uFFFDb"},
		{"text is cut", strings.Repeat("é", 41), strings.Repeat("é", 39) + "…"},
		{"text of the limit is not cut", strings.Repeat("é", 40), strings.Repeat("é", 40)},
		{"white space around goes before the cut", strings.Repeat(" ", 50) + "a ", "a"},
		{"the key is withheld before the text is cut", strings.Repeat("x", 35) + oddKey, withheld},
		{"a number is masked before the text is cut", strings.Repeat("x ", 15) + "628123456789", strings.Repeat("x ", 15) + "[number]"},
		{"a number is masked that a control character parts", "6281234\x0056789", "[number]"},
		{"what is far behind the limit does not matter", strings.Repeat("x", textLimit) + oddKey, strings.Repeat("x", 39) + "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := clean.sanitize(tt.in, 40); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestSanitize_withoutAKeyWithholdsNothing(t *testing.T) {
	if got := newSanitizer("").sanitize("Bearer  ", 40); got != "Bearer" {
		t.Errorf("got %q", got)
	}
}

func TestSanitize_masksPhoneNumbers(t *testing.T) {
	clean := newSanitizer("a-key")
	for in, want := range map[string]string{
		"628123456789":                        "[number]",
		"628123456789@s.whatsapp.net":         "[number]@s.whatsapp.net",
		"628123456789:7@s.whatsapp.net":       "[number]:7@s.whatsapp.net",
		"wa_628123456789":                     "wa_[number]",
		"wa628123456789x":                     "wa[number]x",
		"tel:+628123456789":                   "tel:[number]",
		"call +62 812-3456-7890 or 12":        "call [number] or 12",
		"+62 (812) 3456.7890":                 "[number]",
		"+62\u00a0812\u20113456\u20117890":    "[number]",
		"+1 555 0100":                         "[number]",
		"+690 1234":                           "[number]",
		"62 812-3456-7890":                    "[number]",
		"0812-3456-7890":                      "[number]",
		"0812 3456 7890":                      "[number]",
		"(0812) 3456-7890":                    "[number]",
		"0812.3456.7890":                      "[number]",
		"12345678":                            "[number]",
		"123456789012345":                     "[number]",
		"from 628123456789 to 628123456780":   "from [number] to [number]",
		"2%2B628123456789":                    "2%2B[number]",
		"1234567":                             "1234567",
		"1234567890123456":                    "1234567890123456",
		"+12 345":                             "+12 345",
		"dial tcp 192.168.100.200:8443: lost": "dial tcp 192.168.100.200:8443: lost",
		"2026-11-23 21:38:09":                 "2026-11-23 21:38:09",
		"2026-11-23T21:38:09.123Z":            "2026-11-23T21:38:09.123Z",
		"HTTP 429, retry in 30 s":             "HTTP 429, retry in 30 s",
	} {
		if got := clean.sanitize(in, 60); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestSanitizeID_keepsDigits(t *testing.T) {
	const id = "12345678-9abc-4def-8abc-123456789012"
	clean := newSanitizer("a-secret-key")
	if got := clean.sanitizeID(id+"\x1b", 60); got != id {
		t.Errorf("got %q", got)
	}
	if got := clean.sanitizeID(id+" a-secret-key", 60); got != withheld {
		t.Errorf("got %q", got)
	}
}

// Each pass over the text allocates a copy of it: a number of passes that grew
// with the text would allocate 256 times as much for 16 times the text.
func TestSanitize_worksInLinearMemory(t *testing.T) {
	clean := newSanitizer(longKey)
	allocated := func(text []byte) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		clean.finder.whole.in(text)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for name, piece := range map[string]string{
		"nested percent escapes": "25", "entities": "&;", "open entities": "&#", "backslashes": `\`, "base64": "QUJD",
		"a part of the key": longKey[:minRun], "long entities": "&CounterClockwiseContourIntegral;",
	} {
		t.Run(name, func(t *testing.T) {
			hostile := []byte("%" + strings.Repeat(piece, 1<<16/len(piece)))
			small, large := allocated(hostile[:len(hostile)/16]), allocated(hostile)
			if large > 64*small {
				t.Errorf("4 KiB allocate %d bytes, 64 KiB allocate %d", small, large)
			}
		})
	}
}
