// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"cmp"
	"compress/flate"
	"compress/gzip"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"
)

// transportError describes why there is no answer.
func (c *Client) transportError(err error) *Error {
	var proxy *proxyError
	switch {
	case errors.As(err, &proxy):
		return &Error{Kind: KindProxy, Status: proxy.status, Reason: proxy.Error()}
	case isCertificateError(err):
		return &Error{Kind: KindCertificate, Reason: c.sanitizer.sanitize(err.Error(), messageLimit)}
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Kind: KindConnection, Reason: "the connection was closed before the answer was complete"}
	}
	return &Error{Kind: KindConnection, Reason: c.sanitizer.sanitize(err.Error(), messageLimit)}
}

func isCertificateError(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		host         x509.HostnameError
		invalid      x509.CertificateInvalidError
	)
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid)
}

// bodyError describes why an answer of status 200 could not be read to its end.
func (c *Client) bodyError(response *http.Response, body []byte, err error) *Error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, errTooLarge):
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		err = errors.New("its compression is broken")
	default:
		return c.transportError(err)
	}
	failure := malformed(err)
	failure.Answer = c.describeAnswer(response, body)
	return failure
}

// statusError describes an answer of any other status than 1xx and 2xx.
func (c *Client) statusError(response *http.Response, body []byte) *Error {
	failure := &Error{Kind: kindOfStatus(response.StatusCode)}
	if answer, err := parseAnswer(body); err == nil {
		failure.Message = c.sanitizer.sanitize(answer.apiMessage(), messageLimit)
	}
	if failure.Message == "" {
		failure.Answer = c.describeAnswer(response, body)
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		failure.RetryAfter = retryAfter(response.Header, time.Now())
		if failure.TooLong = failure.RetryAfter > c.config.RetryWaitMax; failure.TooLong {
			failure.RetryWaitMax = c.config.RetryWaitMax
		}
	}
	if failure.Kind == KindRedirect {
		failure.Reason = location(c.sanitizer.sanitize(response.Header.Get("Location"), answerLimit))
	}
	return failure
}

func location(to string) string {
	if to == "" {
		return "nowhere: there is no Location"
	}
	return "to " + to
}

func kindOfStatus(status int) Kind {
	switch status {
	case http.StatusRequestTimeout:
		return KindUnavailable
	case http.StatusNotImplemented:
		return KindRejected
	case http.StatusBadRequest:
		return KindBadRequest
	case http.StatusUnauthorized:
		return KindUnauthorized
	case http.StatusForbidden:
		return KindForbidden
	case http.StatusNotFound:
		return KindNotFound
	case http.StatusConflict:
		return KindConflict
	case http.StatusTooManyRequests:
		return KindRateLimited
	}
	switch status / 100 {
	case 3:
		return KindRedirect
	case 5:
		return KindUnavailable
	}
	return KindRejected
}

// describeAnswer shows what came: the content type and how the body begins.
func (c *Client) describeAnswer(response *http.Response, body []byte) string {
	kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil {
		kind = "of no content type"
	}
	start := c.sanitizer.sanitize(string(body), answerLimit)
	if start == "" {
		return "an empty body"
	}
	return c.sanitizer.sanitize(kind, answerLimit) + ": " + start
}

// requestID returns the ID by which Wachat, or the network in front of it, finds the
// request again.
func (c *Client) requestID(h http.Header) string {
	return c.sanitizer.sanitizeID(cmp.Or(h.Get("X-Request-Id"), h.Get("Cf-Ray")), answerLimit)
}
