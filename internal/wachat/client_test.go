// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestClient_requestFollowsTheReferencePage(t *testing.T) {
	const odd = "a/b?c=d&e#f%20g+ü"
	api := startAPI(t)
	api.Create(odd).SetFault(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if r.Method != http.MethodGet || r.URL.Path != "/api/v1/instance/state" || r.URL.Query().Get("instanceName") != odd {
			t.Errorf("the request is %s %s", r.Method, r.URL)
		}
		for name, want := range map[string]string{
			"Authorization": "Bearer " + api.Key(), "Accept": "application/json", "User-Agent": "agent/1", "Cache-Control": "no-cache",
		} {
			if value := r.Header.Get(name); value != want {
				t.Errorf("header %s is %q, want %q", name, value, want)
			}
		}
		next.ServeHTTP(w, r)
	})
	mustRead(t, newClient(t, api, func(c *Config) { c.UserAgent = "agent/1"; c.BaseURL += "/" }), odd)
	_, err := readState(t, newClient(t, api, func(c *Config) { c.BaseURL = strings.TrimSuffix(c.BaseURL, "/api/v1") }), shop)
	_ = mustFail(t, err, KindNotFound) // of the server, whose paths begin with that
}

// The errors of an exposed key quote nothing: the name may be the key.
func TestClient_sendsNothingThatMustNotBeSent(t *testing.T) {
	const key = wachattest.DefaultKey
	encoded := fmt.Sprintf("%%%02x", key[0]) + key[1:]
	for _, tt := range []struct {
		key, base, instance, required string
		kind                          Kind
	}{
		{"", "", shop, "", KindMissingKey},
		{key, "", "", "", KindInvalidName},
		{key, "", "two words", "", KindInvalidName},
		{key, "", "a\x7f", "", KindInvalidName},
		{key, "", "shop-" + strings.ToUpper(key) + "-1", "", KindExposedKey},
		{key, "", "my " + key, "", KindExposedKey},
		{key, "/" + key, shop, "", KindExposedKey},
		{key, "/" + encoded, shop, "", KindExposedKey},
		{key, "", shop, key, KindExposedKey},
	} {
		api := startAPI(t)
		client := newClient(t, api, func(c *Config) { c.Key = tt.key; c.BaseURL += tt.base })
		failure := mustFail(t, client.RequireAll(t.Context(), []string{tt.instance}, Requirement{State: tt.required})[0].Err, tt.kind)
		wanted := tt.instance
		if tt.kind == KindExposedKey {
			wanted = ""
		}
		told := strings.ToLower(fmt.Sprintf("%v %+v", failure, *failure))
		if failure.Instance != wanted || failure.Attempts != 0 || strings.Contains(told, key) || strings.Contains(told, encoded) {
			t.Errorf("%+v gives %s", tt, told)
		}
		mustSend(t, api, 0)
	}
}

func TestNew_refusesWhatCannotBeUsed(t *testing.T) {
	server := httptest.NewTLSServer(nil)
	server.Close()
	block := func(kind string, content []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}))
	}
	good := block("CERTIFICATE", server.Certificate().Raw)
	lines := strings.SplitAfter(good, "\n")
	without := func(i int) string { return strings.Replace(good, lines[i], "", 1) }
	end := len(lines) - 2
	mangled := strings.Replace(good, lines[3], "*\n", 1)
	const notWhole, one, two = "it is not made of whole certificates in PEM", "block 1 is not a certificate", "block 2 is not a certificate"
	for bundle, want := range map[string]string{
		"# one\n" + good + "# two\n" + good:     "",
		"none":                                  notWhole,
		good + without(0):                       notWhole,
		block("PRIVATE KEY", nil):               one,
		without(end) + good:                     one,
		good + block("CERTIFICATE", nil):        two,
		good + without(3):                       two,
		good + without(end):                     two,
		good + mangled:                          two,
		good + block("PRIVATE KEY", nil) + good: two,
	} {
		config := DefaultConfig()
		config.CACertPEM = bundle
		_, err := New(config)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) || (CheckCACertPEM(bundle) == nil) != (err == nil) {
			t.Errorf("%.40q gives %v, want %q", bundle, err, want)
		}
	}
	if _, err := New(Config{}); err == nil {
		t.Error("the zero value is accepted")
	}
}

