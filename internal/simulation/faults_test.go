// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// stateMissing is the state of an instance that is not loaded: the answer has no
// member "state". Another one is the empty state.
const stateMissing = "(missing)"

func isNoState(state string) bool { return state == "" || state == stateMissing }

// noError is the kind of the outcome of an attempt that gives a state.
var noError wachat.Kind

// fault is what the API does to one request in the place of an answer, or
// besides it.
type fault struct {
	name  string
	serve wachattest.Fault
	body  string // of the answer

	// kind is the kind of the error that the attempt has to end with. Without one it
	// gives a state, which is that of the instance unless there is one here.
	kind  wachat.Kind
	state string

	// breaks is set for a fault that may end the attempt without an answer: with
	// KindConnection or KindTimeout.
	breaks bool

	// pause is the Retry-After of the answer that has to be honored, 0 for none.
	pause time.Duration

	age time.Duration
}

func (f *fault) String() string { return f.name }

// everywhere are the kinds of failure that DESIGN lets count towards the end of
// a fleet: every read would meet them.
var everywhere = []wachat.Kind{wachat.KindConnection, wachat.KindTimeout, wachat.KindUnavailable, wachat.KindRateLimited, wachat.KindRedirect}

// transient reports whether DESIGN has a failure of that kind retried.
func transient(kind wachat.Kind) bool {
	return kind != wachat.KindRedirect && slices.Contains(everywhere, kind) ||
		kind == wachat.KindNoState || kind == wachat.KindStale || kind == wachat.KindContradiction
}

func answerNext(w http.ResponseWriter, r *http.Request, next http.Handler) { next.ServeHTTP(w, r) }

// withBody answers with the body in which NAME, STATE, ID and KEY are replaced.
func withBody(name, body string, kind wachat.Kind) *fault {
	return &fault{name: name, serve: answerNext, body: body, kind: kind}
}

// withData answers in that state with an odd value of data.
func withData(data, state string, kind wachat.Kind) *fault {
	f := withBody(state+" with data "+data, `{"success":true,"answer":"ID","data":`+data+`,"instance":{"apiInstanceName":"NAME"STATE}}`, kind)
	f.state = state
	return f
}

// statusKinds are the kinds of errors that answers of these statuses end with.
var statusKinds = map[int]wachat.Kind{
	200: wachat.KindUnsuccessful, 302: wachat.KindRedirect, 400: wachat.KindBadRequest, 401: wachat.KindUnauthorized,
	403: wachat.KindForbidden, 404: wachat.KindNotFound, 408: wachat.KindUnavailable, 418: wachat.KindRejected,
	429: wachat.KindRateLimited, 500: wachat.KindUnavailable, 503: wachat.KindUnavailable,
}

func status(code int) *fault {
	return &fault{name: fmt.Sprintf("status %d", code), serve: wachattest.Status(code), kind: statusKinds[code]}
}

// retryAfter answers with a Retry-After that counts as none.
func retryAfter(code int, value string) *fault {
	f := status(code)
	f.name += " with Retry-After: " + value
	f.serve = wachattest.RetryAfter(code, value)
	return f
}

// pausing answers with a Retry-After that has to be honored.
func pausing(code, seconds int) *fault {
	f := retryAfter(code, strconv.Itoa(seconds))
	f.pause = time.Duration(seconds) * time.Second
	return f
}

func breaking(name string, serve wachattest.Fault) *fault {
	return &fault{name: name, serve: serve, body: usualBody, kind: wachat.KindConnection, breaks: true}
}

// withHeaders adds headers, all of that name, to the answer.
func withHeaders(age time.Duration, header string, values ...string) *fault {
	return &fault{name: fmt.Sprint(header, values), body: usualBody, age: age, serve: func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		for _, value := range values {
			w.Header().Add(header, value)
		}
		next.ServeHTTP(w, r)
	}}
}

