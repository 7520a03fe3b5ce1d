// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"strings"
	"testing"
)

func TestParseBaseURL_acceptedAndRefused(t *testing.T) {
	for in, want := range map[string]string{
		"https://app.wachat.net/api/v1":    "https://app.wachat.net/api/v1",
		"https://app.wachat.net/api/v1/":   "https://app.wachat.net/api/v1",
		"https://app.wachat.net/api/v1///": "https://app.wachat.net/api/v1",
		"https://app.wachat.net":           "https://app.wachat.net",
		"HTTPS://app.wachat.net:8443/":     "https://app.wachat.net:8443",
		"https://[2001:db8::1]/api":        "https://[2001:db8::1]/api",
		"http://localhost:8080/api/v1":     "http://localhost:8080/api/v1",
		"http://127.0.0.1/api":             "http://127.0.0.1/api",
		"http://127.8.9.1/api":             "http://127.8.9.1/api",
		"http://[::1]:80/api":              "http://[::1]:80/api",
		"http://[::ffff:127.0.0.1]/api":    "http://[::ffff:127.0.0.1]/api",
	} {
		u, err := ParseBaseURL(in)
		if err != nil {
			t.Errorf("%s is refused: %v", in, err)
		} else if u.String() != want {
			t.Errorf("%s gives %s, want %s", in, u, want)
		}
	}
	for in, want := range map[string]string{
		"":                                     "not absolute",
		"app.wachat.net/api/v1":                "not absolute",
		"/api/v1":                              "not absolute",
		"https:///api":                         "not absolute",
		"https://:443/api":                     "not absolute",
		"mailto:ops@wachat.net":                "not absolute",
		"ftp://app.wachat.net":                 "neither https nor http",
		"unix://localhost/x":                   "neither https nor http",
		"http://app.wachat.net/api/v1":         "clear text",
		"http://127.0.0.1.wachat.net":          "clear text",
		"http://localhost.wachat.net":          "clear text",
		"http://localho\u017ft":                "clear text",
		"http://0.0.0.0":                       "clear text",
		"http://192.0.2.1":                     "clear text",
		"http://2130706433":                    "clear text",
		"https://user:pa55word@app.wachat.net": "user name or a password",
		"https://@app.wachat.net":              "user name or a password",
		"https://app.wachat.net?a=pa55word":    "query",
		"https://app.wachat.net?":              "query",
		"https://app.wachat.net#":              "fragment",
		"https://app.wachat.net/#pa55word":     "fragment",
		"https://app.wachat.net:0":             "port",
		"https://app.wachat.net:":              "port",
		"https://app.wachat.net:65536":         "port",
		"https://app.wachat.net:pa55word":      "not a valid URL",
		"https://app wachat.net":               "white space",
		"https://app.wachat.net/a\u00a0b":      "white space",
		"https://app.wachat.net/\x00pa55word":  "control character",
		"https://%zz":                          "not a valid URL",
		"https://[::1":                         "not a valid URL",
	} {
		u, err := ParseBaseURL(in)
		switch {
		case err == nil:
			t.Errorf("%q is taken as %s", in, u)
		case !strings.Contains(err.Error(), want):
			t.Errorf("%q is refused with %q, want %q in it", in, err, want)
		case strings.Contains(err.Error(), "pa55word"):
			t.Errorf("%q is repeated in %q", in, err)
		}
	}
}
