// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestFault_answers(t *testing.T) {
	const page = "<title>Bad gateway</title>"
	tests := map[string]struct {
		fault       wachattest.Fault
		code        int
		contentType string
		header      [2]string
		body        string
	}{
		"a status": {
			fault: wachattest.Status(503), code: 503, contentType: "application/json; charset=utf-8",
			body: `{"success":false,"message":"Service Unavailable"}`,
		},
		"a status and a page":  {fault: wachattest.StatusBody(502, "text/html", page), code: 502, contentType: "text/html", body: page},
		"a status and no body": {fault: wachattest.StatusEmpty(500), code: 500},
		"a status with Retry-After": {
			fault: wachattest.RetryAfter(429, "7"), code: 429, contentType: "application/json; charset=utf-8",
			header: [2]string{"Retry-After", "7"}, body: `{"success":false,"message":"Too Many Requests"}`,
		},
		"a redirect": {
			fault: wachattest.Redirect(302, "https://other.test/"), code: 302, contentType: "application/json; charset=utf-8",
			header: [2]string{"Location", "https://other.test/"}, body: `{"success":false,"message":"Found"}`,
		},
		"a body":        {fault: wachattest.Body("text/plain", "hello"), code: 200, contentType: "text/plain", body: "hello"},
		"an empty body": {fault: wachattest.EmptyBody(), code: 200, contentType: "application/json; charset=utf-8"},
		"a header on the right answer": {
			fault: wachattest.Header("X-Test", "1", nil), code: 200, contentType: "application/json; charset=utf-8",
			header: [2]string{"X-Test", "1"}, body: requestExample(t),
		},
		"an engine's error with a message": {
			fault: wachattest.EngineError(400, "no"), code: 400, contentType: "application/json; charset=utf-8",
			body: `{"status":400,"error":"Bad Request","response":{"message":"no"}}`,
		},
		"an engine's error with a list in a list": {
			fault: wachattest.EngineError(404, [][]string{{"no", "never"}}), code: 404, contentType: "application/json; charset=utf-8",
			body: `{"status":404,"error":"Not Found","response":{"message":[["no","never"]]}}`,
		},
		"an answer after an informational one": {
			fault: wachattest.Informational(103, wachattest.Status(503)), code: 503, contentType: "application/json; charset=utf-8",
			body: `{"success":false,"message":"Service Unavailable"}`,
		},
		"the key in JSON": {
			fault: wachattest.EchoKey(403), code: 403, contentType: "application/json; charset=utf-8",
			body: `{"success":false,"message":"Not accepted: Bearer wk_test_3f9c1e7a5b2d"}`,
		},
		"the key in HTML": {
			fault: wachattest.EchoKeyHTML(500), code: 500, contentType: "text/html; charset=utf-8",
			body: "<!DOCTYPE html>\n<title>Error</title>\n<pre>Authorization: Bearer wk_test_3f9c1e7a5b2d</pre>\n",
		},
	}
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		store := server.Create(storeName)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				store.SetFault(test.fault)
				got := get(t, client, server, storeName)
				if got.err != nil {
					t.Fatal(got.err)
				}
				if got.StatusCode != test.code || got.body != test.body {
					t.Errorf("got %d %q, want %d %q", got.StatusCode, got.body, test.code, test.body)
				}
				if contentType := got.Header.Get("Content-Type"); contentType != test.contentType {
					t.Errorf("content type %q, want %q", contentType, test.contentType)
				}
				if name, want := test.header[0], test.header[1]; name != "" && got.Header.Get(name) != want {
					t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
				}
			})
		}
	})
}

type faulty interface {
	SetFault(wachattest.Fault)
	Enqueue(...wachattest.Fault)
}

func TestEnqueue_oneRequestEach(t *testing.T) {
	targets := map[string]func(*wachattest.Server) faulty{
		"of the instance": func(s *wachattest.Server) faulty { return s.Instance(storeName) },
		"of the server":   func(s *wachattest.Server) faulty { return s },
	}
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			server := newServer(t)
			server.Create(storeName)
			subject := target(server)
			subject.SetFault(wachattest.Status(500))
			subject.Enqueue(wachattest.Times(2, wachattest.Status(502))...)
			subject.Enqueue(nil, wachattest.Status(503))

			client := newClient(t, server)
			var codes []int
			for range 5 {
				codes = append(codes, getStatus(t, client, server, storeName))
			}
			subject.SetFault(nil)
			codes = append(codes, getStatus(t, client, server, storeName))
			if want := []int{502, 502, 200, 503, 500, 200}; !slices.Equal(codes, want) {
				t.Errorf("answers %v, want %v", codes, want)
			}
		})
	}
}

func TestSetFault_ofServerAndInstance(t *testing.T) {
	server := newServer(t)
	server.Create(storeName).SetFault(wachattest.Status(502))
	server.Create("other")
	client := newClient(t, server)
	if got := getStatus(t, client, server, "other"); got != 200 {
		t.Errorf("other instance: %d, want 200", got)
	}
	server.SetFault(wachattest.Status(503))
	for _, name := range []string{storeName, "other", "nobody"} {
		if got := getStatus(t, client, server, name); got != 503 {
			t.Errorf("%s: %d, want 503", name, got)
		}
	}
}

func TestLimiter_requestsPerWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newServer(t, wachattest.InMemory())
		server.Create(storeName)
		server.SetFault(wachattest.Limiter(2, 10*time.Second, "10"))
		client := newClient(t, server)

		var codes []int
		for range 4 {
			for range 3 {
				codes = append(codes, getStatus(t, client, server, storeName))
			}
			time.Sleep(5 * time.Second)
		}
		want := []int{200, 200, 429, 429, 429, 429, 200, 200, 429, 429, 429, 429}
		if !slices.Equal(codes, want) {
			t.Errorf("answers %v, want %v", codes, want)
		}
		if got := get(t, client, server, storeName); got.StatusCode != http.StatusOK {
			t.Errorf("new window: %d, want 200", got.StatusCode)
		}
	})
}

func assertContains(t *testing.T, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("%s\ndoes not hold %s", text, part)
	}
}
