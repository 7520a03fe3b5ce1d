// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxBody is the most that is read of an answer, in bytes after decompression.
const maxBody = 1 << 20

// maxAge is how old an answer from a cache may be to be believed.
const maxAge = time.Minute

// parseResponse returns the state that an answer gives, or the error that it is.
func (c *Client) parseResponse(response *http.Response, name string) (*InstanceState, *Error) {
	switch response.StatusCode / 100 {
	case 1, 2:
		if response.StatusCode != http.StatusOK {
			// The body stays unread: after a switch of protocols it never ends,
			// and net/http has taken the request's deadline off the connection.
			return nil, malformed(fmt.Errorf("its HTTP status is %d, not 200", response.StatusCode))
		}
		return c.parseOK(response, name)
	}
	body, _ := readBody(response.Body) // whatever could be read: the status decides
	return nil, c.statusError(response, body)
}

// parseOK parses an answer of status 200.
func (c *Client) parseOK(response *http.Response, name string) (*InstanceState, *Error) {
	body, err := readBody(response.Body)
	if err != nil {
		return nil, c.bodyError(response, body, err)
	}
	age := answerAge(response.Header)
	if age > maxAge {
		return nil, &Error{Kind: KindStale, Reason: "its Age is " + age.String()}
	}
	state, failure := decode(body, name, c.sanitizer)
	if failure != nil {
		if failure.Kind == KindMalformed {
			failure.Answer = c.describeAnswer(response, body)
		}
		return nil, failure
	}
	state.Age = age
	return state, nil
}

var errTooLarge = errors.New("it is larger than 1 MiB")

// readBody returns what it has read also when it fails.
func readBody(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	if len(body) > maxBody {
		return body[:maxBody], errTooLarge
	}
	return body, err
}

// answerAge returns how long an answer was in a cache, 0 if in none. Of several
// values the longest counts, and one that does not begin with a digit counts as
// none (RFC 9111, section 5.1).
func answerAge(h http.Header) time.Duration {
	var age time.Duration
	for _, values := range h["Age"] {
		for value := range strings.SplitSeq(values, ",") {
			if digits := leadingDigits(strings.TrimSpace(value)); digits != "" {
				age = max(age, seconds(digits))
			}
		}
	}
	return age.Truncate(time.Second)
}

func leadingDigits(s string) string { return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))] }