// echoKey repeats the key in headers, behind the ID of the answer, and in the body.
func echoKey(code int) *fault {
	f := status(code)
	f.name += " with the key"
	f.serve = func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		key := r.Header.Get("Authorization")
		w.Header().Set("X-Request-Id", w.Header().Get("X-Request-Id")+" "+key)
		w.Header().Set("Location", "/login?key="+key)
		w.Header().Set("Content-Type", "text/"+key)
		w.WriteHeader(code)
		_, _ = fmt.Fprintf(w, `{"message":"Not accepted: %s"}`, key)
	}
	return f
}

// faultSet is a group of faults of which an instance has one, or several in
// turn.
type faultSet []*fault

// healthy is the fault of a request that has none.
var healthy = &fault{name: "no fault", serve: answerNext, body: usualBody}

var (
	transientFaults = faultSet{
		status(500), status(503), status(408), status(429),
		withHeaders(24*time.Hour, "Age", "86400"), withHeaders(90*time.Second, "Age", "3", "90, 4"),
		withData(`{"instance":{"state":"close"}}`, "open", wachat.KindContradiction),
		withData(`{"instance":{"state":"open"}}`, "close", wachat.KindContradiction),
		withData(`[1]`, "open", wachat.KindContradiction), withData(`{"instance":{"state":7}}`, "open", wachat.KindContradiction),
		withBody("no state", `{"success":true,"instance":{"apiInstanceName":"NAME"}}`, wachat.KindNoState),
	}

	pausingFaults = faultSet{pausing(429, 1), pausing(503, 1), pausing(429, 3), pausing(503, 20), pausing(429, 60), pausing(503, 300)}

	// notPausing have a Retry-After that counts as none, or is on a status that has
	// none; but for the first, which the others must not shorten or end.
	notPausing = faultSet{
		pausing(429, 1), retryAfter(429, "0"), retryAfter(503, "Fri, 02 Jan 1970 03:04:05 GMT"), retryAfter(429, "soon"),
		retryAfter(429, "40000000"), retryAfter(503, "-5"), retryAfter(500, "60"), retryAfter(408, "3600"),
		retryAfter(200, "60"), retryAfter(404, "60"), retryAfter(302, "60"),
	}

	breakingFaults = faultSet{
		breaking("reset", wachattest.Reset()), breaking("reset in the body", wachattest.ResetMidBody()),
		breaking("truncated", wachattest.Truncated()), breaking("hang", wachattest.HangHeaders()),
		breaking("hang in the body", wachattest.HangBody()),
		{name: "drip", serve: wachattest.Drip(20 * time.Millisecond), body: usualBody, breaks: true},
	}

	permanentFaults = faultSet{
		status(400), status(403), status(404), status(418),
		withBody("an HTML page", "<p>open</p>", wachat.KindMalformed),
		withBody("success false", `{"success":false,"message":"No such session"}`, wachat.KindUnsuccessful),
		withBody("another instance", `{"success":true,"instance":{"instanceName":"NAME","apiInstanceName":"t1_other","state":"open"}}`, wachat.KindOtherInstance),
		withBody("a state twice", `{"success":true,"instance":{"apiInstanceName":"NAME","state":"close","state":"open"}}`, wachat.KindMalformed),
		withBody("the key in the state", `{"success":true,"instance":{"apiInstanceName":"NAME","state":"open KEY"}}`, wachat.KindMalformed),
		echoKey(403), echoKey(302),
	}

	everyReadsFaults = faultSet{status(401), status(500), status(503), status(302)}

	// oddAnswers give a state all the same.
	oddAnswers = faultSet{
		withHeaders(0, "Connection", "close"), withHeaders(0, "Age", "-30"), withHeaders(30*time.Second, "Age", "30"),
		withHeaders(9*time.Second, "Age", "0", "9"), withHeaders(time.Second, "Age", "soon, 1"),
		withData(`[1]`, "close", noError), withData(`{"instance":"open"}`, "connecting", noError), withData(`null`, "open", noError),
		withBody("the key in a member", `{"success":true,"answer":"ID","instance":{"apiInstanceName":"NAME"STATE,"KEY":"a KEY b","x":"\u0077k_test_3f9c1e7a5b2d"}}`, noError),
	}
)
