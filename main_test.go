// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const shop = "t1_mq9r2jov_jakarta_store"

// With this variable set, the test binary is the provider's.
const asProvider = "TEST_AS_PROVIDER"

func TestMain(m *testing.M) {
	if os.Getenv(asProvider) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// runCheck runs the provider's binary with -check and with those environment
// variables only.
func runCheck(t *testing.T, name string, env ...string) (output string, exit int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-check", name)
	cmd.Env = slices.Concat(env, []string{
		asProvider + "=1", "SYSTEMROOT=" + os.Getenv("SYSTEMROOT"),
		"GOCOVERDIR=" + t.TempDir(), // or a test binary with coverage prints a warning
	})
	out, err := cmd.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	t.Logf("exit code %d\n%s", cmd.ProcessState.ExitCode(), out)
	return string(out), cmd.ProcessState.ExitCode()
}

// condition is what -check runs in.
type condition struct {
	name     string // of the instance
	env      []string
	wantExit int
	want     []string // the lines, with what varies replaced
	wantText string   // of the provider's message
}

func TestCheck(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SSL_CERT_FILE has no effect on this system")
	}
	api := wachattest.New(wachattest.WithTLS())
	t.Cleanup(api.Close)
	api.Create(shop)
	api.Create("t1_mq9r2jov_bandung_store").Close()

	for name, c := range conditions(t, api) {
		t.Run(name, func(t *testing.T) {
			output, exit := runCheck(t, c.name, c.env...)
			lines, message, _ := strings.Cut(output, "\n\nError: ")
			_, lines, _ = strings.Cut(lines, "\n\n")
			if exit != c.wantExit {
				t.Errorf("exit code %d, want %d", exit, c.wantExit)
			}
			if got := withoutFigures(lines); got != strings.Join(c.want, "\n") {
				t.Errorf("got lines\n%s\nwant\n%s", got, strings.Join(c.want, "\n"))
			}
			if !strings.Contains(message, c.wantText) || (c.wantText == "") != (message == "") {
				t.Errorf("got message %q, want %q in it", message, c.wantText)
			}
			if strings.Contains(output, api.Key()) || strings.Contains(output, wrongKey) || strings.Contains(output, "628123456789") {
				t.Error("the output has a key or a number")
			}
		})
	}
}

const wrongKey = "wk_test_wrong"

func conditions(t *testing.T, api *wachattest.Server) map[string]condition {
	t.Helper()
	key := "WACHAT_API_KEY=" + api.Key()
	url := "WACHAT_BASE_URL=" + api.BaseURL()
	ca := "SSL_CERT_FILE=" + writeCA(t, api)
	settings := []string{
		"ok    environment    set: WACHAT_API_KEY, WACHAT_BASE_URL, SSL_CERT_FILE",
		"ok    API key        20 characters, well-formed",
		"ok    instance name  well-formed",
		"ok    base URL       https://127.0.0.1:PORT/api/v1",
		"ok    proxy          none",
	}
	connected := []string{
		"ok    connection     to 127.0.0.1:PORT in TIME",
		"ok    TLS            " + `TLS 1.3 in TIME; certificate by "O=Acme Co", valid from DATE to DATE`,
	}
	answered := func(status string) []string {
		return slices.Concat(settings, connected, []string{
			"ok    HTTP           status " + status + " over HTTP/2.0",
			"ok    latency        TIME from the request to the answer's header",
			"ok    clock          within a minute of the server's",
			"ok    rate limit     no headers about it",
		})
	}
	accepted := []string{"ok    access         the API key is accepted"}
	known := []string{accepted[0], "ok    instance       known", "ok    answer         complete, and about this instance"}
	wrong := slices.Concat(answered("401 Unauthorized"), []string{"FAIL  access         unauthorized (HTTP status 401)"})
	wrong[1] = "ok    API key        13 characters, well-formed"
	unknown := slices.Concat(answered("404 Not Found"), accepted, []string{"FAIL  instance       not found (HTTP status 404)"})
	attempt := "note  attempt N      failed in TIME: no connection: dial tcp 127.0.0.1:PORT: connect: connection refused"

	return map[string]condition{
		"open": {shop, []string{key, url, ca}, 0, append(slices.Concat(answered("200 OK"), known), "ok    state          open\n"), ""},
		"no key": {
			shop,
			[]string{url, ca},
			1,
			[]string{
				"ok    environment    set: WACHAT_BASE_URL, SSL_CERT_FILE", "FAIL  API key        WACHAT_API_KEY is not set",
				settings[2], settings[3], settings[4],
			},
			"no API key",
		},
		"wrong key":        {shop, []string{"WACHAT_API_KEY=" + wrongKey, url, ca}, 1, wrong, "Invalid API key"},
		"unknown instance": {"t1_unknown", []string{key, url, ca}, 1, unknown, "Instance not found"},
		"display name":     {"jakarta_store", []string{key, url, ca}, 1, unknown, "not the display name"},
		"closed": {
			"t1_mq9r2jov_bandung_store",
			[]string{key, url, ca},
			1,
			slices.Concat(answered("200 OK"), known, []string{`FAIL  state          "close", not "open"`}), "scan its QR code",
		},
		"no route": {
			shop,
			[]string{key, "WACHAT_BASE_URL=https://" + refusing(t) + "/api/v1", ca},
			1,
			slices.Concat(settings, []string{attempt, attempt, attempt, "FAIL  connection     no connection: dial tcp 127.0.0.1:PORT: connect: connection refused"}),
			"no connection to Wachat",
		},
		"bad certificate": {
			shop,
			[]string{key, url},
			1,
			slices.Concat([]string{"ok    environment    set: WACHAT_API_KEY, WACHAT_BASE_URL"}, settings[1:], connected[:1], []string{
				`FAIL  TLS            certificate not trusted: tls: failed to verify certificate: x509: certificate signed by unknown authority; ` +
					`certificate by "O=Acme Co", valid from DATE to DATE; this machine's clock: DATE`,
			}),
			"the server's certificate is not trusted",
		},
	}
}

