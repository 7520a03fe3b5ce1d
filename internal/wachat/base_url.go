// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// ParseBaseURL parses the root URL of the API: an absolute https URL, or an http
// one of a loopback address (127.0.0.0/8, ::1, localhost), since the API key is
// sent to it. User info, a query or a fragment is an error; a slash at the end
// does not matter. The error never repeats the URL, which may contain a password.
func ParseBaseURL(s string) (*url.URL, error) {
	if strings.ContainsFunc(s, unicode.IsSpace) || strings.ContainsFunc(s, unicode.IsControl) {
		return nil, errors.New("it contains white space or a control character")
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil, errors.New("it is not a valid URL")
	}
	if err := checkBaseURL(u, s); err != nil {
		return nil, err
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = strings.TrimRight(u.RawPath, "/")
	return u, nil
}

func checkBaseURL(u *url.URL, s string) error {
	if u.Scheme == "" || u.Hostname() == "" {
		return errors.New("it is not absolute: it needs a scheme and a host, as in https://app.wachat.net/api/v1")
	}
	if u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("its scheme is neither https nor http")
	}
	if u.User != nil {
		return errors.New("it contains a user name or a password")
	}
	if strings.Contains(s, "?") {
		return errors.New("it contains a query")
	}
	if strings.Contains(s, "#") {
		return errors.New("it contains a fragment")
	}
	if !validPort(u) {
		return errors.New("its port is not a number from 1 to 65535")
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) {
		return errors.New("it is http to a host that is not a loopback address: the API key would travel in clear text; use https")
	}
	return nil
}

func validPort(u *url.URL) bool {
	if u.Port() == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && port > 0
}

// isLoopback does not resolve names: one that resolves to loopback today may not
// do so tomorrow. RFC 6761 reserves localhost.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}
