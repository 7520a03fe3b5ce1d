// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const shop = "t1_mq9r2jov_jakarta_store"

func startAPI(t *testing.T) *wachattest.Server {
	t.Helper()
	api := wachattest.New()
	t.Cleanup(api.Close)
	api.Create(shop)
	t.Setenv("WACHAT_API_KEY", api.Key())
	t.Setenv("WACHAT_BASE_URL", api.BaseURL())
	return api
}

func run(t *testing.T, name string) (output string, open bool) {
	t.Helper()
	var out bytes.Buffer
	open = Run(t.Context(), &out, "1.0.0", "abc", name)
	return out.String(), open
}

// lastStep returns the line of the step that failed, or the last one.
func lastStep(output string) string {
	steps, _, _ := strings.Cut(output, "\n\nError: ")
	lines := strings.Split(strings.TrimSpace(steps), "\n")
	return lines[len(lines)-1]
}

func TestRun_failedStep(t *testing.T) {
	for want, change := range map[string]func(*wachattest.Instance){
		"FAIL  answer         malformed answer (HTTP status 200): it is not a JSON object": func(i *wachattest.Instance) { i.SetFault(wachattest.JSON("<html>")) },
		"FAIL  answer         " + "answer about another instance (HTTP status 200)":        func(i *wachattest.Instance) { i.Set("apiInstanceName", "t1_other") },
		"FAIL  answer         unsuccessful (HTTP status 200)":                              func(i *wachattest.Instance) { i.SetFault(wachattest.JSON(`{"success":false}`)) },
		"FAIL  access         forbidden (HTTP status 403)":                                 func(i *wachattest.Instance) { i.SetFault(wachattest.Status(403)) },
		`FAIL  state          "connecting", not "open"`:                                    func(i *wachattest.Instance) { i.Connecting() },
	} {
		api := startAPI(t)
		change(api.Instance(shop))
		output, open := run(t, shop)
		if got := lastStep(output); got != want || open {
			t.Errorf("got %q and open %t, want %q", got, open, want)
		}
	}
}

// A failure at the HTTP step still reports the facts of the answer.
func TestRun_failureWithHeaders(t *testing.T) {
	api := startAPI(t)
	api.SetFault(wachattest.Header("X-RateLimit-Remaining", "0", wachattest.RetryAfter(429, "3600")))
	output, _ := run(t, shop)
	for _, want := range []string{
		"FAIL  HTTP           rate-limited (HTTP status 429)\n",
		"ok    rate limit     Retry-After: 3600; X-Ratelimit-Remaining: 0\n",
	} {
		if !strings.Contains(output, want) {
			t.Errorf("got %s\nwant %s", output, want)
		}
	}
	if strings.Contains(output, "access") {
		t.Errorf("a step after the failed one is in %s", output)
	}
}

func TestRun_providersOwnMessage(t *testing.T) {
	api := startAPI(t)
	api.Instance(shop).Close()
	config := wachat.DefaultConfig()
	config.BaseURL, config.Key = api.BaseURL(), api.Key()
	client, err := wachat.New(config)
	if err != nil {
		t.Fatal(err)
	}
	defer client.CloseIdleConnections()
	_, err = client.Require(t.Context(), shop, wachat.Requirement{State: "open"})
	want := instancestate.Diagnose(err, shop)
	if output, _ := run(t, shop); !strings.HasSuffix(output, "\n\nError: "+want.Summary()+"\n\n"+want.Detail()+"\n") {
		t.Errorf("got %s\nwant it to end with %s", output, want.Detail())
	}
}

func TestRun_reportsEachRetry(t *testing.T) {
	api := startAPI(t)
	api.Enqueue(wachattest.Status(503))
	output, open := run(t, shop)
	if !open || strings.Count(output, "note  attempt 1      failed in ") != 1 || !strings.Contains(output, "unavailable (HTTP status 503)") {
		t.Errorf("got %s", output)
	}
}

func TestRun_refusedSettings(t *testing.T) {
	api := startAPI(t)
	t.Setenv("WACHAT_API_KEY", "two words")
	t.Setenv("WACHAT_BASE_URL", "https://user:password@wachat.test")
	output, open := run(t, shop)
	for _, want := range []string{
		"FAIL  API key        WACHAT_API_KEY cannot be used\n", "contains white space",
		"FAIL  base URL       WACHAT_BASE_URL cannot be used\n", "a user name or a password",
	} {
		if !strings.Contains(output, want) {
			t.Errorf("%q is not in %s", want, output)
		}
	}
	if open || strings.Contains(output, "two words") || strings.Contains(output, "user:password") || api.Requests() != 0 {
		t.Errorf("open %t, %d requests, output %s", open, api.Requests(), output)
	}
}

func TestRun_nameWithTheKey(t *testing.T) {
	api := startAPI(t)
	output, open := run(t, "x"+api.Key())
	if open || strings.Contains(output, api.Key()) || api.Requests() != 0 || !strings.HasPrefix(output, "FAIL  instance name") {
		t.Errorf("open %t, %d requests, output %s", open, api.Requests(), output)
	}
}

func TestRun_nameWithWhiteSpace(t *testing.T) {
	api := startAPI(t)
	output, open := run(t, "Jakarta store")
	if open || !strings.Contains(output, "FAIL  instance name  the instance name contains white space\n") || api.Requests() != 0 {
		t.Errorf("open %t, %d requests, output %s", open, api.Requests(), output)
	}
}

