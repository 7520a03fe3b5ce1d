// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package faulttable lists what can go wrong between a client and the API, and
// the error or state that a read has to end with. The client's tests read each
// row by itself; the provider's run them all in one plan.
package faulttable

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// Row is a fault of one instance and the outcome for a client with [Retries]
// retries.
type Row struct {
	Name  string
	Fault func(*wachattest.Instance)

	// Kind is the kind of the error; KindUnknown is a state, "open".
	Kind wachat.Kind
	// WantText is a part of the error's text.
	WantText string
	// Requests is the highest number of requests that the read may send.
	Requests int
	// Hangs is set where the fault lasts as long as an attempt may, Pauses where
	// it demands a pause of a second.
	Hangs, Pauses bool
	// HTTP1 is set for a fault that only HTTP/1.1 has.
	HTTP1 bool
}

// Retries is the number of retries that [Row].Requests counts on.
const Retries = 1

// Rows returns the table. The names are those of the instances, too.
func Rows() []Row {
	return slices.Concat(statuses(), retryAfters(), redirects(), connections(), bodies(), members(), noState(), notCurrent(), engineErrors(), echoes(), harmless())
}

const (
	once  = 1
	twice = 1 + Retries
)

// everyAnswer gives every answer about the instance the fault.
func everyAnswer(f wachattest.Fault) func(*wachattest.Instance) {
	return func(i *wachattest.Instance) { i.SetFault(f) }
}

func statuses() []Row {
	var rows []Row
	for _, s := range []struct {
		code     int
		kind     wachat.Kind
		requests int
	}{
		{300, wachat.KindRedirect, once},
		{304, wachat.KindRedirect, once},
		{400, wachat.KindBadRequest, once},
		{401, wachat.KindUnauthorized, once},
		{402, wachat.KindRejected, once},
		{403, wachat.KindForbidden, once},
		{404, wachat.KindNotFound, once},
		{405, wachat.KindRejected, once},
		{408, wachat.KindUnavailable, twice},
		{409, wachat.KindConflict, once},
		{410, wachat.KindRejected, once},
		{422, wachat.KindRejected, once},
		{429, wachat.KindRateLimited, twice},
		{451, wachat.KindRejected, once},
		{500, wachat.KindUnavailable, twice},
		{501, wachat.KindRejected, once},
		{502, wachat.KindUnavailable, twice},
		{503, wachat.KindUnavailable, twice},
		{504, wachat.KindUnavailable, twice},
		{520, wachat.KindUnavailable, twice},
		{599, wachat.KindUnavailable, twice},
	} {
		status := fmt.Sprintf("status-%d", s.code)
		rows = append(
			rows,
			Row{Name: status + "-with-json", Fault: everyAnswer(wachattest.StatusBody(s.code, "application/json", `{"success":false,"message":"because"}`)), Kind: s.kind, WantText: withBody(s.code, "because"), Requests: s.requests},
			Row{Name: status + "-with-html", Fault: everyAnswer(wachattest.StatusBody(s.code, "text/html", "<h1>because</h1>")), Kind: s.kind, WantText: withBody(s.code, "text/html: <h1>because</h1>"), Requests: s.requests},
			Row{Name: status + "-empty", Fault: everyAnswer(wachattest.StatusEmpty(s.code)), Kind: s.kind, WantText: "an empty body", Requests: s.requests},
		)
	}
	huge := strings.Repeat("x", 3<<20)
	return append(
		rows,
		Row{Name: "status-404-huge", Fault: everyAnswer(wachattest.StatusBody(404, "text/plain", huge)), Kind: wachat.KindNotFound, WantText: "text/plain: xxx", Requests: once},
		Row{Name: "status-500-huge", Fault: everyAnswer(wachattest.StatusBody(500, "application/json", `{"message":"`+huge+`"}`)), Kind: wachat.KindUnavailable, WantText: `application/json: {"message":"xxx`, Requests: twice},
	)
}

// withBody is empty where HTTP allows no body.
func withBody(code int, says string) string {
	if code == 304 {
		return ""
	}
	return says
}

