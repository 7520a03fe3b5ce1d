// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package faulttable lists what can go wrong between a client and the API, and
// the error or state that a read has to end with. The client's tests read each
// row by itself; the provider's run them all in one plan.
package faulttable

import (
	"fmt"
	"io"
	"net/http"
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
	Fault wachattest.Fault // nil for none
	// Passes is set where only the first answer has the fault.
	Passes bool

	// Kind is the kind of the error; The zero kind is a state, "open".
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

// Apply gives the fault to the answers about the instance.
func (r Row) Apply(i *wachattest.Instance) {
	if r.Passes {
		i.Enqueue(r.Fault)
		return
	}
	i.SetFault(r.Fault)
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

func statuses() []Row {
	var rows []Row
	for _, s := range []struct {
		code     int
		kind     wachat.Kind
		requests int
	}{
		{300, wachat.KindRedirect, once},
		{304, wachat.KindMalformed, once},
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
			Row{Name: status + "-with-json", Fault: wachattest.StatusBody(s.code, "application/json", `{"success":false,"message":"because"}`), Kind: s.kind, WantText: withBody(s.code, "because"), Requests: s.requests},
			Row{Name: status + "-with-html", Fault: wachattest.StatusBody(s.code, "text/html", "<h1>because</h1>"), Kind: s.kind, WantText: withBody(s.code, "text/html: <h1>because</h1>"), Requests: s.requests},
			Row{Name: status + "-empty", Fault: wachattest.StatusBody(s.code, "", ""), Kind: s.kind, WantText: withBody(s.code, "an empty body"), Requests: s.requests},
		)
	}
	huge := strings.Repeat("x", 3<<20) // one word, which may be an encoding of the key
	return append(
		rows,
		Row{Name: "status-404-huge", Fault: wachattest.StatusBody(404, "text/plain", huge), Kind: wachat.KindNotFound, WantText: "text/plain: …", Requests: once},
		Row{Name: "status-500-huge", Fault: wachattest.StatusBody(500, "application/json", `{"message":"`+huge+`"}`), Kind: wachat.KindUnavailable, WantText: "application/json: …", Requests: twice},
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
	dated := func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		wachattest.RetryAfter(503, time.Now().Add(time.Second).UTC().Format(http.TimeFormat))(w, r, next)
	}
	return []Row{
		{Name: "retry-after-a-second", Fault: wachattest.RetryAfter(429, "1"), Kind: wachat.KindRateLimited, Requests: twice, Pauses: true},
		{Name: "retry-after-a-date", Fault: dated, Kind: wachat.KindUnavailable, Requests: twice, Pauses: true},
		{Name: "retry-after-a-date-in-the-past", Fault: wachattest.RetryAfter(503, "Fri, 02 Jan 1970 15:04:05 GMT"), Kind: wachat.KindUnavailable, Requests: twice},
		{Name: "retry-after-nonsense", Fault: wachattest.RetryAfter(429, "soon"), Kind: wachat.KindRateLimited, Requests: twice},
		{Name: "retry-after-zero", Fault: wachattest.RetryAfter(429, "0"), Kind: wachat.KindRateLimited, Requests: twice},
		{Name: "retry-after-a-negative-number", Fault: wachattest.RetryAfter(429, "-5"), Kind: wachat.KindRateLimited, Requests: twice},
		{Name: "retry-after-a-day", Fault: wachattest.RetryAfter(429, "86400"), Kind: wachat.KindRateLimited, WantText: "24h0m0s", Requests: once},
		{Name: "retry-after-more-than-a-number-holds", Fault: wachattest.RetryAfter(503, "99999999999999999999"), Kind: wachat.KindUnavailable, Requests: twice},
		{Name: "retry-after-a-far-date", Fault: wachattest.RetryAfter(503, "Fri, 02 Jan 2099 15:04:05 GMT"), Kind: wachat.KindUnavailable, Requests: twice},
		{Name: "retry-after-a-date-beside-a-clock-of-1970", Fault: wachattest.Header("Date", "Thu, 01 Jan 1970 00:00:00 GMT", dated), Kind: wachat.KindUnavailable, Requests: twice},
	}
}

func redirects() []Row {
	// On this machine, so that a client that follows does not leave it.
	const elsewhere = "https://127.0.0.1:9/api/v1/instance/state"
	return []Row{
		{Name: "redirect-to-another-host", Fault: wachattest.Redirect(302, elsewhere), Kind: wachat.KindRedirect, WantText: "https://127.0.0.1…", Requests: once},
		{Name: "redirect-to-plain-http", Fault: wachattest.Redirect(301, "http://127.0.0.1:9/"), Kind: wachat.KindRedirect, WantText: "http://127.0.0.1:9/", Requests: once},
		{Name: "redirect-in-a-loop", Fault: wachattest.Redirect(307, ""), Kind: wachat.KindRedirect, Requests: once},
		{Name: "redirect-to-itself", Fault: wachattest.Redirect(308, "/api/v1/instance/state?instanceName=redirect-to-itself"), Kind: wachat.KindRedirect, WantText: "…", Requests: once},
		{Name: "redirect-to-what-is-no-url", Fault: wachattest.Redirect(302, "http://bad host/%zz"), Kind: wachat.KindRedirect, WantText: "http://bad host/%zz", Requests: once},
		{Name: "redirect-with-escape-sequences", Fault: wachattest.Redirect(302, "https://127.0.0.1:9/\u202e"), Kind: wachat.KindRedirect, WantText: "https://127.0.0.1:9/", Requests: once},
	}
}

func connections() []Row {
	return []Row{
		{Name: "reset-before-the-answer", Fault: wachattest.Reset(), Kind: wachat.KindConnection, Requests: twice + twice}, // once more where the connection was idle
		{Name: "reset-during-the-body", Fault: wachattest.ResetMidBody(), Kind: wachat.KindConnection, Requests: twice},
		{Name: "body-shorter-than-announced", Fault: wachattest.Truncated(), Kind: wachat.KindConnection, Requests: twice},
		{Name: "body-cut-between-chunks", Fault: cutChunked, Kind: wachat.KindConnection, Requests: twice},
		{Name: "headers-that-never-come", Fault: wachattest.HangHeaders(), Kind: wachat.KindTimeout, WantText: "no complete answer within", Requests: twice, Hangs: true},
		{Name: "body-that-stops", Fault: wachattest.HangBody(), Kind: wachat.KindTimeout, WantText: "no complete answer within", Requests: twice, Hangs: true},
		{Name: "body-that-drips", Fault: wachattest.Drip(50 * time.Millisecond), Kind: wachat.KindTimeout, WantText: "no complete answer within", Requests: twice, Hangs: true},
	}
}

// cutChunked ends an answer without a length in its middle.
func cutChunked(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"success":true,`)
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

func bodies() []Row {
	html := "<!DOCTYPE html><title>Welcome</title>"
	nested := `{"success":true,"x":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`
	return []Row{
		{Name: "body-empty", Fault: wachattest.Body("application/json", ""), Kind: wachat.KindMalformed, WantText: "it is empty", Requests: once},
		{Name: "body-without-content", Fault: wachattest.StatusBody(204, "", ""), Kind: wachat.KindMalformed, WantText: "its HTTP status is 204", Requests: once},
		{Name: "body-of-html", Fault: wachattest.Body("text/html; charset=utf-8", html), Kind: wachat.KindMalformed, WantText: "text/html: " + html, Requests: once},
		{Name: "body-that-is-an-array", Fault: wachattest.Body("application/json", "[]"), Kind: wachat.KindMalformed, WantText: "not a JSON object", Requests: once},
		{Name: "body-that-is-null", Fault: wachattest.Body("application/json", "null"), Kind: wachat.KindMalformed, WantText: "not a JSON object", Requests: once},
		{Name: "body-that-is-a-string", Fault: wachattest.Body("application/json", `"open"`), Kind: wachat.KindMalformed, WantText: "not a JSON object", Requests: once},
		{Name: "body-nested-deep", Fault: wachattest.Body("application/json", nested), Kind: wachat.KindMalformed, WantText: "not valid JSON", Requests: once},
		{Name: "body-of-two-gibibytes", Fault: wachattest.Header("Content-Length", "2147483648", wachattest.EndlessBody()), Kind: wachat.KindMalformed, WantText: "larger than 1 MiB", Requests: once},
		{Name: "body-without-end", Fault: wachattest.EndlessBody(), Kind: wachat.KindMalformed, WantText: "larger than 1 MiB", Requests: once},
		{Name: "body-that-unpacks-without-end", Fault: wachattest.Gzipped(wachattest.EndlessBody()), Kind: wachat.KindMalformed, WantText: "larger than 1 MiB", Requests: once},
		{Name: "body-that-does-not-unpack", Fault: wachattest.Header("Content-Encoding", "gzip", wachattest.Body("application/json", "not gzip at all")), Kind: wachat.KindMalformed, WantText: "its compression is broken", Requests: once},
	}
}

// members are answers with something wrong in their JSON, one for each kind of
// error and each text. The tests of the decoder have the other forms.
func members() []Row {
	const good = `"apiInstanceName":"NAME","state":"open"`
	return []Row{
		row("json-cut-short", `{"success":true,"instance":{`+good, wachat.KindMalformed, "not valid JSON", once),
		row("json-with-a-doubled-name", `{"success":true,"instance":{`+good+`,"state":"close"}}`, wachat.KindMalformed, "the same name twice", once),
		row("json-with-success-false", `{"success":false,"message":"No such session","instance":{`+good+`}}`, wachat.KindUnsuccessful, "No such session", once),
		row("json-without-success", `{"instance":{`+good+`}}`, wachat.KindUnsuccessful, `application/json: {"instance"`, once),
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

func row(name, body string, kind wachat.Kind, says string, requests int) Row {
	return Row{Name: name, Fault: wachattest.JSON(body), Kind: kind, WantText: says, Requests: requests}
}

// noState are answers for an instance that the engine has not loaded: for a
// time, and for ever.
func noState() []Row {
	var rows []Row
	for name, state := range map[string]string{"missing": "", "null": `,"state":null`, "empty": `,"state":""`} {
		fault := wachattest.JSON(`{"success":true,"instance":{"apiInstanceName":"NAME"` + state + `}}`)
		rows = append(
			rows,
			Row{Name: "no-state-" + name + "-that-passes", Fault: fault, Passes: true, Requests: twice},
			Row{Name: "no-state-" + name, Fault: fault, Kind: wachat.KindNoState, Requests: twice},
		)
	}
	return rows
}

// notCurrent are answers whose status or age shows that they may not give the
// present state.
func notCurrent() []Row {
	const body = `{"success":true,"instance":{"apiInstanceName":"status-%d","state":"open"}}`
	var rows []Row
	for _, code := range []int{203, 205, 206} {
		answer := wachattest.StatusBody(code, "application/json", fmt.Sprintf(body, code))
		rows = append(rows, Row{Name: fmt.Sprintf("status-%d", code), Fault: answer, Kind: wachat.KindMalformed, WantText: fmt.Sprintf("its HTTP status is %d", code), Requests: once})
	}
	switchProtocols := wachattest.Header("Connection", "Upgrade", wachattest.Header("Upgrade", "other", wachattest.StatusBody(101, "", "")))
	return append(
		rows,
		Row{Name: "status-101", Fault: switchProtocols, Kind: wachat.KindMalformed, WantText: "its HTTP status is 101", Requests: once, HTTP1: true},
		Row{Name: "stale-by-a-day", Fault: wachattest.Header("Age", "86400", nil), Kind: wachat.KindStale, WantText: "its Age is 24h0m0s", Requests: twice},
		Row{Name: "stale-that-passes", Fault: wachattest.Header("Age", "86400", nil), Passes: true, Requests: twice},
	)
}

// engineErrors have the form of the engine behind the API.
func engineErrors() []Row {
	engine := func(code int, message string) wachattest.Fault {
		return wachattest.StatusBody(code, "application/json", fmt.Sprintf(`{"status":%d,"error":"Error","response":{"message":%s}}`, code, message))
	}
	return []Row{
		{Name: "engine-404-with-a-list", Fault: engine(404, `["It does not exist"]`), Kind: wachat.KindNotFound, WantText: "does not exist", Requests: once},
		{Name: "engine-400-with-a-string", Fault: engine(400, `"It does not exist"`), Kind: wachat.KindBadRequest, WantText: "does not exist", Requests: once},
		{Name: "engine-400-with-a-list-in-a-list", Fault: engine(400, `[["It does not exist"]]`), Kind: wachat.KindBadRequest, WantText: "does not exist", Requests: once},
		{Name: "engine-500-with-a-list", Fault: engine(500, `["because"]`), Kind: wachat.KindUnavailable, WantText: "because", Requests: twice},
	}
}

// echoes repeat the API key.
func echoes() []Row {
	inJSON := func(code int) wachattest.Fault {
		return wachattest.EchoKey(code, "application/json", `{"success":false,"message":"Not accepted: %s"}`)
	}
	inHTML := func(code int) wachattest.Fault {
		return wachattest.EchoKey(code, "text/html", "<pre>Authorization: %s</pre>")
	}
	return []Row{
		{Name: "echo-in-a-401", Fault: inJSON(401), Kind: wachat.KindUnauthorized, WantText: "Bearer …", Requests: once},
		{Name: "echo-in-a-500", Fault: inJSON(500), Kind: wachat.KindUnavailable, WantText: "Bearer …", Requests: twice},
		{Name: "echo-in-html", Fault: inHTML(403), Kind: wachat.KindForbidden, WantText: "Bearer …", Requests: once},
		{Name: "echo-in-a-page", Fault: inHTML(200), Kind: wachat.KindMalformed, WantText: "Bearer …", Requests: once},
	}
}

// harmless are answers that give a state, at once or after a retry.
func harmless() []Row {
	with := func(member string) wachattest.Fault {
		return wachattest.JSON(`{"success":true,"instance":{"apiInstanceName":"NAME","state":"open",` + member + `}}`)
	}
	earlyHints := func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		w.WriteHeader(http.StatusEarlyHints)
		next.ServeHTTP(w, r)
	}
	return []Row{
		{Name: "harmless-answer", Requests: once},
		{Name: "harmless-gzip", Fault: wachattest.Gzipped(nil), Requests: once},
		{Name: "harmless-unknown-member", Fault: with(`"lastSeen":{"at":1}`), Requests: once},
		{Name: "harmless-missing-profile", Fault: with(`"number":null`), Requests: once},
		{Name: "harmless-profile-of-another-type", Fault: with(`"profileName":[1]`), Requests: once},
		{Name: "harmless-number-as-a-number", Fault: with(`"number":628123456789`), Requests: once},
		{Name: "harmless-key-in-the-profile", Fault: with(`"profileName":"` + wachattest.DefaultKey + `"`), Requests: once},
		{Name: "harmless-after-early-hints", Fault: earlyHints, Requests: once},
		{Name: "harmless-from-a-fresh-cache", Fault: wachattest.Header("Age", "60", nil), Requests: once},
		{Name: "harmless-with-goaway", Fault: wachattest.Header("Connection", "close", nil), Requests: once},
		{Name: "harmless-after-a-503", Fault: wachattest.Status(503), Passes: true, Requests: twice},
		{Name: "harmless-after-a-cut", Fault: wachattest.Truncated(), Passes: true, Requests: twice},
		{Name: "harmless-after-a-pause", Fault: wachattest.RetryAfter(429, "0"), Passes: true, Requests: twice},
	}
}
