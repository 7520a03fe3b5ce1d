// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/tls"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func aboutResponses() []assumption {
	return []assumption{
		{
			name:       "status",
			question:   "Does the API answer about an instance with HTTP status 200?",
			otherwise:  "Any other status is an error.",
			reliedOnBy: []string{"internal/wachat/response.go#parseResponse", "internal/wachat/classify.go#kindOfStatus"},
			check: func(o *observations) finding {
				return found(o.known.status() == http.StatusOK, "HTTP status %d; the provider reports: %s", o.known.status(), o.known.reported())
			},
		},
		{
			name:       "no-redirect",
			question:   "Does the API answer without a redirect?",
			otherwise:  "A redirect is an error and is never followed.",
			reliedOnBy: []string{"internal/wachat/client_test.go#TestClient_followsNoRedirect"},
			check: func(o *observations) finding {
				return found(o.known.status()/100 != 3, "HTTP status %d", o.known.status())
			},
		},
		{
			name:       "rate-limit-headers",
			question:   "Does the API announce no rate limit in headers?",
			otherwise:  "The provider heeds Retry-After on a 429 or 503, and no other header about rate limits.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/retry_after.go#retryAfter"},
			check:      rateLimitHeaders,
		},
		{
			name:       "key-echo",
			question:   "Does no answer repeat the API key?",
			otherwise:  "The provider keeps the key out of every error, log and value.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/text.go#sanitizer"},
			check:      keyEcho,
		},
	}
}

func aboutTransport() []assumption {
	return []assumption{
		{
			name:       "content-type",
			question:   "Is the content type application/json?",
			otherwise:  "The provider parses the body as JSON whatever the content type is.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/response.go#parseOK"},
			check:      contentType,
		},
		{
			name:       "compression",
			question:   "Is the body sent without compression, or with gzip?",
			otherwise:  "The provider accepts gzip only. Any other compression is a malformed answer.",
			reliedOnBy: []string{"internal/wachat/client_test.go#TestClient_readsGzip"},
			check:      compression,
		},
		{
			name:       "body-size",
			question:   "Is the body smaller than 1 MiB?",
			otherwise:  "A larger body is an error.",
			reliedOnBy: []string{"internal/wachat/response.go#maxBody", "internal/wachat/client_test.go#TestClient_bodyLimit"},
			check: func(o *observations) finding {
				size := len(o.known.body)
				return found(size <= 1<<20, "%s", upTo(size, []int{1 << 12, 1 << 16, 1 << 20}, "bytes"))
			},
		},
		{
			name:       "protocol",
			question:   "Does the API use HTTP/2 over TLS 1.2 or later?",
			otherwise:  "Over HTTP/1.1, each concurrent request needs a connection of its own.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/connection_gate.go#connectionGate", "internal/wachat/client_test.go#TestClient_sharesConnections"},
			check:      protocol,
		},
		{
			name:       "connection-reuse",
			question:   "Does the second request use the connection of the first?",
			otherwise:  "Each request needs a connection of its own, which makes a fleet slower.",
			tolerated:  true,
			reliedOnBy: []string{"internal/wachat/transport.go#newTransport"},
			check: func(o *observations) finding {
				if o.again.response == nil {
					return notSeen("no second answer")
				}
				return found(o.again.reused, "the connection of the first is used: %t", o.again.reused)
			},
		},
	}
}

func contentType(o *observations) finding {
	kind, _, err := mime.ParseMediaType(o.known.response.Header.Get("Content-Type"))
	if err != nil {
		return found(false, "no valid content type")
	}
	return found(kind == "application/json", "%s", o.guard.show(kind))
}

func compression(o *observations) finding {
	encoding := o.known.response.Header.Get("Content-Encoding")
	switch {
	case o.known.response.Uncompressed:
		return found(true, "gzip")
	case encoding == "" || encoding == "identity":
		return found(true, "none")
	}
	return found(false, "%s", o.guard.show(encoding))
}

func protocol(o *observations) finding {
	version := "no TLS"
	if o.known.response.TLS != nil {
		version = tls.VersionName(o.known.response.TLS.Version)
	}
	proto := fmt.Sprintf("HTTP/%d.%d", o.known.response.ProtoMajor, o.known.response.ProtoMinor)
	return found(o.known.response.ProtoMajor == 2 && o.known.response.TLS != nil, "%s, %s", proto, version)
}

func rateLimitHeaders(o *observations) finding {
	var names []string
	for _, e := range o.all() {
		if e.response == nil {
			continue
		}
		for name := range e.response.Header {
			if strings.Contains(strings.ToLower(name), "ratelimit") || name == "Retry-After" {
				names = append(names, o.guard.show(name))
			}
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		return found(true, "none")
	}
	return found(false, "%s", strings.Join(names, ", "))
}

func keyEcho(o *observations) finding {
	for _, e := range o.all() {
		if strings.Contains(string(e.body), e.key) {
			return found(false, "the body of an answer with HTTP status %d repeats it", e.status())
		}
	}
	return found(true, "no body repeats it")
}

// upTo describes a quantity by the first limit that it does not exceed.
func upTo(n int, limits []int, unit string) string {
	for _, limit := range limits {
		if n <= limit {
			return "at most " + strconv.Itoa(limit) + " " + unit
		}
	}
	return "more than " + strconv.Itoa(limits[len(limits)-1]) + " " + unit
}