// A hostile server repeats the key, and numbers, wherever it can.
func TestRun_hostileAnswers(t *testing.T) {
	api := startAPI(t)
	hostile := api.Key() + " 628123456789 \u202e"
	for _, fault := range []wachattest.Fault{
		wachattest.EchoKey(401, "application/json", `{"message":%q}`),
		wachattest.EchoKey(200, "text/html", "<pre>%s</pre>"),
		wachattest.Redirect(302, "https://wachat.test/"+api.Key()),
		wachattest.Header("X-RateLimit-"+api.Key(), hostile, nil),
		wachattest.Header("X-Request-Id", api.Key(), wachattest.Status(404)),
		wachattest.Header("Date", hostile, wachattest.Header("Age", hostile, nil)),
		wachattest.StatusBody(409, "text/"+api.Key(), hostile),
	} {
		api.SetFault(fault)
		output, _ := run(t, shop)
		for _, secret := range []string{api.Key(), strings.ToLower(api.Key()), "628123456789", "\u202e", "\x1b"} {
			if strings.Contains(output, secret) {
				t.Errorf("%q is in %s", secret, output)
			}
		}
	}
}

func TestRun_interrupted(t *testing.T) {
	api := startAPI(t)
	ctx, cancel := context.WithCancel(t.Context())
	api.SetFault(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		cancel()
		wachattest.HangHeaders()(w, r, next)
	})
	var out bytes.Buffer
	if Run(ctx, &out, "1.0.0", "abc", shop) || lastStep(out.String()) != "FAIL  HTTP           interrupted" {
		t.Errorf("got %s", out.String())
	}
}

func TestNetwork_stage(t *testing.T) {
	for want, seen := range map[stage]network{
		atDNS:        {host: "wachat.test", resolveErr: errors.New("no such host")},
		atConnection: {host: "wachat.test"},
		atTLS:        {remote: "192.0.2.1:443", inHandshake: true},
		atHTTP:       {remote: "192.0.2.1:443", ready: time.Now()},
	} {
		if got := stageOf(&wachat.Error{Kind: wachat.KindTimeout}, seen); got != want {
			t.Errorf("stageOf(%+v) = %d, want %d", seen, got, want)
		}
	}
}

// An attempt that cannot connect does not inherit the handshake of the one before.
func TestObservation_stageOfTheLastAttempt(t *testing.T) {
	var seen observation
	trace := seen.trace()
	trace.TLSHandshakeStart()
	if got := seen.stage(); got != atTLS {
		t.Errorf("stage %d in the handshake, want %d", got, atTLS)
	}
	trace.GetConn("")
	trace.ConnectStart("", "")
	if got := seen.stage(); got != atConnection {
		t.Errorf("stage %d in the next attempt, want %d", got, atConnection)
	}
}

func TestOutcome_clock(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		serverAhead time.Duration
		age, want   string
	}{
		{0, "", "ok    clock          within a minute of the server's\n"},
		{time.Hour, "", "note  clock          1h0m0s behind the server's: set the clock of this machine\n"},
		{-time.Hour, "", "note  clock          1h0m0s ahead of the server's: set the clock of this machine\n"},
		{-time.Hour, "3600", "note  clock          not compared: the answer comes from a cache\n"},
	} {
		date := now.Add(c.serverAhead).Truncate(time.Second)
		header := http.Header{"Date": {date.UTC().Format(http.TimeFormat)}}
		if c.age != "" {
			header.Set("Age", c.age)
		}
		var out bytes.Buffer
		outcome{answer: answer{header: header, arrived: date.Add(-c.serverAhead)}}.reportClock(report{&out})
		if out.String() != c.want {
			t.Errorf("server %s ahead: got %q, want %q", c.serverAhead, &out, c.want)
		}
	}
	var out bytes.Buffer
	outcome{}.reportClock(report{&out})
	if !strings.Contains(out.String(), "has no Date") {
		t.Errorf("got %q", &out)
	}
}

func TestProxy(t *testing.T) {
	const base = "https://app.wachat.test/api/v1"
	for _, name := range append(proxyVariables, "REQUEST_METHOD") {
		t.Setenv(name, "")
	}
	for _, c := range []struct{ https, no, want string }{
		{"", "", "none"},
		{"http://proxy.test:3128", "", "http://proxy.test:3128"},
		{"http://user:password@proxy.test:3128", "", "http://proxy.test:3128, with a user name"},
		{"http://proxy.test:3128", ".wachat.test", "none: the one in the environment is not for this base URL, or its address cannot be used"},
		{"http://user:pass%zz@proxy.test", "", "none: the one in the environment is not for this base URL, or its address cannot be used"},
	} {
		t.Setenv("HTTPS_PROXY", c.https)
		t.Setenv("NO_PROXY", c.no)
		if got := proxy(base); got != c.want {
			t.Errorf("with %q and %q got %q, want %q", c.https, c.no, got, c.want)
		}
	}
}

func TestVariables_namesWithoutValues(t *testing.T) {
	startAPI(t)
	t.Setenv("HTTPS_PROXY", "http://user:password@proxy.test")
	if got := variables(); strings.Contains(got, "password") || !strings.HasPrefix(got, "set: WACHAT_API_KEY, WACHAT_BASE_URL, HTTPS_PROXY") {
		t.Errorf("got %q", got)
	}
}
