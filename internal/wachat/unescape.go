// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"html"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escapeCharacters are those with which an escape begins.
const escapeCharacters = `%\&`

// maxLayers is how often a text is unescaped as a whole.
const maxLayers = 8

// layers yields text, and then text without its outermost percent, JSON and HTML
// escapes, without the next ones, and so on until there are none. What is nested
// deeper than maxLayers comes off at once, so the work grows with the length of
// text only.
func layers(text []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for layer := 0; yield(text) && layer <= maxLayers && bytes.ContainsAny(text, escapeCharacters); layer++ {
			plain := unescape(text, layer == maxLayers)
			if bytes.Equal(plain, text) {
				return
			}
			text = plain
		}
	}
}

// unescape undoes percent, JSON and HTML escapes, and drops the white space and
// control characters of ASCII. It decodes an escape once it has written its last
// character. If nested, what it decoded may be a part of another escape.
func unescape(text []byte, nested bool) []byte {
	out := make([]byte, 0, len(text))
	done := 0 // the length of the part of out that is not looked at again
	for _, c := range text {
		if isBlank(c) {
			continue
		}
		out = append(out, c)
		for done < len(out) {
			length, decoded := lastEscape(out[done:])
			if length == 0 {
				break
			}
			out = append(out[:len(out)-length], decoded...)
			if !nested {
				done = len(out)
			}
		}
	}
	if bytes.IndexByte(out, '&') < 0 {
		return out
	}
	return []byte(html.UnescapeString(string(out))) // also entities without a semicolon
}

// lastEscape returns the length of the escape that text ends with and what it
// stands for; 0 if text does not end with one.
func lastEscape(text []byte) (length int, decoded []byte) {
	last := text[len(text)-1]
	if last == ';' {
		return lastEntity(text)
	}
	if bytes.HasSuffix(text[:len(text)-1], []byte{'\\'}) && !strings.ContainsRune("ux%&", rune(last)) {
		if strings.ContainsRune("nrtbf", rune(last)) {
			return 2, nil
		}
		return 2, []byte{last}
	}
	return lastHex(text)
}

// hexEscapes are the escapes that end with digits, and how many. The last two
// are those of JavaScript's escape function and of Go's quoted strings.
var hexEscapes = []struct {
	prefix string
	digits int
}{{"%", 2}, {`\u`, 4}, {"%u", 4}, {`\x`, 2}}

func lastHex(text []byte) (length int, decoded []byte) {
	for _, escape := range hexEscapes {
		start := max(0, len(text)-escape.digits)
		if !bytes.HasSuffix(text[:start], []byte(escape.prefix)) {
			continue
		}
		value, err := hex.AppendDecode(nil, text[start:])
		if err != nil {
			return 0, nil
		}
		if len(value) == 2 {
			value = utf8.AppendRune(nil, rune(binary.BigEndian.Uint16(value)))
		}
		return len(escape.prefix) + escape.digits, value
	}
	return 0, nil
}

// lastEntity decodes an HTML entity. The longest name has 32 characters.
func lastEntity(text []byte) (length int, decoded []byte) {
	end := text[max(0, len(text)-40):]
	start := bytes.LastIndexByte(end, '&')
	if start < 0 {
		return 0, nil
	}
	entity := string(end[start:])
	plain := html.UnescapeString(entity)
	if plain == entity {
		return 0, nil
	}
	return len(entity), []byte(plain)
}

// isBlank reports whether c is white space or a control character of ASCII.
func isBlank(c byte) bool { return c <= ' ' || c == 0x7f }

// fold appends text to folded in one case, without white space, characters that
// nobody sees and invalid UTF-8.
func fold(folded, text []byte) []byte {
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c = foldedASCII[c]; c != 0 {
				folded = append(folded, c)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		i += size
		if r != utf8.RuneError && !unicode.IsSpace(r) && !unicode.IsControl(r) && !isInvisible(r) {
			folded = utf8.AppendRune(folded, unicode.ToLower(unicode.ToUpper(r)))
		}
	}
	return folded
}

// foldedASCII has each character in lower case, 0 for one that fold leaves out.
var foldedASCII = func() (table [utf8.RuneSelf]byte) {
	for i := range byte(utf8.RuneSelf) {
		if !isBlank(i) {
			table[i] = byte(unicode.ToLower(rune(i)))
		}
	}
	return table
}()
