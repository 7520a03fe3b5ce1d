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

const redacted = "[API key]"

// sanitizer makes text from outside fit to be shown: on a terminal, in a CI log.
type sanitizer struct{ secrets *strings.Replacer }

func newSanitizer(key string) sanitizer {
	if key == "" {
		return sanitizer{secrets: strings.NewReplacer()}
	}
	pairs := make([]string, 0, 14)
	for _, form := range keyForms(key) {
		if form != "" {
			pairs = append(pairs, form, redacted)
		}
	}
	return sanitizer{secrets: strings.NewReplacer(pairs...)}
}

// keyForms are the ways in which a server, or a proxy in front of it, may write
// the key when it echoes a request.
func keyForms(key string) []string {
	quoted, _ := jsontext.AppendQuote(nil, key) // fails on invalid UTF-8 only
	escaped, _ := jsontext.AppendFormat(nil, quoted, jsontext.EscapeForHTML(true))
	return []string{
		key,
		unwrap(quoted),
		unwrap(escaped),
		strings.ReplaceAll(key, "/", `\/`),
		url.QueryEscape(key),
		url.PathEscape(key),
		html.EscapeString(key),
	}
}

// unwrap takes a JSON string out of its quotes.
func unwrap(quoted []byte) string {
	return strings.TrimSuffix(strings.TrimPrefix(string(quoted), `"`), `"`)
}

// redact takes the key out of s and leaves the rest as it is.
func (c sanitizer) redact(s string) string { return c.secrets.Replace(s) }

// sanitize returns at most limit characters of s without invalid UTF-8, control
// characters, the key, or a phone number as WhatsApp writes it. The order
// matters: stripping may join the halves of a key, and a cut may leave half of
// one.
func (c sanitizer) sanitize(s string, limit int) string {
	return cut(phoneNumber().ReplaceAllString(c.strip(s), "[number]"), limit)
}

// sanitizeID is show for what may have the digits of a phone number without being
// one.
func (c sanitizer) sanitizeID(s string, limit int) string { return cut(c.strip(s), limit) }

func (c sanitizer) strip(s string) string {
	return strings.TrimSpace(c.redact(strings.Map(stripControl, strings.ToValidUTF8(s, "\uFFFD"))))
}

// stripControl also drops the format characters (Cf), among them those that
// turn the direction of text, and makes a space of a line's end and a tab.
func stripControl(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return ' '
	case unicode.IsControl(r) || isInvisible(r):
		return -1
	}
	return r
}

// isInvisible tells of the format characters.
func isInvisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// phoneNumber matches a number as WhatsApp writes it: E.164 without the plus.
// It is compiled at the first error, not at the start of every plan.
var phoneNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b\d{8,15}\b`)
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