func retryAfters() []Row {
	soon := func() string { return time.Now().Add(time.Second).UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT") }
	dated := func(i *wachattest.Instance) { i.SetFault(wachattest.RetryAfter(503, soon())) }
	return []Row{
		{Name: "retry-after-a-second", Fault: everyAnswer(wachattest.RetryAfter(429, "1")), Kind: wachat.KindRateLimited, Requests: twice, Pauses: true},
		{Name: "retry-after-a-date", Fault: dated, Kind: wachat.KindUnavailable, Requests: twice, Pauses: true},
		{Name: "retry-after-a-date-in-the-past", Fault: everyAnswer(wachattest.RetryAfter(503, "Fri, 02 Jan 1970 15:04:05 GMT")), Kind: wachat.KindUnavailable, Requests: twice},
		{Name: "retry-after-nonsense", Fault: everyAnswer(wachattest.RetryAfter(429, "soon")), Kind: wachat.KindRateLimited, Requests: twice},
		{Name: "retry-after-zero", Fault: everyAnswer(wachattest.RetryAfter(429, "0")), Kind: wachat.KindRateLimited, Requests: twice},
		{Name: "retry-after-a-negative-number", Fault: everyAnswer(wachattest.RetryAfter(429, "-5")), Kind: wachat.KindRateLimited, Requests: twice},
		{Name: "retry-after-a-day", Fault: everyAnswer(wachattest.RetryAfter(429, "86400")), Kind: wachat.KindRateLimited, WantText: "24h0m0s", Requests: once},
		{Name: "retry-after-more-than-a-number-holds", Fault: everyAnswer(wachattest.RetryAfter(503, "99999999999999999999")), Kind: wachat.KindUnavailable, WantText: "2562047h47m16", Requests: once},
		{Name: "retry-after-a-far-date", Fault: everyAnswer(wachattest.RetryAfter(503, "Fri, 02 Jan 2099 15:04:05 GMT")), Kind: wachat.KindUnavailable, Requests: once},
	}
}

func redirects() []Row {
	// On this machine, so that a client that follows does not leave it.
	const elsewhere = "https://127.0.0.1:9/api/v1/instance/state"
	return []Row{
		{Name: "redirect-to-another-host", Fault: everyAnswer(wachattest.Redirect(302, elsewhere)), Kind: wachat.KindRedirect, WantText: "to https://127.0.0.1:9", Requests: once},
		{Name: "redirect-to-plain-http", Fault: everyAnswer(wachattest.Redirect(301, "http://127.0.0.1:9/")), Kind: wachat.KindRedirect, WantText: "to http://127.0.0.1:9/", Requests: once},
		{Name: "redirect-in-a-loop", Fault: everyAnswer(wachattest.Redirect(307, "")), Kind: wachat.KindRedirect, Requests: once},
		{Name: "redirect-to-itself", Fault: everyAnswer(wachattest.Redirect(308, "/api/v1/instance/state?instanceName=redirect-to-itself")), Kind: wachat.KindRedirect, WantText: "to /api/v1/instance/state", Requests: once},
		{Name: "redirect-to-what-is-no-url", Fault: everyAnswer(wachattest.Redirect(302, "http://bad host/%zz")), Kind: wachat.KindRedirect, WantText: "to http://bad host/%zz", Requests: once},
		{Name: "redirect-with-escape-sequences", Fault: everyAnswer(wachattest.Redirect(302, "https://127.0.0.1:9/\u202e")), Kind: wachat.KindRedirect, WantText: "to https://127.0.0.1:9/", Requests: once},
	}
}

func connections() []Row {
	return []Row{
		{Name: "reset-before-the-answer", Fault: everyAnswer(wachattest.Reset()), Kind: wachat.KindConnection, Requests: twice + twice}, // the transport repeats on a connection that was idle
		{Name: "reset-during-the-body", Fault: everyAnswer(wachattest.ResetMidBody()), Kind: wachat.KindConnection, Requests: twice},
		{Name: "body-shorter-than-announced", Fault: everyAnswer(wachattest.Truncated()), Kind: wachat.KindConnection, Requests: twice},
		{Name: "body-cut-between-chunks", Fault: everyAnswer(wachattest.CutChunked()), Kind: wachat.KindConnection, Requests: twice},
		{Name: "headers-that-never-come", Fault: everyAnswer(wachattest.HangHeaders()), Kind: wachat.KindTimeout, WantText: "no complete answer within", Requests: twice, Hangs: true},
		{Name: "body-that-stops", Fault: everyAnswer(wachattest.HangBody()), Kind: wachat.KindTimeout, WantText: "no complete answer within", Requests: twice, Hangs: true},
		{Name: "body-that-drips", Fault: everyAnswer(wachattest.Drip(50 * time.Millisecond)), Kind: wachat.KindTimeout, WantText: "no complete answer within", Requests: twice, Hangs: true},
	}
}

func bodies() []Row {
	html := "<!DOCTYPE html><title>Welcome</title>"
	return []Row{
		{Name: "body-empty", Fault: everyAnswer(wachattest.EmptyBody()), Kind: wachat.KindMalformed, WantText: "it is empty", Requests: once},
		{Name: "body-without-content", Fault: everyAnswer(wachattest.StatusEmpty(204)), Kind: wachat.KindMalformed, WantText: "its HTTP status is 204", Requests: once},
		{Name: "body-of-html", Fault: everyAnswer(wachattest.Body("text/html; charset=utf-8", html)), Kind: wachat.KindMalformed, WantText: "text/html: " + html, Requests: once},
		{Name: "body-that-is-an-array", Fault: everyAnswer(wachattest.Body("application/json", "[]")), Kind: wachat.KindMalformed, WantText: "not a JSON object", Requests: once},
		{Name: "body-that-is-null", Fault: everyAnswer(wachattest.Body("application/json", "null")), Kind: wachat.KindMalformed, WantText: "not a JSON object", Requests: once},
		{Name: "body-that-is-a-string", Fault: everyAnswer(wachattest.Body("application/json", `"open"`)), Kind: wachat.KindMalformed, WantText: "not a JSON object", Requests: once},
		{Name: "body-nested-deep", Fault: everyAnswer(wachattest.DeepNest(100_000)), Kind: wachat.KindMalformed, WantText: "not valid JSON", Requests: once},
		{Name: "body-of-two-gibibytes", Fault: everyAnswer(wachattest.HugeBody(2 << 30)), Kind: wachat.KindMalformed, WantText: "larger than 1 MiB", Requests: once},
		{Name: "body-without-end", Fault: everyAnswer(wachattest.EndlessBody()), Kind: wachat.KindMalformed, WantText: "larger than 1 MiB", Requests: once},
		{Name: "body-that-unpacks-without-end", Fault: everyAnswer(wachattest.GzipBomb()), Kind: wachat.KindMalformed, WantText: "larger than 1 MiB", Requests: once},
		{Name: "body-that-does-not-unpack", Fault: everyAnswer(wachattest.Header("Content-Encoding", "gzip", wachattest.Body("application/json", "not gzip at all"))), Kind: wachat.KindMalformed, WantText: "its compression is broken", Requests: once},
	}
}

// members are answers with something wrong in their JSON, one for each kind of
// error and each text. The tests of the decoder have the other forms.
func members() []Row {
	row := func(name, body string, kind wachat.Kind, says string, requests int) Row {
		body = strings.ReplaceAll(body, "NAME", name)
		return Row{Name: name, Fault: func(i *wachattest.Instance) { i.SetAnswer(body) }, Kind: kind, WantText: says, Requests: requests}
	}
	const good = `"apiInstanceName":"NAME","state":"open"`
	return []Row{
		row("json-cut-short", `{"success":true,"instance":{`+good, wachat.KindMalformed, "not valid JSON", once),
		row("json-with-a-doubled-name", `{"success":true,"instance":{`+good+`,"state":"close"}}`, wachat.KindMalformed, "the same name twice", once),
		row("json-with-success-false", `{"success":false,"message":"No such session","instance":{`+good+`}}`, wachat.KindUnsuccessful, "No such session", once),
		row("json-with-instance-null", `{"success":true,"instance":null}`, wachat.KindMalformed, "no instance.state", once),
		row("json-with-instance-as-a-list", `{"success":true,"instance":[{`+good+`}]}`, wachat.KindMalformed, "no instance.state", once),
		row("json-with-state-true", `{"success":true,"instance":{"apiInstanceName":"NAME","state":true}}`, wachat.KindMalformed, "instance.state is not a string", once),
		row("json-without-a-name", `{"success":true,"instance":{"state":"open"}}`, wachat.KindOtherInstance, "", once),
		row("json-about-another-instance", `{"success":true,"instance":{"apiInstanceName":"t1_other","state":"open"}}`, wachat.KindOtherInstance, "t1_other", once),
		row("json-with-open-against-close", `{"success":true,"data":{"instance":{"state":"close"}},"instance":{`+good+`}}`, wachat.KindContradiction, "close", twice),
		row("json-with-close-against-open", `{"success":true,"data":{"instance":{"state":"open"}},"instance":{"apiInstanceName":"NAME","state":"close"}}`, wachat.KindContradiction, "close", twice),
		row("json-with-escape-sequences-in-its-message", `{"success":false,"message":"\u001b]0;owned\u0007\u001b[31mNo\u202e such session"}`, wachat.KindUnsuccessful, "]0;owned[31mNo such session", once),
		row("json-with-a-long-message", `{"success":false,"message":"`+strings.Repeat("and on ", 1000)+`"}`, wachat.KindUnsuccessful, "and on", once),
		row("json-with-a-number-in-its-message", `{"success":false,"message":"628123456789 is logged out"}`, wachat.KindUnsuccessful, "[number] is logged out", once),
	}
}

// noState are answers for an instance that the engine has not loaded: for a
// time, and for ever.
func noState() []Row {
	var rows []Row
	for _, state := range []string{wachattest.StateMissing, wachattest.StateNull, ""} {
		name := cmp.Or(strings.Trim(state, "()"), "empty")
		passes := func(i *wachattest.Instance) {
			i.SetState(state)
			i.OnRequest(func() {
				if i.Requests() > 1 {
					i.Open()
				}
			})
		}
		rows = append(
			rows,
			Row{Name: "no-state-" + name + "-that-passes", Fault: passes, Requests: twice},
			Row{Name: "no-state-" + name, Fault: func(i *wachattest.Instance) { i.SetState(state) }, Kind: wachat.KindNoState, Requests: twice},
		)
	}
	return rows
}

// notCurrent are answers whose status or age shows that they may not give the
// present state.
func notCurrent() []Row {
	const body = `{"success":true,"instance":{"apiInstanceName":"NAME","state":"open"}}`
	var rows []Row
	for _, code := range []int{203, 205, 206} {
		name := fmt.Sprintf("status-%d", code)
		answer := wachattest.StatusBody(code, "application/json", strings.ReplaceAll(body, "NAME", name))
		if code == 205 { // HTTP allows it no body
			answer = wachattest.StatusEmpty(code)
		}
		rows = append(rows, Row{Name: name, Fault: everyAnswer(answer), Kind: wachat.KindMalformed, WantText: fmt.Sprintf("its HTTP status is %d", code), Requests: once})
	}
	return append(
		rows,
		Row{Name: "status-101", Fault: everyAnswer(wachattest.SwitchProtocols()), Kind: wachat.KindMalformed, WantText: "its HTTP status is 101", Requests: once, HTTP1: true},
		Row{Name: "stale-by-a-day", Fault: everyAnswer(wachattest.Header("Age", "86400", nil)), Kind: wachat.KindStale, WantText: "its Age is 24h0m0s", Requests: twice},
		Row{Name: "stale-that-passes", Fault: func(i *wachattest.Instance) { i.Enqueue(wachattest.Header("Age", "86400", nil)) }, Requests: twice},
	)
}

// engineErrors have the form of the engine behind the API.
func engineErrors() []Row {
	const missing = `The "x" instance does not exist`
	return []Row{
		{Name: "engine-404-with-a-list", Fault: everyAnswer(wachattest.EngineError(404, []string{missing})), Kind: wachat.KindNotFound, WantText: "does not exist", Requests: once},
		{Name: "engine-400-with-a-string", Fault: everyAnswer(wachattest.EngineError(400, missing)), Kind: wachat.KindBadRequest, WantText: "does not exist", Requests: once},
		{Name: "engine-400-with-a-list-in-a-list", Fault: everyAnswer(wachattest.EngineError(400, [][]string{{missing}})), Kind: wachat.KindBadRequest, WantText: "does not exist", Requests: once},
		{Name: "engine-500-with-a-list", Fault: everyAnswer(wachattest.EngineError(500, []string{"because"})), Kind: wachat.KindUnavailable, WantText: "because", Requests: twice},
	}
}

// echoes repeat the API key.
func echoes() []Row {
	return []Row{
		{Name: "echo-in-a-401", Fault: everyAnswer(wachattest.EchoKey(401)), Kind: wachat.KindUnauthorized, WantText: "[withheld: the text contains the API key", Requests: once},
		{Name: "echo-in-a-500", Fault: everyAnswer(wachattest.EchoKey(500)), Kind: wachat.KindUnavailable, WantText: "[withheld: the text contains the API key", Requests: twice},
		{Name: "echo-in-html", Fault: everyAnswer(wachattest.EchoKeyHTML(403)), Kind: wachat.KindForbidden, WantText: "[withheld: the text contains the API key", Requests: once},
		{Name: "echo-in-a-page", Fault: everyAnswer(wachattest.EchoKeyHTML(200)), Kind: wachat.KindMalformed, WantText: "[withheld: the text contains the API key", Requests: once},
	}
}

// harmless are answers that give a state, at once or after a retry.
func harmless() []Row {
	next := func(faults ...wachattest.Fault) func(*wachattest.Instance) {
		return func(i *wachattest.Instance) { i.Enqueue(faults...) }
	}
	return []Row{
		{Name: "harmless-answer", Fault: everyAnswer(nil), Requests: once},
		{Name: "harmless-gzip", Fault: everyAnswer(wachattest.Gzipped()), Requests: once},
		{Name: "harmless-unknown-member", Fault: func(i *wachattest.Instance) { i.Set("lastSeen", map[string]any{"at": 1}) }, Requests: once},
		{Name: "harmless-missing-profile", Fault: func(i *wachattest.Instance) { i.Unset("profileName") }, Requests: once},
		{Name: "harmless-profile-of-another-type", Fault: func(i *wachattest.Instance) { i.Set("profileName", []int{1}) }, Requests: once},
		{Name: "harmless-number-as-a-number", Fault: func(i *wachattest.Instance) { i.Set("number", int64(628123456789)) }, Requests: once},
		{Name: "harmless-key-in-the-profile", Fault: func(i *wachattest.Instance) { i.SetProfileName(wachattest.DefaultKey) }, Requests: once},
		{Name: "harmless-after-early-hints", Fault: everyAnswer(wachattest.Informational(103, nil)), Requests: once},
		{Name: "harmless-from-a-fresh-cache", Fault: everyAnswer(wachattest.Header("Age", "60", nil)), Requests: once},
		{Name: "harmless-with-goaway", Fault: everyAnswer(wachattest.GoAway(nil)), Requests: once},
		{Name: "harmless-after-a-503", Fault: next(wachattest.Status(503)), Requests: twice},
		{Name: "harmless-after-a-cut", Fault: next(wachattest.Truncated()), Requests: twice},
		{Name: "harmless-after-a-pause", Fault: next(wachattest.RetryAfter(429, "0")), Requests: twice},
	}
}
