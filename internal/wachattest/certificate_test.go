// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"crypto/x509"
	"errors"
	"net/http"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestCertificate_kinds(t *testing.T) {
	tests := map[string]struct {
		kind     wachattest.Certificate
		verifies func(error) bool
	}{
		"a valid one":       {wachattest.CertificateValid, func(err error) bool { return err == nil }},
		"an expired one":    {wachattest.CertificateExpired, isExpired},
		"another host's":    {wachattest.CertificateOtherHost, is[x509.HostnameError]},
		"another authority": {wachattest.CertificateUnknownAuthority, is[x509.UnknownAuthorityError]},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := newServer(t, wachattest.WithCertificate(test.kind))
			if got := get(t, newClient(t, server), server, storeName); !test.verifies(got.err) {
				t.Errorf("unexpected: %v", got.err)
			}
		})
	}
}

func TestCertificate_forHost(t *testing.T) {
	server := newServer(t, wachattest.WithCertificate(wachattest.CertificateForHost("wachat.test")))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://wachat.test/api/v1/instance/state", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := do(newClient(t, server), request); got.err != nil {
		t.Error(got.err)
	}
}

func TestCACertPEM_plainHTTP(t *testing.T) {
	if got := newServer(t).CACertPEM(); got != "" {
		t.Errorf("got %q, want none", got)
	}
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

func isExpired(err error) bool {
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err)
	return ok && invalid.Reason == x509.Expired
}
