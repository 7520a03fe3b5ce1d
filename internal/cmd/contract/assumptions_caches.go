// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

func aboutCaches() []assumption {
	return []assumption{
		{
			name:       "not-cached",
			question:   "Does the answer come from the API itself, and not from a cache (no Age above 0)?",
			otherwise:  "An answer with an Age above 60 seconds is an error, and one with any Age does not count for stable_for.",
			reliedOnBy: []string{"internal/wachat/response.go#answerAge", "internal/wachat/response_test.go#TestParseResponse_age"},
			check: func(o *observations) finding {
				return age(o.known.response.Header)
			},
		},
		{
			name:       "not-storable",
			question:   "Do the headers of the answer not let a cache store it (no max-age above 0, no Expires)?",
			otherwise:  "The provider sends Cache-Control: no-cache, and does not believe an answer with an Age above 60 seconds.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/client_test.go#TestClient_requestFollowsTheReferencePage"},
			check: func(o *observations) finding {
				return storable(o.known.response.Header)
			},
		},
		{
			name:       "date",
			question:   "Does the answer have a Date?",
			otherwise:  "terraform-provider-wachat -check cannot compare the clocks.",
			tolerated:  true,
			reliedOnBy: []string{"internal/diagnose/diagnose_test.go#TestOutcome_clock"},
			check: func(o *observations) finding {
				_, err := http.ParseTime(o.known.response.Header.Get("Date"))
				return found(err == nil, "a valid Date: %t", err == nil)
			},
		},
	}
}

func age(h http.Header) finding {
	if len(h.Values("Age")) == 0 {
		return found(true, "no Age")
	}
	seconds, err := strconv.ParseUint(h.Get("Age"), 10, 64)
	switch {
	case err != nil:
		return found(false, "an Age that is not a number")
	case seconds == 0:
		return found(true, "Age 0")
	case seconds <= 60:
		return found(false, "an Age from 1 to 60 seconds")
	}
	return found(false, "an Age above 60 seconds")
}

var maxAge = regexp.MustCompile(`(?i)(?:max-age|s-maxage)\s*=\s*"?0*[1-9]`)

func storable(h http.Header) finding {
	control := strings.Join(h.Values("Cache-Control"), ", ")
	forbidden := strings.Contains(strings.ToLower(control), "no-store") || strings.Contains(strings.ToLower(control), "no-cache")
	switch {
	case forbidden:
		return found(true, "Cache-Control forbids it")
	case maxAge.MatchString(control):
		return found(false, "Cache-Control allows it")
	case control == "" && h.Get("Expires") != "":
		return found(false, "there is an Expires, and no Cache-Control")
	case control == "":
		return found(true, "no headers about it")
	}
	return found(true, "Cache-Control does not allow it")
}
