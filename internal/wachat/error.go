// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind says why a read failed, for code that handles failures differently.
// [KindOf] finds it in any error.
type Kind int

const (
	// KindUnknown is the kind of an error that is no [Error].
	KindUnknown Kind = iota
	// KindMissingKey is a client without an API key; nothing was sent.
	KindMissingKey
	// KindConnection is a connection that was refused, reset, closed or dead, or none at all.
	KindConnection
	// KindCertificate is a server's certificate that does not verify.
	KindCertificate
	// KindProxy is a proxy of the environment that refused the request.
	KindProxy
	// KindTimeout is an attempt that took longer than [Config.RequestTimeout].
	KindTimeout
	// KindRedirect is an answer that was a redirect. None is ever followed.
	KindRedirect
	// KindBadRequest is HTTP status 400.
	KindBadRequest
	// KindUnauthorized is HTTP status 401: the API key was not accepted.
	KindUnauthorized
	// KindForbidden is HTTP status 403.
	KindForbidden
	// KindNotFound is HTTP status 404: there is no such instance.
	KindNotFound
	// KindConflict is HTTP status 409.
	KindConflict
	// KindRateLimited is HTTP status 429.
	KindRateLimited
	// KindUnavailable is HTTP status 408, or 5xx except 501. It is transient.
	KindUnavailable
	// KindRejected is any other HTTP status that is not 1xx or 2xx, 501 included.
	KindRejected
	// KindMalformed is an answer that is not what the reference page shows: of
	// status 200 with another content, or of a 1xx or 2xx status other than 200.
	KindMalformed
	// KindNoState is an answer of status 200 about the instance that gives no
	// state: Wachat has not loaded the instance yet. It is transient.
	KindNoState
	// KindStale is an answer of status 200 from a cache, with an Age above 60
	// seconds. It is transient.
	KindStale
	// KindUnsuccessful is an answer of status 200 whose success is not true.
	KindUnsuccessful
	// KindOtherInstance is an answer of status 200 about another instance.
	KindOtherInstance
	// KindContradiction is an answer of status 200 that gives two states, one of
	// them open. It is transient.
	KindContradiction
)

// Error is a read that failed. Texts that come from the API are safe to show: they
// contain no API key, no control characters and no phone numbers, and are cut. A
// text that contained the key, or half of it, says that it is withheld.
type Error struct {
	Kind     Kind
	Instance string // the unique API name of the request

	Status    int    // HTTP status, 0 without an answer
	Message   string // the API's own words, at most 500 characters
	Answer    string // what came instead of the expected: content type and first 200 characters
	Reason    string // what is wrong, in this package's words, where the kind leaves it open
	RequestID string // the answer's x-request-id or cf-ray

	// RetryAfter is the pause that the API requires, 0 without one. TooLong is
	// set if it exceeds [Config.RetryWaitMax], which makes the error permanent.
	RetryAfter   time.Duration
	TooLong      bool
	RetryWaitMax time.Duration // that RetryAfter exceeds, set with TooLong

	// OtherName is the unique name in an answer about another instance.
	// DisplayName is the display name in such an answer, and in one about this
	// instance that gives no state or two states.
	OtherName, DisplayName string

	// State and RawState are the two that contradict each other.
	State, RawState string

	// Attempts is the number of attempts, this one included.
	Attempts int
}

// Error says in one line what failed, for a log. Messages for users are built from
// the fields.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "instance %q: %s", e.Instance, e.Kind)
	if e.Status != 0 {
		fmt.Fprintf(&b, " (HTTP status %d)", e.Status)
	}
	for _, s := range []string{e.Reason, e.Message} {
		if s != "" {
			b.WriteString(": " + s)
		}
	}
	return b.String()
}

// Retryable reports whether the failure is transient: another attempt may succeed.
func (e *Error) Retryable() bool {
	switch e.Kind {
	case KindConnection, KindTimeout, KindNoState, KindStale, KindContradiction:
		return true
	case KindRateLimited, KindUnavailable:
		return !e.TooLong
	case KindProxy:
		return kindOfStatus(e.Status) == KindRateLimited || kindOfStatus(e.Status) == KindUnavailable
	default:
		return false
	}
}

// affectsAllInstances reports whether the read of any other instance would have
// failed in the same way. An answer about one instance says nothing of another.
func (e *Error) affectsAllInstances() bool {
	switch e.Kind {
	case KindCertificate, KindProxy, KindRedirect:
		return true
	case KindNoState, KindStale, KindContradiction:
		return false
	default:
		return e.Retryable() || e.TooLong
	}
}

// KindOf returns the kind of the [Error] in err's chain, [KindUnknown] if there
// is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindUnknown
}

var kindNames = map[Kind]string{
	KindUnknown:       "unknown",
	KindMissingKey:    "missing API key",
	KindConnection:    "no connection",
	KindCertificate:   "certificate not trusted",
	KindProxy:         "proxy",
	KindTimeout:       "attempt timed out",
	KindRedirect:      "redirected",
	KindBadRequest:    "bad request",
	KindUnauthorized:  "unauthorized",
	KindForbidden:     "forbidden",
	KindNotFound:      "not found",
	KindConflict:      "conflict",
	KindRateLimited:   "rate-limited",
	KindUnavailable:   "unavailable",
	KindRejected:      "rejected",
	KindMalformed:     "malformed answer",
	KindNoState:       "no state",
	KindStale:         "stale answer",
	KindUnsuccessful:  "unsuccessful",
	KindOtherInstance: "answer about another instance",
	KindContradiction: "contradictory states",
}

// String returns the kind in words, such as "not found".
func (k Kind) String() string { return kindNames[k] }
