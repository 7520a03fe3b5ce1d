// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// Kind says why a read failed, for code that handles failures differently.
// [KindOf] finds it in any error; the zero Kind is that of an error that is no
// [Error].
type Kind struct {
	name          string
	transient     bool // another attempt may succeed
	everyInstance bool // so many failures in a row abort a fleet: every read would fail in the same way
}

// String returns the kind in words, such as "not found".
func (k Kind) String() string { return k.name }

// The kinds of [Error].
var (
	// KindMissingKey is a client without an API key; nothing was sent.
	KindMissingKey = Kind{name: "missing API key"}
	// KindExposedKey is an instance name, a base URL or a required state that contains
	// the API key; nothing was sent.
	KindExposedKey = Kind{name: "API key in another value"}
	// KindInvalidName is a text that cannot be an instance's name, see
	// [CheckName]; nothing was sent.
	KindInvalidName = Kind{name: "invalid instance name"}
	// KindConnection is a connection that was refused, reset, closed or dead, or none at all.
	KindConnection = Kind{name: "no connection", transient: true, everyInstance: true}
	// KindTimeout is an attempt that took longer than [Config.RequestTimeout].
	KindTimeout = Kind{name: "attempt timed out", transient: true, everyInstance: true}
	// KindCertificate is a certificate that does not verify: the server's, or an
	// HTTPS proxy's.
	KindCertificate = Kind{name: "certificate not trusted", everyInstance: true}
	// KindClientCertificate is a server that demands a client certificate.
	KindClientCertificate = Kind{name: "client certificate required", everyInstance: true}
	// KindProxy is a proxy of the environment that refused the request.
	KindProxy = Kind{name: "proxy", everyInstance: true}
	// KindRedirect is an answer that was a redirect. None is ever followed.
	KindRedirect = Kind{name: "redirected", everyInstance: true}
	// KindBadRequest is HTTP status 400.
	KindBadRequest = Kind{name: "bad request"}
	// KindUnauthorized is HTTP status 401: the API key was not accepted.
	KindUnauthorized = Kind{name: "unauthorized"}
	// KindForbidden is HTTP status 403.
	KindForbidden = Kind{name: "forbidden"}
	// KindNotFound is HTTP status 404: there is no such instance, or no API at the
	// base URL.
	KindNotFound = Kind{name: "not found"}
	// KindConflict is HTTP status 409.
	KindConflict = Kind{name: "conflict"}
	// KindRateLimited is HTTP status 429.
	KindRateLimited = Kind{name: "rate-limited", transient: true, everyInstance: true}
	// KindUnavailable is HTTP status 408, or 5xx except 501.
	KindUnavailable = Kind{name: "unavailable", transient: true, everyInstance: true}
	// KindRejected is any other HTTP status of 400 and more, 501 included.
	KindRejected = Kind{name: "rejected"}
	// KindMalformed is an answer that is not what the reference page shows: of
	// status 200 with another content, of status 304, or of a 1xx or 2xx status
	// other than 200.
	KindMalformed = Kind{name: "malformed answer"}
	// KindNoState is an answer of status 200 about the instance that gives no
	// state: Wachat has not loaded the instance yet.
	KindNoState = Kind{name: "no state", transient: true}
	// KindStale is an answer of status 200 that was in a cache for too long.
	KindStale = Kind{name: "stale answer", transient: true}
	// KindUnsuccessful is an answer of status 200 whose success is not true.
	KindUnsuccessful = Kind{name: "unsuccessful"}
	// KindOtherInstance is an answer of status 200 about another instance.
	KindOtherInstance = Kind{name: "answer about another instance"}
	// KindContradiction is an answer of status 200 that gives two states, one of
	// them open.
	KindContradiction = Kind{name: "contradictory states", transient: true}
)

// Error is a read that failed. Its texts are safe to show: those from outside
// contain no API key, no control characters and no phone numbers, and are cut.
type Error struct {
	Kind     Kind
	Instance string // the name in the request; empty for KindExposedKey

	// Status is the HTTP status, 0 without an answer. RequestID is the answer's
	// x-request-id or cf-ray, empty without one.
	Status    int
	RequestID string

	// Message is the API's own words, at most 500 characters: of any kind with a
	// Status of 400 and more, and of KindUnsuccessful.
	Message string

	// Answer is what came instead, content type and first 200 characters: of the
	// same kinds without a Message, of KindRedirect, and of KindMalformed if its body
	// was read.
	Answer string

	// Reason says what is wrong where the kind leaves that open, in words that can
	// follow "Reason: ": of KindExposedKey, KindInvalidName, KindConnection,
	// KindTimeout, KindCertificate, KindClientCertificate, KindProxy, KindMalformed,
	// KindStale, KindOtherInstance and KindContradiction. Of KindRedirect it is where
	// the redirect leads to, empty if nowhere.
	Reason string

	// RetryAfter is the pause that the API requires, 0 without one: of
	// KindRateLimited and KindUnavailable. TooLong is set if it is longer than
	// [Config.RetryWaitMax]: the error is permanent. A wait decides otherwise, so the
	// error of its poll never has it.
	RetryAfter time.Duration
	TooLong    bool

	// DisplayName is the instance's name in the Wachat dashboard, which may be empty:
	// of KindNoState and KindContradiction.
	DisplayName string

	// Attempts is the number of attempts, this one included; 0 if nothing was sent.
	Attempts int
}

// Error says in one line what failed, for a log. Messages for users are built from
// the fields.
func (e *Error) Error() string {
	text := fmt.Sprintf("instance %q: %s", e.Instance, e.Kind)
	if e.Status != 0 {
		text += fmt.Sprintf(" (HTTP status %d)", e.Status)
	}
	why := cmp.Or(e.Reason, e.Message)
	if why != "" {
		text += ": " + why
	}
	return text
}

// Transient reports whether another attempt may succeed.
func (e *Error) Transient() bool { return e.Kind.transient && !e.TooLong }

// KindOf returns the kind of the [Error] in err's chain, the zero Kind if there is
// none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Kind{}
}

func malformed(format string, args ...any) *Error {
	return &Error{Kind: KindMalformed, Reason: fmt.Sprintf(format, args...)}
}
