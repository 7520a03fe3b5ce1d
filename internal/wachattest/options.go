// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"net"
	"net/http"
)

// Option changes how [New] starts a [Server].
type Option func(*config)

type config struct {
	key         string
	tls         bool
	http1Only   bool
	certificate Certificate
	inMemory    bool
	wrapConn    func(net.Conn) net.Conn
	hook        func(*http.Request)
}

// WithKey sets the API key that the server accepts; the default is [DefaultKey].
func WithKey(key string) Option {
	return func(c *config) { c.key = key }
}

// WithTLS makes the server speak TLS, and in it HTTP/2 or HTTP/1.1 as the
// client chooses by ALPN.
func WithTLS() Option {
	return func(c *config) { c.tls = true }
}

// WithTLSHTTP1 makes the server speak TLS, and in it HTTP/1.1 only.
func WithTLSHTTP1() Option {
	return func(c *config) { c.tls, c.http1Only = true, true }
}

// WithCertificate makes the server speak TLS, as [WithTLS], with a certificate
// of the given kind; the default is [CertificateValid].
func WithCertificate(kind Certificate) Option {
	return func(c *config) { c.tls, c.certificate = true, kind }
}

// InMemory makes the server listen on no socket: [Server.DialContext] hands out
// the ends of pipes, so that the server works in a bubble of testing/synctest.
// The host and port of its [Server.BaseURL] are always the same.
func InMemory() Option {
	return func(c *config) { c.inMemory = true }
}

// WithConnWrapper wraps each accepted connection, below TLS: the benchmark
// simulates a round trip with it.
func WithConnWrapper(wrap func(net.Conn) net.Conn) Option {
	return func(c *config) { c.wrapConn = wrap }
}

// WithRequestHook has hook called for each request, whatever its path, before
// it is answered. Calls are concurrent when the requests are.
func WithRequestHook(hook func(*http.Request)) Option {
	return func(c *config) { c.hook = hook }
}
