// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"fmt"
	"html"
	"net/http"
	"sync"
	"time"
)

// Status answers with the code and the API's JSON of a failure.
func Status(code int) Fault {
	message := http.StatusText(code)
	if message == "" {
		message = fmt.Sprintf("Status %d", code)
	}
	return StatusBody(code, contentTypeJSON, string(failureBody(message)))
}

// StatusBody answers with the code and any body; an empty contentType sends none.
func StatusBody(code int, contentType, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		writeBody(w, code, contentType, []byte(body))
	}
}

// StatusEmpty answers with the code and no body.
func StatusEmpty(code int) Fault { return StatusBody(code, "", "") }

// Header adds a header to what the fault answers, or to the API's answer when
// the fault is nil.
func Header(name, value string, fault Fault) Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		w.Header().Add(name, value)
		fault.serve(w, r, next)
	}
}

// RetryAfter answers with the code and a Retry-After header, which is seconds,
// an HTTP date, or nonsense.
func RetryAfter(code int, value string) Fault {
	return Header("Retry-After", value, Status(code))
}

// Redirect answers with the code and a Location header.
func Redirect(code int, location string) Fault {
	return Header("Location", location, Status(code))
}

// EchoKey answers with the code and a JSON message that repeats the whole
// Authorization header.
func EchoKey(code int) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		writeFailure(w, code, "Not accepted: "+r.Header.Get("Authorization"))
	}
}

// EchoKeyHTML answers with the code and an HTML page that repeats the whole
// Authorization header.
func EchoKeyHTML(code int) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		page := fmt.Sprintf("<!DOCTYPE html>\n<title>Error</title>\n<pre>Authorization: %s</pre>\n",
			html.EscapeString(r.Header.Get("Authorization")))
		writeBody(w, code, "text/html; charset=utf-8", []byte(page))
	}
}

// Limiter lets perWindow requests through in each window of time, the first of
// which begins with the first request, and answers the others with 429 and the
// Retry-After value, if it is not empty.
func Limiter(perWindow int, window time.Duration, retryAfter string) Fault {
	limited := Status(http.StatusTooManyRequests)
	if retryAfter != "" {
		limited = RetryAfter(http.StatusTooManyRequests, retryAfter)
	}
	quota := windowQuota{size: perWindow, window: window}
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if quota.take(time.Now()) {
			next.ServeHTTP(w, r)
			return
		}
		limited(w, r, next)
	}
}

type windowQuota struct {
	size   int
	window time.Duration

	mu    sync.Mutex
	start time.Time
	used  int
}

func (q *windowQuota) take(now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.start.IsZero() || now.Sub(q.start) >= q.window {
		q.start, q.used = now, 0
	}
	q.used++
	return q.used <= q.size
}

// EngineError answers with the code and the JSON of the engine behind the API.
// The message is what the engine puts there: a string, an array of strings, or
// an array in an array.
func EngineError(code int, message any) Fault {
	body := object{
		{"status", code},
		{"error", http.StatusText(code)},
		{"response", object{{"message", message}}},
	}
	return StatusBody(code, contentTypeJSON, string(body.encode()))
}

// Informational sends an informational (1xx) answer, and then what the fault
// answers, or the API's answer when the fault is nil.
func Informational(code int, fault Fault) Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		w.WriteHeader(code)
		fault.serve(w, r, next)
	}
}