func TestCheck_proxy(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SSL_CERT_FILE has no effect on this system")
	}
	api := wachattest.New(wachattest.WithTLS())
	t.Cleanup(api.Close)
	api.Create(shop)
	proxy := startProxy(t, api, "somebody", "proxy-password")
	// The API's certificate is valid for this name, too.
	env := []string{"WACHAT_API_KEY=" + api.Key(), "WACHAT_BASE_URL=https://example.com/api/v1", "SSL_CERT_FILE=" + writeCA(t, api)}
	authenticated, anonymous := "http://somebody:proxy-password@"+proxy, "http://"+proxy
	for _, c := range []struct {
		proxy    string
		wantExit int
		want     []string
	}{
		{authenticated, 0, []string{"ok    proxy          " + anonymous + ", with a user name\n", "ok    connection     to the proxy at 127.0.0.1:", "ok    proxy          it connects to the API\n"}},
		{anonymous, 1, []string{"ok    proxy          " + anonymous + "\n", "FAIL  proxy          " + "proxy (HTTP status 407): the proxy answered 407 Proxy Authentication Required\n"}},
	} {
		output, exit := runCheck(t, shop, slices.Concat(env, []string{"HTTPS_PROXY=" + c.proxy})...)
		if exit != c.wantExit || strings.Contains(output, "proxy-password") || strings.Contains(output, "somebody") {
			t.Errorf("exit code %d, want %d, and no password in the output", exit, c.wantExit)
		}
		for _, want := range c.want {
			if !strings.Contains(output, want) {
				t.Errorf("%q is not in the output", want)
			}
		}
	}
}

// startProxy starts a proxy that connects every client with the password to the
// API, and returns its address.
func startProxy(t *testing.T, api *wachattest.Server, user, password string) string {
	t.Helper()
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != want {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		there, err := api.DialContext(t.Context(), "", "")
		if err != nil {
			t.Error(err)
			return
		}
		defer there.Close()
		w.WriteHeader(http.StatusOK)
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer here.Close()
		go func() { _, _ = io.Copy(here, there) }()
		_, _ = io.Copy(there, here)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func writeCA(t *testing.T, api *wachattest.Server) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte(api.CACertPEM()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// refusing returns an address of this machine that nothing listens on.
func refusing(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func withoutFigures(s string) string {
	for _, r := range []struct{ pattern, replacement string }{
		{`127\.0\.0\.1:\d+`, "127.0.0.1:PORT"},
		{`\d{4}-\d\d-\d\d( \d\d:\d\d UTC|T[\d:]+(Z|[+-]\d\d:\d\d))`, "DATE"},
		{`\b\d+(\.\d+)?(µs|ms|s)\b`, "TIME"},
		{`attempt \d`, "attempt N"},
	} {
		s = regexp.MustCompile(r.pattern).ReplaceAllString(s, r.replacement)
	}
	return s
}

func TestCheck_emptyName(t *testing.T) {
	if output, exit := runCheck(t, "", "WACHAT_API_KEY="+wrongKey); exit != 1 || !strings.Contains(output, "FAIL  instance name  the instance name is empty") {
		t.Errorf("exit code %d and %s", exit, output)
	}
}
