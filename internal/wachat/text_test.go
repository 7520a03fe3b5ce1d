// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"encoding/base64"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// longKey is like a real one.
const longKey = "wk_live_7Hq2/ZpX+tdRt4mVb8NcQ1sYe6"

// show returns what a client with the key shows of a text. The name of the instance is
// so short that an encoding of the key may contain it.
func show(t *testing.T, key, text string) string {
	t.Helper()
	config := DefaultConfig()
	config.Key = key
	client, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client.clean.show(text, answerLimit, "b")
}

func TestShow_isFitForATerminal(t *testing.T) {
	fill := strings.Repeat("x ", 96)
	long := strings.Repeat("é ", 99)
	for in, want := range map[string]string{
		"t1_1234567_x 1234567":                "t1_1234567_x 1234567",
		"\x1b]0;title\x07\x1b[2Jhello\r\n":    "]0;title[2Jhello",
		"\u202eabc\u2066\u200d\u200b":         "abc",
		"a\nb\tc\u2028d\u2029e\u0085f":        "a b c d e f",
		"a\xffb":                              "a\uFFFDb",
		" \x00\n":                             "",
		long + "é é":                          long + "é…",
		long + "éé":                           long + "éé",
		strings.Repeat(" ", 250) + "a ":       "a",
		fill + "x y " + longKey:               fill + "x y …",
		fill + "628123456789":                 fill + "[number]",
		"6281234\x0056789":                    "[number]",
		strings.Repeat("x", 16<<10) + " y":    "…",
		strings.Repeat(" ", 16<<10-1) + "x":   "x",
		"call +62 812-3456-7890 or 12":        "call [number] or 12",
		"+62\u00a0812\u20113456\u20117890":    "[number]",
		"tel:+1 555 0100":                     "tel:[number]",
		"+62 (812) 3456.7890":                 "[number]",
		"62 812-3456-7890, 0812 3456 7890":    "[number], [number]",
		"(0812) 3456-7890":                    "[number]",
		"0812.3456.7890":                      "[number]",
		"wa12345678@s.net":                    "wa[number]@s.net",
		"+12 345":                             "+12 345",
		"dial tcp 192.168.100.200:8443: lost": "dial tcp 192.168.100.200:8443: lost",
		"2026-11-23T21:38:09Z":                "2026-11-23T21:38:09Z",
		"2026-11-23 21:38:09 retry in 30 s":   "2026-11-23 21:38:09 retry in 30 s",
	} {
		if got := show(t, longKey, in); got != want {
			t.Errorf("%.80q gives %q, want %q", in, got, want)
		}
	}
	if got := show(t, "", longKey+" Bearer  "); got != longKey+" Bearer" {
		t.Errorf("without a key it shows %q", got)
	}
}

func TestShow_leavesOutPartsOfTheKeyAndLongWords(t *testing.T) {
	const umlauts, w = "äöüßÄÖÜ€ñçéèêëîï", "wwwwwwwwwwwwwwwwwwwwwww" // 23 bytes
	for key, texts := range map[string]map[string]string{
		longKey: {
			"Bearer " + longKey + " is wrong":                                "Bearer … is wrong",
			"key=" + strings.ToUpper(longKey) + "!":                          "key=…!",
			"a " + longKey[:5] + "\r\n " + longKey[5:]:                       "a …",
			longKey[:3] + "\u200b" + longKey[3:]:                             "…",
			longKey + longKey + " " + longKey:                                "…",
			"a-wk_live_-b":                                                   "a-…-b",
			"a-wk_live-b":                                                    "a-wk_live-b",
			longKey[:9] + "-" + longKey[10:20]:                               "…-…",
			`a "` + base64.StdEncoding.EncodeToString([]byte(longKey)) + `"`: `a "…"`,
			w + "w":                                  "…",
			w + "," + w + " (" + w + ") <" + w + ">": w + "," + w + " (" + w + ") <" + w + ">",
			w + longKey[:8] + "ww":                   "…",
			`"shop" & 100% of "C:\new" is <lost>`:    `"shop" & 100% of "C:\new" is <lost>`,
		},
		"abcdefg":      {"xabcdefgx": "x…x", "abcdef": "abcdef"},
		"#":            {"Instance #7": "Instance …7"},
		umlauts:        {"= ÄÖÜß =": "= … =", "äöü": "äöü"},
		"abcdefghijkl": {w[:15] + " " + w[:16]: w[:15] + " …"},
		"abc":          {w[:10] + " " + w[:11]: w[:10] + " …"},
		"wk_12345678":  {"wk_12345678": "…"},
	} {
		for in, want := range texts {
			if got := show(t, key, in); got != want {
				t.Errorf("the key %s: %q gives %q, want %q", key, in, got, want)
			}
		}
	}
}

// checkShown checks the rule: eight bytes in a row that are in the key, letter case
// and white space ignored, are not shown.
func checkShown(t *testing.T, key, text, shown string) {
	t.Helper()
	folded := func(s string) string {
		return strings.Join(strings.Fields(strings.ToLower(strings.ToUpper(s))), "")
	}
	secret := folded(key)
	length := min(8, len(secret))
	for part := range strings.SplitSeq(strings.ReplaceAll(shown, "[number]", "…"), "…") {
		part = folded(part)
		for i := range len(part) - length + 1 {
			if strings.Contains(secret, part[i:i+length]) {
				t.Fatalf("%q of the key %q is in %q, for %q", part[i:i+length], key, shown, text)
			}
		}
	}
	if utf8.RuneCountInString(shown) > 200 || strings.ContainsFunc(shown, unicode.IsControl) || !utf8.ValidString(shown) {
		t.Fatalf("%q is shown as %q", text, shown)
	}
}

// Whatever is around the key, and between its parts.
func FuzzShow(f *testing.F) {
	f.Add(longKey, "%2f", 9)
	f.Add("k\u00e9y_with_\u00fcmlauts", "&lt", 4)
	f.Add("b", "00000000", 0)
	f.Add("wk_12345678", "wk_1234 5678", 3)
	f.Add("\u017fſK\u212a\u0130ı", "sskkiı", 7)
	f.Fuzz(func(t *testing.T, key, around string, at int) {
		if CheckKey(key) != nil || len(key) > 200 || strings.ContainsAny(key, "…[]") {
			return
		}
		at = max(0, min(at, len(key)))
		for _, text := range []string{around, around + key, key[:at] + around + key[at:], key[:at] + " \u200b" + key[at:] + around} {
			checkShown(t, key, text, show(t, key, text))
		}
	})
}
