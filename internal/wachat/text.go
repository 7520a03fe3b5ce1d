// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// How much of a text from outside is shown, in characters.
const (
	messageLimit = 500
	answerLimit  = 200
)

// textLimit is how much of a text is looked at before it is shown, in bytes: far
// more than is shown, and little work even if the text is hostile.
const textLimit = 16 << 10

const (
	// sharedRun is how many bytes of the key in a row are a part of it that is
	// never shown.
	sharedRun = 8

	// No word of longestWord bytes or more is shown, nor one of four thirds of the
	// key's length, but words of less than shortestLimit are.
	longestWord   = 24
	shortestLimit = 11

	omission = "…"
)

// cleaner makes text from outside fit to be shown, on a terminal or in a CI log,
// and fit to be the value of an attribute. No one can know in what encoding a
// server or a proxy repeats the API key, so parts of the key are left out, and so
// is each word that is long enough to be an encoding of it. Without a key nothing is
// sent, so there are no answers: only show works then.
type cleaner struct {
	key       string
	folded    string // the key as fold leaves it
	wordLimit int
}

func newCleaner(key string) cleaner {
	folded, _ := fold(key)
	return cleaner{
		key:       key,
		folded:    folded,
		wordLimit: max(shortestLimit, min(longestWord, len(key)*4/3)),
	}
}

// show returns at most limit characters of s, without control characters, phone
// numbers and what may be the API key. Names in it that are exempt may be long.
func (c cleaner) show(s string, limit int, exempt ...string) string {
	s = strings.TrimSpace(visible(s))
	if c.key != "" {
		s = word.ReplaceAllStringFunc(c.omitParts(s), func(word string) string { return c.omitLong(word, exempt) })
	}
	return cut(maskPhoneNumbers(s), limit)
}

// showName is show for a name or a state, which may be long.
func (c cleaner) showName(s string) string {
	return cut(maskPhoneNumbers(c.omitParts(visible(s))), answerLimit)
}

// showID is show for an ID, which may be long and have as many digits as a phone
// number.
func (c cleaner) showID(s string) string { return cut(c.omitParts(visible(s)), answerLimit) }

// visible returns what a terminal shows of s. Of a very long text it takes the
// beginning, and no part of a word: its length could not be seen.
func visible(s string) string {
	if len(s) > textLimit {
		s = s[:strings.LastIndexByte(s[:textLimit], ' ')+1] + omission
	}
	return strings.Map(withoutInvisible, strings.ToValidUTF8(s, "\uFFFD"))
}

// omitParts replaces each run of s that shares eight bytes with the key, or all
// of a shorter key. Letter case and white space do not matter, so this comes before
// s is split into words.
func (c cleaner) omitParts(s string) string {
	folded, from := fold(s)
	length := min(sharedRun, len(c.folded))
	var out strings.Builder
	end, shown := -1, 0 // of the last run in folded, and of what is written in s
	for start := range len(folded) - length + 1 {
		if !strings.Contains(c.folded, folded[start:start+length]) {
			continue
		}
		if start > end {
			out.WriteString(s[shown:from[start]] + omission)
		}
		end = start + length
		last := from[end-1]
		_, size := utf8.DecodeRuneInString(s[last:])
		shown = last + size
	}
	return out.String() + s[shown:]
}

// fold returns s in one letter case and without white space, and for each byte of
// that the place in s that it comes from.
func fold(s string) (folded string, from []int) {
	var b strings.Builder
	for i, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		size, _ := b.WriteRune(unicode.ToLower(unicode.ToUpper(r)))
		for range size {
			from = append(from, i)
		}
	}
	return b.String(), from
}

// word matches what is between white space, quotes, brackets and commas.
var word = regexp.MustCompile("[^\\s\\p{Z}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\"'`<>,]+")

// omitLong replaces a word that is long enough to be an encoding of the key, less
// what is exempt in it.
func (c cleaner) omitLong(word string, exempt []string) string {
	if len(word) < c.wordLimit {
		return word
	}
	for _, known := range exempt {
		before, after, found := strings.Cut(word, known)
		if found && len(known) >= sharedRun { // a short one could be in any encoding
			return c.omitLong(before, exempt) + known + c.omitLong(after, exempt)
		}
	}
	return omission
}

// contains reports whether s contains the key, in any letter case.
func (c cleaner) contains(s string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(c.key))
}

// value makes a text of an answer fit to be the value of an attribute.
func (c cleaner) value(s string) string {
	return strings.ReplaceAll(strings.Map(withoutControl, s), c.key, omission)
}

// json replaces the key in each string of a JSON text that contains it, however it is
// escaped there. The text is empty if that leaves no valid JSON.
func (c cleaner) json(text string) string {
	key, _ := jsontext.AppendQuote(nil, c.key)
	key = bytes.Trim(key, `"`)
	plain, _ := jsontext.AppendFormat(nil, []byte(text), jsontext.AllowInvalidUTF8(true))
	if !bytes.Contains(plain, key) {
		return text
	}
	replaced := jsontext.Value(bytes.ReplaceAll(plain, key, []byte(omission)))
	if !replaced.IsValid(jsontext.AllowDuplicateNames(true)) {
		return ""
	}
	return string(replaced)
}

// withoutInvisible drops control and format characters (Cc, Cf), and makes a line
// break or a tab a space.
func withoutInvisible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return withoutControl(r)
}

// withoutControl drops control characters and those that change the direction of
// text, and makes a line break or a tab a space.
func withoutControl(r rune) rune {
	if strings.ContainsRune("\n\t\u0085\u2028\u2029", r) {
		return ' '
	}
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
		return -1
	}
	return r
}

// maskPhoneNumbers replaces phone numbers: 8 digits or more in a row as WhatsApp
// writes them, with a plus and separators, or in groups.
func maskPhoneNumbers(s string) string { return phoneNumber.ReplaceAllString(s, "[number]") }

var phoneNumber = regexp.MustCompile(strings.Join([]string{
	`\+[ (]{0,2}\d(?:[ ().\-/\x{a0}\x{2010}-\x{2015}]{0,3}\d){6,14}`, // +62 812-3456-7890
	`\d{8,}`, // 628123456789
	`\(?\d{1,4}\)?(?:[ \-\x{a0}]\d{3,5}){2,3}`, // 62 812-3456-7890, 0812-3456-7890
	`\(?0\d{2,3}\)?(?:[ .\-]\d{3,4}){2,3}`,     // 0812.3456.7890
}, "|"))

// cut shortens s to limit characters, the ellipsis included.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit-1]) + "…"
}
