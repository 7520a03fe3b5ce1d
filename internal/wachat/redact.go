// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"bytes"
	"encoding/base64"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// minRun is the shortest part of a longer key that counts as a leak, in characters.
const minRun = 8

// maxBase64Depth is how often base64 inside base64 is decoded.
const maxBase64Depth = 2

// keyFinder finds the API key in text from outside, also if the text has it in
// percent, JSON or HTML escapes (one inside the other, too), in base64, in
// another case or with white space in it.
type keyFinder struct {
	whole patterns // the key
	parts patterns // each run of half its characters, of at least minRun
}

func newKeyFinder(key string) keyFinder {
	var f keyFinder
	length := max(minRun, utf8.RuneCountInString(key)/2)
	for _, form := range keyForms(key) {
		f.whole = append(f.whole, form)
		f.parts = append(f.parts, runs(form, length)...)
	}
	return f
}

// keyForms are what the key may look like in unescaped text: as it is, as
// unescaping changes it, and without a plus, which a form's decoder makes a space.
func keyForms(key string) [][]byte {
	var forms [][]byte
	add := func(form []byte) {
		form = fold(nil, form)
		if len(form) > 0 && !slices.ContainsFunc(forms, func(other []byte) bool { return bytes.Equal(other, form) }) {
			forms = append(forms, form)
		}
	}
	for form := range layers([]byte(key)) {
		add(form)
	}
	add([]byte(strings.ReplaceAll(key, "+", "")))
	return forms
}

// runs returns every run of length characters of form; form itself if it has no
// more than that.
func runs(form []byte, length int) [][]byte {
	var starts []int // byte offsets of the characters, and the end
	for i := range string(form) {
		starts = append(starts, i)
	}
	starts = append(starts, len(form))
	n := len(starts) - 1
	length = min(n, length)
	var runs [][]byte
	for i := range n - length + 1 {
		runs = append(runs, form[starts[i]:starts[i+length]])
	}
	return runs
}

// patterns are folded texts to search for.
type patterns [][]byte

func (p patterns) in(text []byte) bool { return p.inLevel(text, maxBase64Depth) }

func (p patterns) inLevel(text []byte, depth int) bool {
	if len(p) == 0 {
		return false
	}
	for text = range layers(text) {
		if p.inPlain(text) {
			return true
		}
	}
	return depth > 0 && p.inBase64(text, depth-1)
}

func (p patterns) inPlain(text []byte) bool {
	var buffer [1024]byte
	folded := fold(buffer[:0], text)
	return slices.ContainsFunc(p, func(pattern []byte) bool { return bytes.Contains(folded, pattern) })
}

// inBase64 searches what each run of base64 characters stands for. Where in it
// the base64 begins is not known, since letters may come before it: each of the
// four offsets is tried.
func (p patterns) inBase64(text []byte, depth int) bool {
	shortest := len(slices.MinFunc(p, func(a, b []byte) int { return len(a) - len(b) }))
	for run := range base64Runs(text, base64.RawStdEncoding.EncodedLen(shortest)) {
		for offset := range 4 {
			if p.inLevel(decodeBase64(run[min(offset, len(run)):]), depth) {
				return true
			}
		}
	}
	return false
}

// base64Runs yields the runs of at least shortest base64 characters, over line
// breaks too, in the standard alphabet.
func base64Runs(text []byte, shortest int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		start, length := 0, 0
		for i, c := range text {
			switch {
			case base64Alphabet[c] != 0:
				length++
			case isBlank(c):
			default:
				if length >= shortest && !yield(standardBase64(text[start:i])) {
					return
				}
				start, length = i+1, 0
			}
		}
		if length >= shortest {
			yield(standardBase64(text[start:]))
		}
	}
}

// standardBase64 returns run without white space and in the standard alphabet.
func standardBase64(run []byte) []byte {
	standard := make([]byte, 0, len(run))
	for _, c := range run {
		if c = base64Alphabet[c]; c != 0 {
			standard = append(standard, c)
		}
	}
	return standard
}

// base64Alphabet has the standard character for each one of base64, also of that
// for URLs, and 0 for any other.
var base64Alphabet = func() (table [256]byte) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for _, c := range []byte(alphabet) {
		table[c] = c
	}
	table['-'], table['_'] = '+', '/'
	return table
}()

// decodeBase64 decodes run, which may end anywhere.
func decodeBase64(run []byte) []byte {
	decoded := make([]byte, base64.RawStdEncoding.DecodedLen(len(run)))
	n, _ := base64.RawStdEncoding.Decode(decoded, run) // fails only on a last character that is too many
	return decoded[:n]
}
