// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// oddKey has characters that every encoding escapes, longKey is like a real one.
const (
	oddKey  = `k/e+y"<7f3a>`
	longKey = "wk_live_7Hq2/ZpX+tdRt4mVb8NcQ1sYe6"
)

// keyEchoes are texts that contain the key, with nothing else that looks like it.
func keyEchoes(key string) map[string]string {
	hexEscaped := func(prefix string) string {
		var b strings.Builder
		for i := range len(key) {
			b.WriteString(prefix + string("0123456789abcdef"[key[i]>>4]) + string("0123456789abcdef"[key[i]&15]))
		}
		return b.String()
	}
	std, raw := base64.StdEncoding.EncodeToString, base64.RawStdEncoding.EncodeToString
	slashed := strings.ReplaceAll(key, "/", `\/`)
	partly := strings.ReplaceAll(strings.ReplaceAll(key, "/", "%2f"), "+", "%2b")
	return map[string]string{
		"as it is":                      "Bearer " + key + " is wrong",
		"alone":                         key,
		"in JSON":                       `{"key":"` + strings.ReplaceAll(key, `"`, `\"`) + `"}`,
		"with escaped slashes":          `{"key":"` + strings.ReplaceAll(slashed, `"`, `\"`) + `"}`,
		"in JSON, all escaped":          `{"key":"` + hexEscaped(`\u00`) + `"}`,
		"in JSON, plus escaped":         strings.ReplaceAll(key, "+", `\u002b`),
		"in JSON in JSON":               `"{\"key\":\"` + strings.ReplaceAll(slashed, `\`, `\\`) + `\"}"`,
		"percent-encoded":               "?key=" + hexEscaped("%"),
		"percent-encoded in capitals":   "?key=" + strings.ToUpper(hexEscaped("%")),
		"percent-encoded in part":       "?key=" + partly,
		"percent-encoded twice":         "?key=" + strings.ReplaceAll(hexEscaped("%"), "%", "%25"),
		"percent-encoded thirty times":  "?key=" + strings.ReplaceAll(hexEscaped("%"), "%", "%"+strings.Repeat("25", 29)),
		"by JavaScript's escape":        hexEscaped("%u00"),
		"by a quoted Go string":         `"` + hexEscaped(`\x`) + `"`,
		"in decimal entities":           strings.NewReplacer("+", "&#43;", "/", "&#47;").Replace(key),
		"in entities without their end": strings.NewReplacer("+", "&#43", "/", "&#47").Replace(key),
		"in entities with zeros":        strings.NewReplacer("+", "&#00043;", "/", "&#x0002F;").Replace(key),
		"in hexadecimal entities":       hexEscapedEntities(key),
		"in named entities":             strings.NewReplacer("+", "&plus;", "/", "&sol;", "_", "&lowbar;", `"`, "&quot;", "<", "&lt;").Replace(key),
		"in escaped entities":           strings.NewReplacer("+", "&amp;#43;", "/", "&amp;amp;sol;").Replace(key),
		"in percent-encoded entities":   strings.NewReplacer("+", "%26plus%3B", "/", "%26%2347%3b").Replace(key),
		"in entities of entities":       strings.NewReplacer("+", "&"+strings.Repeat("amp;", 30)+"plus;", "/", "&"+strings.Repeat("#38;", 30)+"#47;").Replace(key),
		"in entities of percents":       strings.NewReplacer("+", "&percnt;2B", "/", "&#37;2f").Replace(key),
		"in JSON-escaped percents":      strings.NewReplacer("+", `\u00252B`, "/", `%\u0032F`).Replace(key),
		"in capitals":                   strings.ToUpper(key),
		"in lower case":                 strings.ToLower(key),
		"over two lines":                key[:5] + "\r\n  " + key[5:],
		"with a tab":                    key[:5] + "\t" + key[5:],
		"with an escaped line break":    key[:5] + `\n` + key[5:],
		"with a percent-encoded space":  key[:5] + "%20%0a" + key[5:],
		"with invisible characters":     key[:3] + "\u200b" + key[3:5] + "\x00" + key[5:],
		"with escaped invisible ones":   key[:3] + `\u200b` + key[3:5] + "&shy;" + key[5:] + "&#8203;",
		"with invalid UTF-8":            key[:3] + "\xff" + key[3:],
		"from a decoded form":           strings.ReplaceAll(key, "+", " "),
		"in base64":                     std([]byte("Bearer " + key)),
		"in base64, moved by one":       std([]byte("1" + key)),
		"in base64, moved by two":       std([]byte("12" + key)),
		"in base64 without padding":     raw([]byte(key)),
		"in base64 for URLs":            base64.RawURLEncoding.EncodeToString([]byte("user:" + key)),
		"in base64 behind a word":       "Basic " + std([]byte("x:"+key)),
		"in base64 over two lines":      std([]byte(key))[:9] + `\r\n` + std([]byte(key))[9:],
		"in percent-encoded base64":     strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(std([]byte("1" + key))),
		"in base64 of percents":         std([]byte("?a=b&key=" + partly)),
		"in base64 of base64":           std([]byte(`{"auth":"` + std([]byte("12"+key)) + `"}`)),
	}
}

func hexEscapedEntities(key string) string {
	var b strings.Builder
	for i := range len(key) {
		b.WriteString("&#x" + string("0123456789abcdef"[key[i]>>4]) + string("0123456789ABCDEF"[key[i]&15]) + ";")
	}
	return b.String()
}

func TestSanitize_withholdsWhatContainsTheKey(t *testing.T) {
	for _, key := range []string{oddKey, longKey} {
		clean := newSanitizer(key)
		for name, text := range keyEchoes(key) {
			t.Run(name, func(t *testing.T) {
				if got := clean.sanitize(text, messageLimit); got != withheld {
					t.Errorf("%q is shown as %q", text, got)
				}
				if got := clean.sanitizeID(text, messageLimit); got != withheld {
					t.Errorf("%q is shown as the ID %q", text, got)
				}
			})
		}
	}
}

func TestSanitize_withholdsPartsOfTheKey(t *testing.T) {
	encode := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, tt := range []struct {
		name, key, text string
		withheld        bool
	}{
		{"half of a key", longKey, "Bearer " + longKey[:len(longKey)/2], true},
		{"less than half of a key", longKey, "Bearer " + longKey[:len(longKey)/2-1], false},
		{"all but the last character", longKey, "Bearer " + longKey[:len(longKey)-1], true},
		{"the middle", longKey, longKey[6 : 6+len(longKey)/2], true},
		{"the end", longKey, longKey[len(longKey)/2:], true},
		{"half in base64", longKey, encode("Bearer " + longKey)[:34], true},
		{"eight characters of twelve", oddKey, oddKey[:8], true},
		{"seven characters of twelve", oddKey, oddKey[:7], false},
		{"eight of seventeen", "abcdefghijklmnopq", "ijklmnop", true},
		{"all of seven", "abcdefg", "xabcdefgx", true},
		{"six of seven", "abcdefg", "abcdef", false},
		{"a key of one character", "#", "Instance #7", true},
		{"a key of one character that is not there", "#", "Instance 7", false},
		{"half of a key that is not ASCII", "äöüßÄÖÜ€ñçéèêëîï", "äöüßÄÖÜ€", true},
		{"less than that", "äöüßÄÖÜ€ñçéèêëîï", "äöüßÄÖÜ", false},
		{"a key with escapes of its own", "ab%41cd&lt;ef", "ab%2541cd&amp;lt;ef", true},
		{"a key with a backslash", `ab\ncd\u0041ef`, `ab\\ncd\\u0041ef`, true},
		{"an open entity at the start", "/abcdef", "&#47abcdef", true},
		{"nested entities at the start", "/abcdefg", "&" + strings.Repeat("amp;", 30) + "#47;abcdefg", true},
		{"an entity with the longest name", "∳abcdefg", "&" + strings.Repeat("amp;", 30) + "CounterClockwiseContourIntegral;abcdefg", true},
		{"a key that is all plus", "++++++++", "a++++++++", true},
		{"ordinary text", longKey, `The "t1_mq9r2jov_jakarta_store" instance does not exist & 100% of "C:\new" is <lost>`, false},
		{"a short form in base64", "abc%41%42%43", encode("abcABC"), true},
		{"base64 that ends one character late", longKey, base64.RawStdEncoding.EncodeToString([]byte("12"+longKey)) + "A", true},
		{"base64 of base64 of base64", longKey, encode(encode(encode(longKey))), false},
		{"other base64", longKey, encode("a text that is about as long as a key or more"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := newSanitizer(tt.key).sanitize(tt.text, messageLimit); (got == withheld) != tt.withheld {
				t.Errorf("%q is shown as %q", tt.text, got)
			}
		})
	}
}

// A value that contains the key is replaced, or left out and listed.
func TestInstanceState_hasTheKeyInNoValue(t *testing.T) {
	for _, key := range []string{oddKey, longKey} {
		for name, text := range keyEchoes(key) {
			t.Run(name, func(t *testing.T) {
				quoted, err := json.Marshal(strings.ToValidUTF8(text, "\uFFFD"))
				if err != nil {
					t.Fatal(err)
				}
				body := answer(named + `,"state":"open","owner":"me","profileName":` + string(quoted))
				state, failure := decode([]byte(body), shop, newSanitizer(key))
				if failure != nil {
					t.Fatal(failure)
				}
				profile := state.Text("profileName")
				switch {
				case profile == "" && slices.Equal(state.Withheld, []string{"profileName"}):
				case strings.Contains(profile, redacted) && len(state.Withheld) == 0:
				default:
					t.Errorf("profileName is %q, withheld are %q", profile, state.Withheld)
				}
				if state.Text("owner") != "me" {
					t.Errorf("owner is %q", state.Text("owner"))
				}
				if state.Raw != "" && (!strings.Contains(state.Raw, redacted) || !jsontext.Value(state.Raw).IsValid()) {
					t.Errorf("raw is %s", state.Raw)
				}
				for _, value := range []string{profile, state.Raw} {
					if newSanitizer(key).finder.whole.in([]byte(value)) {
						t.Errorf("the key is in %q", value)
					}
				}
			})
		}
	}
}

func TestInstanceState_keepsAPartOfTheKey(t *testing.T) {
	body := answer(named + `,"state":"open","profileName":"` + longKey[:len(longKey)-1] + `"`)
	state, failure := decode([]byte(body), shop, newSanitizer(longKey))
	if failure != nil {
		t.Fatal(failure)
	}
	if state.Text("profileName") != longKey[:len(longKey)-1] || state.Raw != body || state.Withheld != nil {
		t.Errorf("got %q, %q, %s", state.Text("profileName"), state.Withheld, state.Raw)
	}
}

func TestInstanceState_withoutAKeyStaysAsItIs(t *testing.T) {
	body := answer(named + `,"state":"open","profileName":"Bearer "`)
	state, failure := decode([]byte(body), shop, newSanitizer(""))
	if failure != nil {
		t.Fatal(failure)
	}
	if state.Text("profileName") != "Bearer " || state.Raw != body {
		t.Errorf("got %q, %s", state.Text("profileName"), state.Raw)
	}
}

// The key may look like a number, and stand where replacing it breaks the JSON.
func TestInstanceState_hasANumericKeyInNoValue(t *testing.T) {
	const key = "628123456789"
	for name, member := range map[string]string{"a string": `"number":"628123456789"`, "a number": `"number":628123456789`, "an exponent": `"number":6.28123456789e11`} {
		t.Run(name, func(t *testing.T) {
			// The key is in the answer in digits, too, as an exponent hides it.
			body := answer(named + `,"state":"open","note":"628123456789",` + member)
			state, failure := decode([]byte(body), shop, newSanitizer(key))
			if failure != nil {
				t.Fatal(failure)
			}
			if got := state.Number(); strings.Contains(got, key) {
				t.Errorf("number is %q", got)
			}
			if strings.Contains(state.Raw, key) || state.Raw != "" && !jsontext.Value(state.Raw).IsValid() {
				t.Errorf("raw is %s", state.Raw)
			}
		})
	}
}

func TestDecode_refusesAStateThatContainsTheKey(t *testing.T) {
	for _, state := range []string{longKey, strings.ToUpper(longKey), base64.StdEncoding.EncodeToString([]byte("x" + longKey)), "open" + longKey} {
		_, failure := decode([]byte(answer(named+`,"state":"`+state+`"`)), shop, newSanitizer(longKey))
		if failure == nil || failure.Kind != KindMalformed || failure.Reason != "its instance.state repeats the API key" {
			t.Errorf("%q gives %+v", state, failure)
		}
	}
}

func TestInstanceState_listsAtMostTenWithheldMembersThatAreSafeToShow(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte(longKey))
	members := []string{named, `"state":"open"`}
	for _, name := range []string{`\u001b`, longKey, "za", "zb", "zc", "zd", "ze", "zf", "zg", "zh", "zi", "zj"} {
		members = append(members, `"`+name+`":"`+encoded+`"`)
	}
	state, failure := decode([]byte(answer(strings.Join(members, ","))), shop, newSanitizer(longKey))
	if failure != nil {
		t.Fatal(failure)
	}
	if len(state.Withheld) != 10 || state.Withheld[0] != "" || state.Withheld[1] != withheld || state.Raw != "" {
		t.Errorf("got %q, raw %q", state.Withheld, state.Raw)
	}
}
