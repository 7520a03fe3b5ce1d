// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/net/http/httpproxy"
)

const (
	idleConnTimeout = 90 * time.Second
	maxHeader       = 64 << 10
)

// newTransport makes the client's one pool of connections. It has no limit of
// its own on connections: the slots bound the attempts, and a second limit
// would only make HTTP/1.1 wait where HTTP/2 does not.
func newTransport(config Config) (*http.Transport, error) {
	roots, err := certPool(config.CACertPEM)
	if err != nil {
		return nil, err
	}
	return &http.Transport{
		Proxy:                  proxyFromEnvironment(),
		OnProxyConnectResponse: refusedByProxy,
		DialContext:            dialWithin(config.RequestTimeout, config.DialContext),
		TLSHandshakeTimeout:    config.RequestTimeout,
		TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           config.MaxConcurrentRequests,
		MaxIdleConnsPerHost:    config.MaxConcurrentRequests,
		IdleConnTimeout:        idleConnTimeout,
		MaxResponseHeaderBytes: maxHeader,
		// A connection that has gone dead without notice is closed before the
		// attempt is over, so that the next attempt gets a new one. Half the
		// timeout leaves a slow connection enough time for the round trip.
		HTTP2: &http.HTTP2Config{
			SendPingTimeout: config.RequestTimeout / 4,
			PingTimeout:     config.RequestTimeout / 2,
		},
	}, nil
}

// maxHandshakeWait is how long a request waits for the handshake of another. It
// leaves enough of the request's own time for a dial, and a handshake of two
// round trips fits into a second on most networks.
func maxHandshakeWait(timeout time.Duration) time.Duration { return min(time.Second, timeout/4) }

type dial func(ctx context.Context, network, addr string) (net.Conn, error)

// dialWithin bounds a dial by itself: the transport lets it go on, for others
// to use, when the attempt that asked for it has ended.
func dialWithin(timeout time.Duration, next dial) dial {
	if next == nil {
		next = (&net.Dialer{}).DialContext
	}
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		return next(ctx, network, addr)
	}
}

// CheckCACertPEM reports whether bundle can be [Config.CACertPEM]: one or more
// certificates in PEM, and no key.
func CheckCACertPEM(bundle string) error {
	_, err := parseCertificates(bundle)
	return err
}

// certPool returns nil, the system's roots, where there is nothing to add.
func certPool(bundle string) (*x509.CertPool, error) {
	if bundle == "" {
		return nil, nil
	}
	certificates, err := parseCertificates(bundle)
	if err != nil {
		return nil, fmt.Errorf("the CA certificates cannot be used: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("the system's root certificates cannot be read: %w", err)
	}
	for _, certificate := range certificates {
		pool.AddCert(certificate)
	}
	return pool, nil
}

func parseCertificates(bundle string) ([]*x509.Certificate, error) {
	var certificates []*x509.Certificate
	for block, rest := pem.Decode([]byte(bundle)); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("block %d is a %s, not a CERTIFICATE", len(certificates)+1, block.Type)
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("certificate %d cannot be parsed: %w", len(certificates)+1, err)
		}
		certificates = append(certificates, certificate)
	}
	if len(certificates) == 0 {
		return nil, errors.New("it holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")
	}
	return certificates, nil
}

// proxyError is a proxy that does not let a request through. It never holds the
// proxy's URL, which may hold a password.
type proxyError struct{ status int }

func (e *proxyError) Error() string {
	return fmt.Sprintf("the proxy answered %d %s", e.status, http.StatusText(e.status))
}

// proxyFromEnvironment reads the environment once a client, not once a process
// as [http.ProxyFromEnvironment] does.
func proxyFromEnvironment() func(*http.Request) (*url.URL, error) {
	proxy := httpproxy.FromEnvironment().ProxyFunc()
	return func(r *http.Request) (*url.URL, error) { return proxy(r.URL) }
}

func refusedByProxy(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
	if response.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyError{status: response.StatusCode}
}
