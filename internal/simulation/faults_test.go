// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// fault is what the API does to one request in the place of an answer, or
// besides it.
type fault struct {
	name  string
	serve wachattest.Fault

	// kind is the kind of the error that the attempt has to end with;
	// KindUnknown is a state.
	kind wachat.Kind

	// breaks is set for a fault that may end the attempt without an answer: with
	// KindConnection or KindTimeout.
	breaks bool

	// breaksOthers is set for a fault that ends all connections, and with them
	// what other requests have on them.
	breaksOthers bool

	// pause is the Retry-After of the answer, 0 for none.
	pause time.Duration

	age time.Duration
}

func (f *fault) String() string {
	if f == nil {
		return "no fault"
	}
	return f.name
}

// transient reports whether DESIGN has a failure of that kind retried.
func transient(kind wachat.Kind) bool {
	switch kind {
	case wachat.KindConnection, wachat.KindTimeout, wachat.KindUnavailable, wachat.KindRateLimited,
		wachat.KindNoState, wachat.KindStale, wachat.KindContradiction:
		return true
	default:
		return false
	}
}

// affectsAll reports whether DESIGN lets a failure of that kind count towards
// the end of a fleet: every read would meet it.
func affectsAll(kind wachat.Kind) bool {
	switch kind {
	case wachat.KindConnection, wachat.KindTimeout, wachat.KindUnavailable, wachat.KindRateLimited,
		wachat.KindRedirect, wachat.KindCertificate, wachat.KindProxy, wachat.KindUnauthorized:
		return true
	default:
		return false
	}
}

func status(code int, kind wachat.Kind) *fault {
	return &fault{name: fmt.Sprintf("status %d", code), serve: wachattest.Status(code), kind: kind}
}

func retryAfter(code, seconds int, kind wachat.Kind) *fault {
	return &fault{
		name:  fmt.Sprintf("status %d with Retry-After: %d", code, seconds),
		serve: wachattest.RetryAfter(code, strconv.Itoa(seconds)), kind: kind, pause: time.Duration(seconds) * time.Second,
	}
}

func malformed(name string, serve wachattest.Fault) *fault {
	return &fault{name: name, serve: serve, kind: wachat.KindMalformed}
}

func breaking(name string, serve wachattest.Fault) *fault {
	return &fault{name: name, serve: serve, kind: wachat.KindConnection, breaks: true}
}

func harmless(name string, serve wachattest.Fault) *fault { return &fault{name: name, serve: serve} }

// faultSet is a group of faults of which an instance has one, or several in
// turn.
type faultSet []*fault

var (
	pastDate = "Fri, 02 Jan 1970 03:04:05 GMT"

	transientFaults = faultSet{
		status(500, wachat.KindUnavailable), status(502, wachat.KindUnavailable), status(503, wachat.KindUnavailable),
		status(408, wachat.KindUnavailable), status(429, wachat.KindRateLimited),
		{name: "stale", serve: wachattest.Header("Age", "86400", nil), kind: wachat.KindStale, age: 24 * time.Hour},
		contradiction("open", "close"), contradiction("close", "open"),
		{name: "no state", serve: wachattest.JSON(`{"success":true,"instance":{"apiInstanceName":"NAME"}}`), kind: wachat.KindNoState},
		{name: "state null", serve: wachattest.JSON(`{"success":true,"instance":{"apiInstanceName":"NAME","state":null}}`), kind: wachat.KindNoState},
	}

	pausingFaults = faultSet{
		retryAfter(429, 1, wachat.KindRateLimited), retryAfter(503, 1, wachat.KindUnavailable),
		retryAfter(429, 3, wachat.KindRateLimited), retryAfter(503, 20, wachat.KindUnavailable),
		retryAfter(429, 60, wachat.KindRateLimited), retryAfter(503, 300, wachat.KindUnavailable),
	}

	shortPauseFaults = faultSet{
		retryAfter(429, 1, wachat.KindRateLimited), retryAfter(429, 0, wachat.KindRateLimited), retryAfter(503, 0, wachat.KindUnavailable),
		{name: "Retry-After in the past", serve: wachattest.RetryAfter(503, pastDate), kind: wachat.KindUnavailable},
		{name: "Retry-After without sense", serve: wachattest.RetryAfter(429, "soon"), kind: wachat.KindRateLimited},
	}

	breakingFaults = faultSet{
		breaking("reset", wachattest.Reset()), breaking("reset in the body", wachattest.ResetMidBody()),
		breaking("truncated", wachattest.Truncated()),
		breaking("hang", wachattest.HangHeaders()), breaking("hang in the body", wachattest.HangBody()),
		{name: "connection reset", kind: wachat.KindConnection, breaks: true, breaksOthers: true},
		{name: "drip", serve: wachattest.Drip(50 * time.Millisecond), breaks: true},
	}

	permanentFaults = faultSet{
		status(400, wachat.KindBadRequest), status(403, wachat.KindForbidden), status(404, wachat.KindNotFound),
		status(409, wachat.KindConflict), status(418, wachat.KindRejected), status(501, wachat.KindRejected),
		malformed("an HTML page", wachattest.Body("text/html", "<p>open</p>")), malformed("no body", wachattest.Body("application/json", "")),
		malformed("status 203", wachattest.StatusBody(203, "application/json", `{"success":true}`)), malformed("status 206", wachattest.StatusBody(206, "", "")),
		{name: "success false", serve: wachattest.JSON(`{"success":false,"message":"No such session"}`), kind: wachat.KindUnsuccessful},
		{name: "another instance", serve: wachattest.JSON(`{"success":true,"instance":{"apiInstanceName":"t1_other","state":"open"}}`), kind: wachat.KindOtherInstance},
		{name: "the key in a 403", serve: wachattest.EchoKey(403, "application/json", `{"message":%q}`), kind: wachat.KindForbidden},
		{name: "the key in a page", serve: wachattest.EchoKey(400, "text/html", "<pre>%s</pre>"), kind: wachat.KindBadRequest},
	}

	everyReadsFaults = faultSet{
		status(401, wachat.KindUnauthorized), status(500, wachat.KindUnavailable), status(503, wachat.KindUnavailable),
		{name: "redirect", serve: wachattest.Redirect(302, "https://127.0.0.1:9/login"), kind: wachat.KindRedirect},
	}

	protocolFaults = faultSet{
		switchProtocols(), harmless("early hints", earlyHints), harmless("GOAWAY", wachattest.Header("Connection", "close", nil)),
		harmless("gzip", wachattest.Gzipped(nil)),
		{name: "from a fresh cache", serve: wachattest.Header("Age", "30", nil), age: 30 * time.Second},
	}
)

// switchProtocols is an answer over HTTP/1.1. Over HTTP/2 an empty answer follows.
func switchProtocols() *fault {
	upgrade := wachattest.Header("Connection", "Upgrade", wachattest.Header("Upgrade", "other", wachattest.StatusBody(101, "", "")))
	return &fault{name: "status 101", serve: upgrade, kind: wachat.KindMalformed, breaks: true}
}

func contradiction(state, raw string) *fault {
	return &fault{
		name:  fmt.Sprintf("%s against %s", state, raw),
		serve: wachattest.JSON(fmt.Sprintf(`{"success":true,"data":{"instance":{"state":%q}},"instance":{"apiInstanceName":"NAME","state":%q}}`, raw, state)),
		kind:  wachat.KindContradiction,
	}
}

func earlyHints(w http.ResponseWriter, r *http.Request, next http.Handler) {
	w.WriteHeader(http.StatusEarlyHints)
	next.ServeHTTP(w, r)
}
