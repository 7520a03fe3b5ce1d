// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// How much of the API's own text an error carries, in characters.
const (
	messageLimit = 500
	answerLimit  = 200
)

const (
	redacted = "[API key]"

	// withheld takes the place of a shown text that would give the key away.
	withheld = "[withheld: the text contains the API key or a part of it]"
)

// textLimit is how much of a text is looked at before it is shown, in bytes. It
// bounds the work on a hostile text, and is far above what is shown of one.
const textLimit = 16 << 10

// sanitizer makes text from outside safe to show, on a terminal or in a CI log,
// and safe to use as a value.
type sanitizer struct {
	finder keyFinder
	key    string
}

func newSanitizer(key string) sanitizer {
	return sanitizer{finder: newKeyFinder(key), key: key}
}

// sanitize returns at most limit characters of s without invalid UTF-8, control
// characters and phone numbers, or [withheld] if s contains a part of the key.
// The order matters: a character that is stripped may part a number, and a cut
// may leave a piece of the key or of a number that cannot be recognized.
func (c sanitizer) sanitize(s string, limit int) string {
	return c.show(s, limit, maskPhoneNumbers)
}

// sanitizeID is sanitize for an ID, which may have as many digits as a phone
// number.
func (c sanitizer) sanitizeID(s string, limit int) string {
	return c.show(s, limit, func(s string) string { return s })
}

func (c sanitizer) show(s string, limit int, mask func(string) string) string {
	s = s[:min(len(s), textLimit)]
	if c.finder.parts.in([]byte(s)) {
		return withheld
	}
	s = strings.Map(stripInvisible, strings.ToValidUTF8(s, "\uFFFD"))
	return cut(mask(strings.TrimSpace(s)), limit)
}

// value makes s, a text of an answer that contains the whole key, fit to be the
// value of an attribute. ok is false, and the value empty, if the key is there in
// an encoding that cannot be replaced.
func (c sanitizer) value(s string) (value string, ok bool) {
	replaced := c.replaceKey(s)
	if c.finder.whole.in([]byte(replaced)) {
		return "", false
	}
	return replaced, true
}

// replaceKey replaces the key in the forms in which a server, or a proxy in front
// of it, writes it when it repeats a request.
func (c sanitizer) replaceKey(s string) string {
	quoted, _ := jsontext.AppendQuote(nil, c.key) // fails on invalid UTF-8 only
	escaped, _ := jsontext.AppendFormat(nil, quoted, jsontext.EscapeForHTML(true))
	var pairs []string
	for _, form := range []string{
		c.key,
		unwrap(quoted),
		unwrap(escaped),
		strings.ReplaceAll(c.key, "/", `\/`),
		url.QueryEscape(c.key),
		url.PathEscape(c.key),
		html.EscapeString(c.key),
	} {
		pairs = append(pairs, form, redacted)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// unwrap takes a JSON string out of its quotes.
func unwrap(quoted []byte) string {
	return strings.TrimSuffix(strings.TrimPrefix(string(quoted), `"`), `"`)
}

// stripInvisible drops the control and format characters (Cc, Cf), and makes a
// line break or a tab a space.
func stripInvisible(r rune) rune {
	if isInvisible(r) {
		return -1
	}
	return stripControl(r)
}

// stripControl drops the control characters and those that change the direction
// of text, and makes a line break or a tab a space.
func stripControl(r rune) rune {
	if strings.ContainsRune("\n\t\u0085\u2028\u2029", r) {
		return ' '
	}
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
		return -1
	}
	return r
}

// isInvisible reports whether r is a format character (Cf).
func isInvisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// maskPhoneNumbers replaces phone numbers: 8 to 15 digits in a row as WhatsApp
// writes them, with a plus and separators, or in groups.
func maskPhoneNumbers(s string) string {
	return phoneNumber().ReplaceAllStringFunc(s, func(match string) string {
		digits := 0
		for _, r := range match {
			if '0' <= r && r <= '9' {
				digits++
			}
		}
		if digits > 15 {
			return match
		}
		return "[number]"
	})
}

// phoneNumber is compiled at the first error, not at the start of every plan.
var phoneNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(strings.Join([]string{
		`\+[ (]{0,2}\d(?:[ ().\-/\x{a0}\x{2010}-\x{2015}]{0,3}\d){6,14}`, // +62 812-3456-7890
		`\d{8,}`, // 628123456789
		`\(?\d{1,4}\)?(?:[ \-\x{a0}]\d{3,5}){2,3}`, // 62 812-3456-7890, 0812-3456-7890
		`\(?0\d{2,3}\)?(?:[ .\-]\d{3,4}){2,3}`,     // 0812.3456.7890
	}, "|"))
})

// cut shortens s to limit characters, the ellipsis included.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	n, end := 0, 0
	for end = range s {
		if n++; n == limit {
			break
		}
	}
	return s[:end] + "…"
}
