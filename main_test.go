// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
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

const (
	shop     = "t1_mq9r2jov_jakarta_store"
	wrongKey = "wk_test_wrong"
)

// With this variable set, the test binary is the provider's.
const asProvider = "TEST_AS_PROVIDER"

func TestMain(m *testing.M) {
	if os.Getenv(asProvider) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// run runs the provider's binary with those environment variables only.
func run(t *testing.T, env []string, args ...string) (output string, exit int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = slices.Concat(env, []string{
		asProvider + "=1", "SYSTEMROOT=" + os.Getenv("SYSTEMROOT"),
		"GOCOVERDIR=" + t.TempDir(), // or a test binary with coverage prints a warning
	})
	out, err := cmd.CombinedOutput()
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		t.Fatal(err)
	}
	t.Logf("exit code %d\n%s", cmd.ProcessState.ExitCode(), out)
	return string(out), cmd.ProcessState.ExitCode()
}

// inOrder reports whether the output has the texts in their order.
func inOrder(output string, wants ...string) bool {
	for _, want := range wants {
		_, after, found := strings.Cut(output, want)
		if !found {
			return false
		}
		output = after
	}
	return true
}

func TestCheck(t *testing.T) {
	api := wachattest.New()
	t.Cleanup(api.Close)
	api.Create(shop)
	api.Create("t1_closed").Close()
	closed := wachattest.New()
	closed.Close()
	request := []string{"connecting to " + api.Addr(), "request sent", "first byte of the answer", "attempt 1, " + api.BaseURL() + "/instance/state?instanceName="}
	for _, tt := range []struct {
		name, instance, key, url string
		wantExit                 int
		wants                    []string // in this order
	}{
		{"open", shop, api.Key(), api.BaseURL(), 0, append(request, "success", "the instance is open")},
		{"closed", "t1_closed", api.Key(), api.BaseURL(), 1, append(request, "success", `is "close", but "open" is required.`, "scan its QR code")},
		{"no such instance", "t1_unknown", api.Key(), api.BaseURL(), 1, append(request, "not found (HTTP status 404)", "not found (HTTP 404: Instance not found).", "The provider asked "+api.BaseURL())},
		{"a refused key", shop, wrongKey, api.BaseURL(), 1, append(request, "unauthorized (HTTP status 401)", "The key comes from WACHAT_API_KEY and has 13 characters.")},
		{"no key", shop, "", api.BaseURL(), 1, []string{"no API key"}},
		{"a display name", "Jakarta Store", api.Key(), api.BaseURL(), 1, []string{"the name is not valid", "No request was sent.", "looks like the display name"}},
		{"the key as a name", "t1_" + wrongKey, wrongKey, api.BaseURL(), 1, []string{"the API key is in the wrong place"}},
		{"an empty name", "", api.Key(), api.BaseURL(), 1, []string{"the instance name is empty"}},
		{"an invalid base URL", shop, api.Key(), "http://wachat.test", 1, []string{"the provider's configuration is invalid (the base URL cannot be used:"}},
		{"no connection", shop, api.Key(), closed.BaseURL(), 1, []string{"connecting to ", "attempt 1, ", "connection refused", "attempt 4, ", "The provider tried 4 times."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			output, exit := run(t, []string{"WACHAT_API_KEY=" + tt.key, "WACHAT_BASE_URL=" + tt.url}, "-check", tt.instance)
			if exit != tt.wantExit || !inOrder(output, tt.wants...) {
				t.Errorf("exit code %d, want %d, and %q in the output", exit, tt.wantExit, tt.wants)
			}
			for _, not := range []string{api.Key(), wrongKey, "628123456789", "refused the request", "is accepted"} {
				if strings.Contains(output, not) {
					t.Errorf("%q is in the output", not)
				}
			}
		})
	}
}

// Each line has the time since the start.
func TestCheck_times(t *testing.T) {
	api := wachattest.New()
	t.Cleanup(api.Close)
	api.Create(shop)
	output, _ := run(t, []string{"WACHAT_API_KEY=" + api.Key(), "WACHAT_BASE_URL=" + api.BaseURL()}, "-check", shop)
	_, lines, _ := strings.Cut(output, "\n\n")
	for line := range strings.Lines(lines) {
		if !regexp.MustCompile(`^ *[0-9.]+m?µ?s  \w`).MatchString(line) {
			t.Errorf("%q has no time", line)
		}
	}
}

func TestCheck_certificate(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SSL_CERT_FILE has no effect on this system")
	}
	api := wachattest.New(wachattest.WithTLS())
	t.Cleanup(api.Close)
	api.Create(shop)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, []byte(api.CACertPEM()), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"WACHAT_API_KEY=" + api.Key(), "WACHAT_BASE_URL=" + api.BaseURL()}
	if output, exit := run(t, env, "-check", shop); exit != 1 || !inOrder(output, "starting TLS", "certificate not trusted", "the certificate is not trusted", "set ca_cert_pem to its CA certificate") {
		t.Errorf("exit code %d for a certificate that is not trusted", exit)
	}
	if output, exit := run(t, append(env, "SSL_CERT_FILE="+ca), "-check", shop); exit != 0 || !inOrder(output, "starting TLS", "request sent") {
		t.Errorf("exit code %d for one that is", exit)
	}
}

func TestMain_arguments(t *testing.T) {
	const usage, bare = "-check name", "To read an instance without Terraform, use -check"
	for _, tt := range []struct {
		args []string
		exit int
		want string
	}{
		{[]string{"-check", "a", "b"}, 2, usage},
		{[]string{"-check", "a", "-check", "b"}, 2, usage},
		{[]string{"a"}, 2, usage},
		{[]string{"-check"}, 2, usage},
		{[]string{"-chekc", "a"}, 2, usage},
		{[]string{"-version", "-check", "a"}, 1, "no API key"}, // 0 would mean that it is open
		{[]string{"-version"}, 0, "terraform-provider-wachat dev (none)\n"},
		{nil, 1, bare},
	} {
		if output, exit := run(t, nil, tt.args...); exit != tt.exit || !strings.Contains(output, tt.want) {
			t.Errorf("%q ends with exit code %d, want %d and %q", tt.args, exit, tt.exit, tt.want)
		}
	}
}

// The plugin server keeps one provider's data, so that a second block would read with
// the first one's key.
func TestMain_debugServesOneProviderBlock(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-debug")
	cmd.Env = []string{asProvider + "=1", "GOCOVERDIR=" + t.TempDir()}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 300)
	n, err := stdout.Read(line)
	if err != nil || !strings.HasPrefix(string(line[:n]), "This process serves one provider block") {
		t.Errorf("it prints %q, error %v", line[:n], err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // it was killed
}