func TestDefaultConfig_values(t *testing.T) {
	got := DefaultConfig()
	got.DialContext, got.Jitter = nil, nil
	want := Config{
		BaseURL: "https://app.wachat.net/api/v1", RequestTimeout: 15 * time.Second,
		MaxRetries: 3, RetryWaitMin: 500 * time.Millisecond, RetryWaitMax: 30 * time.Second, MaxConcurrentRequests: 10,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestError_texts(t *testing.T) {
	for want, err := range map[string]Error{
		`instance "shop": no connection: refused`:             {Kind: KindConnection, Reason: "refused"},
		`instance "shop": rejected (HTTP status 418): teapot`: {Kind: KindRejected, Status: 418, Message: "teapot"},
	} {
		err.Instance = "shop"
		if got := err.Error(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestCheckKey_acceptedAndRefused(t *testing.T) {
	const invisible = "an invisible or invalid character"
	for key, want := range map[string]string{
		longKey: "", "": "is empty", "Bearer abc": `starts with "Bearer "`, "bearer ": `starts with "Bearer "`,
		"a b": "white space", "a\u200bb": invisible, "a\n": invisible, "a\xffb": invisible,
	} {
		err := CheckKey(key)
		if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "abc")) {
			t.Errorf("%q gives %v, want %q", key, err, want)
		}
	}
}

func TestCheckBaseURL_acceptedAndRefused(t *testing.T) {
	for want, urls := range map[string][]string{
		"": {
			"https://app.wachat.net/api/v1/", "HTTPS://app.wachat.net:8443", "https://[2001:db8::1]/api",
			"http://localhost:8080/api/v1", "http://127.8.9.1/api", "http://[::1]:80/api", "http://[::ffff:127.0.0.1]/api",
		},
		"not an absolute https URL": {"app.wachat.net/api/v1", "/api/v1", "https:///api", "https://:443/api", "mailto:ops@wachat.net", "ftp://app.wachat.net", "unix://localhost/x"},
		"clear text":                {"http://app.wachat.net/api/v1", "http://127.0.0.1.wachat.net", "http://localho\u017ft", "http://0.0.0.0", "http://2130706433"},
		"a user name, a query or a fragment": {
			"https://user:pa55word@app.wachat.net", "https://@app.wachat.net", "https://app.wachat.net?a=pa55word", "https://app.wachat.net?", "https://app.wachat.net/#pa55word",
		},
		"not a valid URL": {"https://app.wachat.net:pa55word", "https://%zz", "https://[::1"},
		"it is empty, or contains white space or a control character": {"", "https://app wachat.net", "https://app.wachat.net/a\u00a0b", "https://app.wachat.net/\x00pa55word"},
	} {
		for _, in := range urls {
			err := CheckBaseURL(in)
			if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "pa55word")) {
				t.Errorf("%q gives %v, want %q", in, err, want)
			}
		}
	}
}

// The request ID is exempt from the limit on words, not from the key.
func TestClient_statusErrorHasAllDetails(t *testing.T) {
	const id = "12345678-9abc-4def-8abc-123456789012"
	api := startAPI(t)
	for _, header := range []string{"X-Request-Id", "Cf-Ray"} {
		refusal := wachattest.StatusBody(503, "application/json", `{"message":"because"}`)
		api.Instance(shop).SetFault(wachattest.Header(header, id+wachattest.DefaultKey, refusal))
		_, err := readState(t, newClient(t, api, atOnce), shop)
		if got, want := *mustFail(t, err, KindUnavailable), (Error{Kind: KindUnavailable, Instance: shop, Status: 503, RequestID: id + "…", Message: "because", Attempts: 4}); got != want {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
}
