// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckKey reports why key cannot be an API key: it is empty, or it contains white
// space, a control character or an invisible one, which copying a key can add. The
// error never repeats the key.
func CheckKey(key string) error {
	if strings.HasPrefix(strings.ToLower(key), "bearer ") {
		return errors.New(`the API key starts with "Bearer ". Leave that out: the provider adds it`)
	}
	if strings.ContainsFunc(key, isInvisible) || !utf8.ValidString(key) {
		return errors.New("the API key contains an invisible or invalid character")
	}
	return checkToken("the API key", key)
}

// CheckName reports why name cannot be an instance's unique API name: it is empty,
// or it contains white space or a control character.
func CheckName(name string) error { return checkToken("the instance name", name) }

func checkToken(what, token string) error {
	switch {
	case token == "":
		return errors.New(what + " is empty")
	case strings.ContainsFunc(token, unicode.IsSpace):
		return errors.New(what + " contains white space")
	case strings.ContainsFunc(token, unicode.IsControl):
		return errors.New(what + " contains a control character")
	}
	return nil
}
