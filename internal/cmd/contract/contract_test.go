// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const (
	openName   = "t1_mq9r2jov_jakarta_store"
	closedName = "t1_mq9r2jov_bandung_store"
)

// checked returns the report on an embedded API that has been changed.
func checked(t *testing.T, change func(*wachattest.Server), options ...wachattest.Option) *report {
	t.Helper()
	api := wachattest.New(append([]wachattest.Option{wachattest.WithTLS()}, options...)...)
	t.Cleanup(api.Close)
	target := targetOf(api)
	change(api)
	report, err := check(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestContract_embeddedAPI(t *testing.T) {
	for _, r := range checked(t, func(*wachattest.Server) {}).Results {
		if r.Verdict != holds {
			t.Errorf("%s %s: %s", r.Name, r.Verdict, r.Seen)
		}
	}
}

// deviation is an API that does not do what the assumption says.
type deviation struct {
	change   func(*wachattest.Server)
	options  []wachattest.Option
	verdict  verdict
	wantSeen string
	also     []string // the other assumptions that do not hold then
}

// ofOpen changes the open instance.
func ofOpen(change func(*wachattest.Instance)) func(*wachattest.Server) {
	return func(api *wachattest.Server) { change(api.Instance(openName)) }
}

func fault(f wachattest.Fault) func(*wachattest.Server) {
	return ofOpen(func(i *wachattest.Instance) { i.SetFault(f) })
}

func set(member string, value any) func(*wachattest.Server) {
	return ofOpen(func(i *wachattest.Instance) { i.Set(member, value) })
}

func unset(member string) func(*wachattest.Server) {
	return ofOpen(func(i *wachattest.Instance) { i.Unset(member) })
}

// rewritten changes the header and the body of the API's answer.
func rewritten(header func(http.Header), body func(string) string) wachattest.Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		maps.Copy(w.Header(), answer.Header())
		header(w.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write([]byte(body(answer.Body.String())))
	}
}

func header(name string, values ...string) func(*wachattest.Server) {
	return fault(rewritten(func(h http.Header) { h[name] = values }, func(body string) string { return body }))
}

func body(change func(string) string) func(*wachattest.Server) {
	return fault(rewritten(func(http.Header) {}, change))
}

func replaced(old, replacement string) func(*wachattest.Server) {
	return body(func(body string) string { return strings.Replace(body, old, replacement, 1) })
}

// only gives the fault to the requests that match.
func only(matches func(*http.Request) bool, f wachattest.Fault) func(*wachattest.Server) {
	return func(api *wachattest.Server) {
		api.SetFault(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if matches(r) {
				f(w, r, next)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func isUnknownName(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Query().Get("instanceName"), "t1_contract_")
}

func isWrongKey(r *http.Request) bool {
	return r.Header.Get("Authorization") != "Bearer "+wachattest.DefaultKey
}

const page = "<h1>No</h1>"

var deviations = map[string]deviation{
	"status":             {change: fault(wachattest.Status(403)), verdict: broken, wantSeen: "HTTP status 403; the provider reports: forbidden"},
	"no-redirect":        {change: fault(wachattest.Redirect(302, "https://127.0.0.1:9/")), verdict: broken, wantSeen: "HTTP status 302", also: []string{"status"}},
	"content-type":       {change: header("Content-Type", "text/plain"), verdict: differs, wantSeen: "text/plain"},
	"compression":        {change: header("Content-Encoding", "br"), verdict: broken, wantSeen: "br"},
	"body-size":          {change: body(func(s string) string { return s + strings.Repeat(" ", 1<<20) }), verdict: broken, wantSeen: "more than 1048576 bytes"},
	"protocol":           {options: []wachattest.Option{wachattest.WithTLSHTTP1()}, verdict: differs, wantSeen: "HTTP/1.1, TLS 1.3"},
	"connection-reuse":   {change: fault(wachattest.GoAway(nil)), verdict: differs, wantSeen: "the connection of the first is used: false"},
	"rate-limit-headers": {change: header("X-Ratelimit-Limit", "100"), verdict: differs, wantSeen: "X-Ratelimit-Limit"},
	"key-echo":           {change: set("token", wachattest.DefaultKey), verdict: differs, wantSeen: "the body of an answer with HTTP status 200 repeats it", also: []string{"members"}},
	"not-cached":         {change: header("Age", "120"), verdict: broken, wantSeen: "an Age above 60 seconds"},
	"not-storable":       {change: header("Cache-Control", "public, max-age=60"), verdict: differs, wantSeen: "Cache-Control allows it"},
	"date":               {change: header("Date"), verdict: differs, wantSeen: "a valid Date: false"},

	"json":            {change: body(func(s string) string { return s + "x" }), verdict: broken, wantSeen: "a valid JSON object: false"},
	"success":         {change: replaced(`"success":true`, `"success":"true"`), verdict: broken, wantSeen: "a string, true: false"},
	"instance-object": {change: replaced(`"integration":"WHATSAPP-BAILEYS"}`, `"integration":""},"instance":[]`), verdict: broken, wantSeen: "an array", also: []string{"json"}},
	"raw-payload":     {change: replaced(`"data":{"instance":{`, `"data":{"instance":[],"previous":{`), verdict: differs, wantSeen: "data is an object, data.instance: an array", also: []string{"members"}},
	"members":         {change: set("lastSeen", 1), verdict: differs, wantSeen: "instance.lastSeen: a number"},

	"unique-name":   {change: set("apiInstanceName", "t1_other"), verdict: broken, wantSeen: "a string, the name in the request: false"},
	"internal-name": {change: unset("internalName"), verdict: differs, wantSeen: "missing, the name in the request: false"},
	"display-name":  {change: set("instanceName", nil), verdict: differs, wantSeen: "null, the same as the unique name: false"},
	"raw-name":      {change: replaced(`"instanceName":"`+openName, `"instanceName":"another`), verdict: differs, wantSeen: "another string"},

	"state":        {change: ofOpen(func(i *wachattest.Instance) { i.SetState(wachattest.StateNull) }), verdict: broken, wantSeen: "null"},
	"known-state":  {change: ofOpen(func(i *wachattest.Instance) { i.SetState("paused") }), verdict: differs, wantSeen: "paused"},
	"raw-state":    {change: ofOpen(func(i *wachattest.Instance) { i.SetRawState("close") }), verdict: broken, wantSeen: "a string, the same: false"},
	"closed-state": {change: func(api *wachattest.Server) { api.Instance(closedName).SetState("expired") }, verdict: differs, wantSeen: "a string: expired"},

	"number":         {change: set("number", int64(628123456789)), verdict: differs, wantSeen: "a number"},
	"owner":          {change: set("owner", "somebody"), verdict: differs, wantSeen: "a string"},
	"profile-name":   {change: set("profileName", []int{1}), verdict: differs, wantSeen: "an array"},
	"integration":    {change: unset("integration"), verdict: differs, wantSeen: "missing"},
	"pictures":       {change: set("profilePicUrl", "https://pps.whatsapp.net/other"), verdict: differs, wantSeen: "the same: false"},
	"closed-profile": {change: func(api *wachattest.Server) { api.Instance(closedName).Set("number", "628123456789") }, verdict: differs, wantSeen: "number: a string of digits"},

	"unknown-name":            {change: only(isUnknownName, wachattest.Status(400)), verdict: broken, wantSeen: "HTTP status 400; the provider reports: bad request"},
	"unknown-name-message":    {change: only(isUnknownName, wachattest.StatusBody(404, "text/html", page)), verdict: differs, wantSeen: "not a JSON object"},
	"display-name-in-request": {change: func(api *wachattest.Server) { api.Create("jakarta_store") }, verdict: broken, wantSeen: "HTTP status 200; the provider reports: a state"},
	"wrong-key":               {change: only(isWrongKey, wachattest.Status(403)), verdict: broken, wantSeen: "HTTP status 403; the provider reports: forbidden"},
	"wrong-key-message":       {change: only(isWrongKey, wachattest.EngineError(401, "No")), verdict: differs, wantSeen: "{error: a string, response: an object, status: a number}"},
}

func TestContract_brokenAssumption(t *testing.T) {
	for _, a := range assumptions() {
		t.Run(a.name, func(t *testing.T) {
			d, ok := deviations[a.name]
			if !ok {
				t.Fatal("no test breaks this assumption")
			}
			change := d.change
			if change == nil {
				change = func(*wachattest.Server) {}
			}
			report := checked(t, change, d.options...)
			wantBroken(t, report, a, d)
		})
	}
}

func wantBroken(t *testing.T, report *report, a assumption, d deviation) {
	t.Helper()
	var out bytes.Buffer
	report.writeText(&out)
	line := fmt.Sprintf("%-7s  %s: %s\n         seen: ", marks[d.verdict], a.name, a.question)
	if _, after, ok := strings.Cut(out.String(), line); !ok || !strings.Contains(strings.SplitN(after, "\n", 2)[0], d.wantSeen) {
		t.Errorf("want %s%s in\n%s", line, d.wantSeen, &out)
	}
	if report.holds() {
		t.Error("the contract holds")
	}
	for _, r := range report.Results {
		expected := r.Name == a.name || slices.Contains(d.also, r.Name)
		if failed := r.Verdict == differs || r.Verdict == broken; failed != expected {
			t.Errorf("%s %s: %s", r.Name, r.Verdict, r.Seen)
		}
	}
}

func TestContract_everyDeviationHasItsAssumption(t *testing.T) {
	for name := range deviations {
		if !slices.ContainsFunc(assumptions(), func(a assumption) bool { return a.name == name }) {
			t.Errorf("there is no assumption %s", name)
		}
	}
}

// The values of the account are wherever a server could put them: in names of
// members, in headers, in the state, in the content type and in messages.
func TestContract_hostileAPI(t *testing.T) {
	const number, profile = "628123456789", "Budi-Santoso"
	private := []string{wachattest.DefaultKey, openName, closedName, "jakarta_store", number, profile, "6281234567890"}
	report := checked(t, func(api *wachattest.Server) {
		open := api.Instance(openName)
		open.SetProfileName(profile)
		for _, value := range append(private, "<"+profile+">", "x"+number, wachattest.DefaultKey[:12]) {
			open.Set(value, value)
		}
		open.SetState(profile)
		open.SetFault(rewritten(func(h http.Header) {
			h.Set("Content-Type", "text/"+wachattest.DefaultKey)
			h.Set("Content-Encoding", profile)
			h.Set("X-Ratelimit-"+number, number)
			h.Set("X-Ratelimit-"+wachattest.DefaultKey, profile)
			h.Set("Age", number)
		}, func(body string) string { return body }))
		refusal, err := json.Marshal(map[string]any{profile: number, number: wachattest.DefaultKey, "message": openName})
		if err != nil {
			t.Fatal(err)
		}
		only(func(r *http.Request) bool { return isUnknownName(r) || isWrongKey(r) }, wachattest.StatusBody(404, "application/json", string(refusal)))(api)
	})
	var text, machine bytes.Buffer
	report.writeText(&text)
	report.writeJSON(&machine)
	for _, out := range []string{text.String(), machine.String()} {
		for _, value := range append(private, "budi", wachattest.DefaultKey[:12]) {
			if strings.Contains(strings.ToLower(out), strings.ToLower(value)) {
				t.Errorf("%q is in %s", value, out)
			}
		}
	}
	if !strings.Contains(text.String(), "instance.(withheld): a string") {
		t.Errorf("the unknown members are not reported in %s", &text)
	}
}

func TestContract_unknownMembersForMachines(t *testing.T) {
	report := checked(t, set("lastSeen", map[string]any{"at": 1}))
	var out bytes.Buffer
	report.writeJSON(&out)
	var got struct {
		Assumptions []struct {
			Name, Question, Verdict, Seen string
			ProviderFits                  bool     `json:"provider_fits"`
			ReliedOnBy                    []string `json:"relied_on_by"`
		}
		UnknownMembers []member `json:"unknown_members"`
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Assumptions) != len(assumptions()) || !slices.Equal(got.UnknownMembers, []member{{"instance.lastSeen", "an object"}}) {
		t.Errorf("got %s", &out)
	}
	for _, a := range got.Assumptions {
		if a.Question == "" || a.Seen == "" || a.Verdict == "" || len(a.ReliedOnBy) == 0 {
			t.Errorf("got %+v", a)
		}
	}
}
