// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Whatever the API sends gives an error, or a state that stands as a string in
// instance.state of the input, under the name that was asked for. The standard
// library is the judge: it reads JSON by another code.
func FuzzDecode(f *testing.F) {
	for _, file := range []string{"testdata/reference-example.json", "testdata/reference-response.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(answer(named + `,"state":"close","STATE":"open"`)))
	f.Add([]byte(answer(`"internalName":"` + shop + `","state":"\u006fpen","number":6.2e11`)))
	f.Add([]byte(`{"success":true,"data":{"instance":{"state":"open"}},"instance":{` + named + `,"state":"close"}}`))
	f.Add([]byte("{\"\x81\":\"\\u0000\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		state, failure := decode(body, shop, newSanitizer("a-key"))
		if (state == nil) == (failure == nil) {
			t.Fatalf("got %v and %v", state, failure)
		}
		if failure != nil {
			return
		}
		var root map[string]json.RawMessage
		mustUnmarshal(t, body, &root)
		var instance map[string]any
		mustUnmarshal(t, root["instance"], &instance)
		if instance["state"] != state.State || string(root["success"]) != "true" {
			t.Errorf("state %q is not in %q", state.State, body)
		}
		if instance["apiInstanceName"] != shop && instance["internalName"] != shop {
			t.Errorf("%q is not about %s", body, shop)
		}
		_, _ = state.Number(), state.Text("profileName", "owner")
	})
}

func mustUnmarshal(t *testing.T, data []byte, to any) {
	t.Helper()
	if err := json.Unmarshal(data, to); err != nil {
		t.Fatalf("%q was taken, and is no JSON to the standard library: %v", data, err)
	}
}

// Whatever is taken for a base URL leads to the host that it names and keeps
// the key from everybody else.
func FuzzBaseURL(f *testing.F) {
	for _, s := range []string{
		"https://app.wachat.net/api/v1", "http://127.0.0.1:8080/", "http://[::1]", "https://user:pw@h", "http://localhost.example", "https://h/%2e%2e/a", "https://h?q#f",
		"htTps://0/[[", "https://0/%20", "https://0/!00//", "http://127.0.0.100", "http://0.0.0.0A", "aA://[::0]", "//:\u0b42", "//0A0A@", "//%", "\u200f",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseBaseURL(s)
		if err != nil {
			return
		}
		if u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.HasSuffix(u.Path, "/") {
			t.Errorf("%q gives %#v", s, u)
		}
		if u.Scheme != "https" {
			addr, err := netip.ParseAddr(u.Hostname())
			if u.Scheme != "http" || u.Hostname() != "localhost" && (err != nil || !addr.Unmap().IsLoopback()) {
				t.Errorf("%q would send the key to %s over %s", s, u.Host, u.Scheme)
			}
		}
		c := &Client{base: u}
		endpoint, err := url.Parse(c.url("a&b=c#d"))
		if err != nil || endpoint.Host != u.Host || endpoint.Scheme != u.Scheme || endpoint.Query().Get("instanceName") != "a&b=c#d" || len(endpoint.Query()) != 1 {
			t.Errorf("%q asks %v, %v", s, endpoint, err)
		}
		if again, err := ParseBaseURL(u.String()); err != nil || again.String() != u.String() {
			t.Errorf("%q gives %s, which gives %v, %v", s, u, again, err)
		}
	})
}

// However a server encodes the key when it repeats it, the text is not shown, and
// no value contains the key.
func FuzzSanitize(f *testing.F) {
	f.Add(longKey, []byte{0}, uint64(0), "")
	f.Add(oddKey, []byte{1, 3, 6}, uint64(0x5555), "100%")
	f.Add("a-short", []byte{8, 2, 0, 9, 4}, uint64(0xf0f0), `C:\new`)
	f.Add("k\u00e9y_with_\u00fcmlauts", []byte{10, 5, 7, 1}, uint64(3), "&lt")
	f.Add("b", []byte{}, uint64(0), "00000000")
	f.Add(`0"`, []byte{2, 7}, uint64(0), "")
	f.Add("00000", []byte("!!"), uint64(0xf0f0), "0")
	f.Add("0", []byte("0"), uint64(0xf0f0), `\b`)
	f.Fuzz(func(t *testing.T, key string, steps []byte, choice uint64, other string) {
		if CheckKey(key) != nil || strings.ContainsAny(key, escapeCharacters) || len(key) > 200 || len(fold(nil, []byte(key))) == 0 {
			return
		}
		clean := newSanitizer(key)
		text := `"` + encodeKey(key, steps, choice) + `"`
		if got := clean.sanitize(text, messageLimit); got != withheld {
			t.Errorf("key %q in %q is shown as %q", key, text, got)
		}
		if value, ok := clean.value(text); ok && !strings.Contains(value, redacted) {
			t.Errorf("key %q in %q gives the value %q", key, text, value)
		}
		shown := clean.sanitize(other, answerLimit)
		rest := strings.ReplaceAll(shown, "[number]", "\n") // a mask may contain a short key
		if shown != withheld && strings.Contains(rest, key) || utf8.RuneCountInString(shown) > answerLimit || strings.ContainsFunc(shown, unicode.IsControl) {
			t.Errorf("%q is shown as %q", other, shown)
		}
	})
}

// encodeKey encodes key step by step. The bits of choice say which characters a
// step changes, besides those that begin an escape.
func encodeKey(key string, steps []byte, choice uint64) string {
	text := key
	chosen := func(i int) bool { return choice>>(i%64)&1 == 1 }
	encodeEach := func(encode func(r rune) string) {
		var b strings.Builder
		for i, r := range []rune(text) {
			if chosen(i) || strings.ContainsRune(escapeCharacters, r) {
				b.WriteString(encode(r))
			} else {
				b.WriteRune(r)
			}
		}
		text = b.String()
	}
	depth := 0
	inBase64 := func(encoding *base64.Encoding) {
		if depth++; depth <= maxBase64Depth {
			text = encoding.EncodeToString([]byte("Basic: "[:choice%8%7] + text))
		}
	}
	if choice&1 == 1 {
		text = strings.ToUpper(text)
	}
	if choice&2 == 2 {
		encodeEach(func(r rune) string { return "\r\n\t" + string(r) })
	}
	for _, step := range steps[:min(len(steps), 5)] {
		if len(text) > textLimit/10 {
			break // another step might make it longer than what is looked at
		}
		switch step % 10 {
		case 0:
			text = url.QueryEscape(text)
		case 1:
			encodeEach(func(r rune) string {
				var b strings.Builder
				for _, c := range []byte(string(r)) {
					fmt.Fprintf(&b, "%%%02x", c)
				}
				return b.String()
			})
		case 2:
			quoted, _ := json.Marshal(text)
			text = string(quoted[1 : len(quoted)-1])
		case 3:
			encodeEach(func(r rune) string {
				if r > 0xffff {
					return string(r)
				}
				return fmt.Sprintf(`\u%04x`, r)
			})
		case 4:
			text = html.EscapeString(text)
		case 5:
			encodeEach(func(r rune) string { return fmt.Sprintf("&#%d;", r) })
		case 6:
			encodeEach(func(r rune) string { return fmt.Sprintf("&#x%X;", r) })
		case 7:
			inBase64(base64.StdEncoding)
		case 8:
			inBase64(base64.RawURLEncoding)
		case 9:
			inBase64(base64.URLEncoding)
		}
	}
	return text
}
