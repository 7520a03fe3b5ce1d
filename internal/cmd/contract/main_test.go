// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// runCommand runs the command with an environment of its own.
func runCommand(t *testing.T, env map[string]string, args ...string) (exit int, stdout, stderr string) {
	t.Helper()
	for _, name := range []string{"WACHAT_API_KEY", "WACHAT_BASE_URL", "WACHAT_INSTANCE_NAME"} {
		t.Setenv(name, env[name])
	}
	var out, notes bytes.Buffer
	exit = exitCode(args, &out, &notes)
	return exit, out.String(), notes.String()
}

func TestExitCode_embeddedAPI(t *testing.T) {
	exit, stdout, stderr := runCommand(t, nil)
	if exit != exitHolds || !strings.Contains(stdout, " 0 failed, 0 skipped\n") || !strings.Contains(stderr, "nothing leaves this machine") {
		t.Errorf("exit code %d, %s%s", exit, stderr, stdout)
	}
}

func TestExitCode_oneVariableMissing(t *testing.T) {
	for _, missing := range []string{"WACHAT_API_KEY", "WACHAT_INSTANCE_NAME"} {
		env := map[string]string{"WACHAT_API_KEY": "wk_test", "WACHAT_INSTANCE_NAME": openName}
		delete(env, missing)
		exit, stdout, stderr := runCommand(t, env)
		if exit != exitFailed || stdout != "" || !strings.Contains(stderr, missing+" is not set, but ") {
			t.Errorf("without %s: exit code %d, %s%s", missing, exit, stderr, stdout)
		}
	}
}

// realAPI stands in for the real API: plain HTTP on loopback.
func realAPI(t *testing.T) (env map[string]string, requests func() []*http.Request) {
	t.Helper()
	var (
		mu   sync.Mutex
		seen []*http.Request
	)
	api := wachattest.New(wachattest.WithRequestHook(func(r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r)
	}))
	t.Cleanup(api.Close)
	api.Create(openName)
	env = map[string]string{"WACHAT_API_KEY": api.Key(), "WACHAT_BASE_URL": api.BaseURL(), "WACHAT_INSTANCE_NAME": openName}
	return env, func() []*http.Request {
		mu.Lock()
		defer mu.Unlock()
		return seen
	}
}

func TestExitCode_realAPIReadsOnly(t *testing.T) {
	for _, c := range []struct {
		args      []string
		requests  int
		wrongKeys int
		want      string
	}{
		{nil, 4, 0, "up to four GET requests"},
		{[]string{"-wrong-key"}, 5, 1, "up to five GET requests"},
	} {
		env, requests := realAPI(t)
		exit, stdout, stderr := runCommand(t, env, c.args...)
		if exit != exitBroken || !strings.Contains(stdout, "DIFFERS  protocol: ") { // there is no HTTP/2 without TLS
			t.Errorf("exit code %d, %s", exit, stdout)
		}
		if !strings.Contains(stderr, "It only reads and changes nothing. It sends "+c.want) {
			t.Errorf("got %s", stderr)
		}
		wrongKeys := 0
		for _, r := range requests() {
			if r.Method != http.MethodGet || r.URL.Path != "/api/v1/instance/state" {
				t.Errorf("%s %s was sent", r.Method, r.URL)
			}
			if isWrongKey(r) {
				wrongKeys++
			}
		}
		if len(requests()) != c.requests || wrongKeys != c.wrongKeys {
			t.Errorf("%d requests were sent, %d of them with a wrong key; want %d and %d", len(requests()), wrongKeys, c.requests, c.wrongKeys)
		}
		for _, private := range []string{env["WACHAT_API_KEY"], openName, "jakarta_store", "628123456789"} {
			if strings.Contains(stdout+stderr, private) {
				t.Errorf("%s is in %s%s", private, stderr, stdout)
			}
		}
	}
}

// An instance that is closed answers the questions about closed ones without
// another request.
func TestContract_closedInstance(t *testing.T) {
	api := wachattest.New(wachattest.WithTLS())
	t.Cleanup(api.Close)
	target := targetOf(api)
	target.name, target.closed = target.closed, ""
	report, err := check(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]verdict{"closed-state": holds, "closed-profile": holds, "state": holds, "number": unseen, "owner": unseen, "pictures": unseen}
	for _, r := range report.Results {
		if v, ok := want[r.Name]; ok && r.Verdict != v {
			t.Errorf("%s %s, want %s: %s", r.Name, r.Verdict, v, r.Seen)
		}
	}
	if n := api.RequestsOf(closedName); !report.holds() || n != 3 { // two, and one with the wrong key
		t.Errorf("holds: %t, after %d requests", report.holds(), n)
	}
}

func TestExitCode_announcesBeforeItSends(t *testing.T) {
	env, requests := realAPI(t)
	for name, value := range env {
		t.Setenv(name, value)
	}
	notes := &announcement{requests: requests}
	exitCode(nil, &bytes.Buffer{}, notes)
	if !notes.written || notes.sent != 0 {
		t.Errorf("announced: %t, after %d requests", notes.written, notes.sent)
	}
}

// announcement is how many requests were sent before the first line.
type announcement struct {
	requests func() []*http.Request
	written  bool
	sent     int
}

func (a *announcement) Write(p []byte) (int, error) {
	if !a.written {
		a.written, a.sent = true, len(a.requests())
	}
	return len(p), nil
}

func TestExitCode_noAnswer(t *testing.T) {
	exit, stdout, stderr := runCommand(t, map[string]string{
		"WACHAT_API_KEY": "wk_test", "WACHAT_INSTANCE_NAME": openName, "WACHAT_BASE_URL": "https://127.0.0.1:1/api/v1",
	})
	if exit != exitFailed || stdout != "" || !strings.Contains(stderr, "terraform-provider-wachat -check") || strings.Contains(stderr, openName) {
		t.Errorf("exit code %d, %s%s", exit, stderr, stdout)
	}
}

func TestExitCode_refusedSettings(t *testing.T) {
	for _, env := range []map[string]string{
		{"WACHAT_API_KEY": "two words", "WACHAT_INSTANCE_NAME": openName},
		{"WACHAT_API_KEY": "wk_test", "WACHAT_INSTANCE_NAME": "two words"},
		{"WACHAT_API_KEY": "wk_test", "WACHAT_INSTANCE_NAME": "x_wk_test"},
		{"WACHAT_API_KEY": "wk_test", "WACHAT_INSTANCE_NAME": openName, "WACHAT_BASE_URL": "http://wachat.test"},
	} {
		exit, stdout, stderr := runCommand(t, env)
		if exit != exitFailed || stdout != "" || strings.Contains(stderr, "two words") || strings.Contains(stderr, "wk_test") {
			t.Errorf("exit code %d, %s%s", exit, stderr, stdout)
		}
	}
}
