// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"compress/flate"
	"compress/gzip"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/iotest"
)

const closedEarly = "the connection was closed before the answer was complete"

func TestParseResponse_bodyThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct {
		err    error
		kind   Kind
		reason string
	}{
		{gzip.ErrHeader, KindMalformed, "its compression is broken"},
		{gzip.ErrChecksum, KindMalformed, "its compression is broken"},
		{fmt.Errorf("read: %w", flate.CorruptInputError(7)), KindMalformed, "its compression is broken"},
		{io.ErrUnexpectedEOF, KindConnection, closedEarly},
		{errors.New("read: connection reset"), KindConnection, "read: connection reset"},
	} {
		_, failure := parse(t, &http.Response{
			StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"Text/HTML; charset=utf-8"}},
			Body: io.NopCloser(io.MultiReader(&oneByte{}, iotest.ErrReader(tt.err))),
		})
		if failure == nil || failure.Kind != tt.kind || failure.Reason != tt.reason {
			t.Errorf("%v gives %+v, want %q: %s", tt.err, failure, tt.kind, tt.reason)
		}
		if failure != nil && (failure.Answer == "text/html: {") != (tt.kind == KindMalformed) {
			t.Errorf("%v gives the answer %q", tt.err, failure.Answer)
		}
	}
}

// oneByte is the beginning of a JSON object.
type oneByte struct{ done bool }

func (o *oneByte) Read(p []byte) (int, error) {
	if o.done {
		return 0, io.EOF
	}
	o.done = true
	p[0] = '{'
	return 1, nil
}

func TestTransportError_kinds(t *testing.T) {
	c := &Client{sanitizer: newSanitizer(longKey)}
	for _, tt := range []struct {
		err    error
		kind   Kind
		status int
		reason string
	}{
		{fmt.Errorf("proxy: %w", &proxyError{status: 407}), KindProxy, 407, "the proxy answered 407 Proxy Authentication Required"},
		{fmt.Errorf("dial: %w", &tls.CertificateVerificationError{Err: errors.New("bad")}), KindCertificate, 0, "dial: tls: failed to verify certificate: bad"},
		{x509.UnknownAuthorityError{}, KindCertificate, 0, "x509: certificate signed by unknown authority"},
		{x509.HostnameError{Certificate: &x509.Certificate{}, Host: "h"}, KindCertificate, 0, "x509: certificate is not valid for any names, but wanted to match h"},
		{x509.CertificateInvalidError{Reason: x509.Expired, Detail: "late"}, KindCertificate, 0, "x509: certificate has expired or is not yet valid: late"},
		{fmt.Errorf("read: %w", io.EOF), KindConnection, 0, closedEarly},
		{fmt.Errorf("read: %w", io.ErrUnexpectedEOF), KindConnection, 0, closedEarly},
		{errors.New("malformed HTTP response \"" + longKey + "\""), KindConnection, 0, withheld},
		{&tls.CertificateVerificationError{Err: errors.New(longKey)}, KindCertificate, 0, withheld},
		{errors.New("dial tcp 192.0.2.1:443: connect: connection refused\x1b"), KindConnection, 0, "dial tcp 192.0.2.1:443: connect: connection refused"},
	} {
		if got := c.transportError(tt.err); got.Kind != tt.kind || got.Status != tt.status || got.Reason != tt.reason {
			t.Errorf("%v gives %+v", tt.err, got)
		}
	}
}

func TestStatusError_showsNothingOfTheKey(t *testing.T) {
	for name, response := range map[string]*http.Response{
		"in the content type": {StatusCode: 418, Header: http.Header{"Content-Type": {"text/" + longKey}}},
		"in the location":     {StatusCode: 302, Header: http.Header{"Location": {"https://" + longKey}}},
	} {
		response.Body = http.NoBody
		c := &Client{sanitizer: newSanitizer(longKey)}
		_, failure := c.parseResponse(response, shop)
		if told := fmt.Sprintf("%+v", failure); c.sanitizer.finder.parts.in([]byte(told)) {
			t.Errorf("%s: %s", name, told)
		}
	}
	c := &Client{sanitizer: newSanitizer(longKey)}
	if id := c.requestID(http.Header{"X-Request-Id": {"r-" + longKey}}); id != withheld {
		t.Errorf("the request ID is %q", id)
	}
}
