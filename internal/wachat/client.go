// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package wachat is a client for the one endpoint of the Wachat API that this
// provider reads: GET /instance/state, "Get Instance State" in Wachat's API
// reference. It is made to be a gate: whatever it does not know for certain is an
// error, never a state. The package imports nothing of Terraform.
//
// A read is one call that goes down seven steps:
//
//	RequireAll  fleet.go   runs one Require for each instance
//	Require     wait.go    polls until the required state is found
//	read        read.go    makes attempts with a backoff; concurrent calls share them
//	attempt     read.go    waits for its turn (limiter.go), then has the request timeout
//	hedged      hedge.go   sends the request, and once more if the answer is late
//	send        send.go    makes one request and says what became of it
//	decode      decode.go  decides whether the answer is a state
//
// Everything else is an [Error] (error.go), whose texts from outside are safe to
// show (text.go). What a user configures is a [Config], and what comes of it a [Client]
// with its connections (client.go).
package wachat

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/http/httpproxy"
	"resenje.org/singleflight"
)

// Client reads the state of instances. It is safe for concurrent use and meant
// to be shared: its limits hold over all its reads, which also share its
// connections.
type Client struct {
	config   Config
	endpoint *url.URL
	keyInURL bool // the base URL contains the API key, so nothing is sent
	clean    cleaner
	limiter  *limiter
	reads    singleflight.Group[call, *InstanceState]
	budget   hedgeBudget

	// A hedge has connections of its own: the one that stalls may be why the answer
	// is late.
	transport, hedgeTransport *http.Transport
}

// New makes a client. Its error is about the key, the base URL or the CA
// certificates; the other values have to be within their bounds. A missing key is
// the error of the reads instead.
func New(config Config) (*Client, error) {
	if err := CheckKey(config.Key); config.Key != "" && err != nil {
		return nil, err
	}
	if err := CheckBaseURL(config.BaseURL); err != nil {
		return nil, fmt.Errorf("the base URL cannot be used: %w", err)
	}
	base, _ := url.Parse(config.BaseURL) // it was checked
	var roots *x509.CertPool             // nil is the system's
	if config.CACertPEM != "" {
		pool, err := certPool(config.CACertPEM)
		if err != nil {
			return nil, fmt.Errorf("the CA certificates cannot be used: %w", err)
		}
		roots = pool
	}
	base.Path = cmp.Or(base.Path, "/") // without it, JoinPath makes a path that no server accepts
	clean := newCleaner(config.Key)
	return &Client{
		config:         config,
		endpoint:       base.JoinPath("instance", "state"),
		keyInURL:       clean.contains(config.BaseURL) || clean.contains(base.Path),
		clean:          clean,
		limiter:        newLimiter(config),
		transport:      newTransport(config, roots),
		hedgeTransport: newTransport(config, roots),
	}, nil
}

// check refuses what must not be sent or shown.
func (c *Client) check(name, requiredState string) error {
	invalid := CheckName(name)
	switch {
	case c.config.Key == "":
		return &Error{Kind: KindMissingKey, Instance: name}
	case c.keyInURL:
		return &Error{Kind: KindExposedKey, Reason: "the base URL contains the API key"}
	case c.clean.contains(name) || c.clean.contains(requiredState):
		return &Error{Kind: KindExposedKey, Reason: "the instance name or the required state contains the API key"}
	case invalid != nil:
		return &Error{Kind: KindInvalidName, Instance: name, Reason: invalid.Error()}
	}
	return nil
}

// Config says how a [Client] reaches the API. Start from [DefaultConfig]: the
// zero value has no base URL and no time for an attempt, and [New] refuses it.
type Config struct {
	// BaseURL is the API's root, see [CheckBaseURL]. Defaults to the hosted API,
	// https://app.wachat.net/api/v1.
	BaseURL string

	// Key is the account's API key, sent as a bearer token. No error and no log
	// holds it. No default: the reads of a client without a key fail with
	// [KindMissingKey].
	Key string

	// UserAgent is sent with each request. Empty, the default, sends none.
	UserAgent string

	// RequestTimeout bounds one attempt: connect, headers and body. Above 0,
	// 15s by default.
	RequestTimeout time.Duration

	// MaxRetries is the number of attempts after the first. 0 or more, 3 by
	// default.
	MaxRetries int

	// RetryWaitMin and RetryWaitMax bound the backoff between two attempts; 0 or
	// more, 500ms and 30s by default. RetryWaitMax is also the longest
	// Retry-After that a read honors; a wait honors any up to its deadline.
	RetryWaitMin, RetryWaitMax time.Duration

	// MaxConcurrentRequests bounds the attempts in flight over all reads of the
	// client. 1 or more, 10 by default.
	MaxConcurrentRequests int

	// RequestsPerSecond bounds the rate at which requests start. 0, the default,
	// is no limit.
	RequestsPerSecond float64

	// NoHedges keeps an attempt whose answer is late from sending its request a
	// second time, for a caller that counts or observes requests. False by default.
	NoHedges bool

	// CACertPEM holds certificates, in PEM, that are trusted in addition to the
	// system's roots, see [CheckCACertPEM]. Empty by default.
	CACertPEM string

	// OnAttempt, if set, is called with each request when it has ended, and with
	// the context of the read that started it. Calls may be concurrent.
	OnAttempt func(context.Context, Attempt)

	// DialContext opens the connections, by default as a [net.Dialer] does. Not nil.
	DialContext func(ctx context.Context, network, addr string) (net.Conn, error)

	// Jitter returns the random part of a backoff, from 0 to limit: by default all
	// are equally likely. A test sets it to repeat a run. Not nil.
	Jitter func(limit time.Duration) time.Duration
}

// DefaultConfig returns the configuration of a client of the hosted API,
// complete but for the key.
func DefaultConfig() Config {
	return Config{
		BaseURL:               "https://app.wachat.net/api/v1",
		RequestTimeout:        15 * time.Second,
		MaxRetries:            3,
		RetryWaitMin:          500 * time.Millisecond,
		RetryWaitMax:          30 * time.Second,
		MaxConcurrentRequests: 10,
		DialContext:           new(net.Dialer).DialContext,
		Jitter:                func(limit time.Duration) time.Duration { return rand.N(limit + 1) }, //nolint:gosec // It needs no secrecy.
	}
}

// CheckKey reports why key cannot be an API key: it is empty, or it contains white
// space, a control character or an invisible one, which copying a key can add. The
// error never repeats the key.
func CheckKey(key string) error {
	if strings.HasPrefix(strings.ToLower(key), "bearer ") {
		return errors.New(`the API key starts with "Bearer ". Leave that out: the provider adds it`)
	}
	if strings.Map(withoutInvisible, key) != key {
		return errors.New("the API key contains an invisible or invalid character, such as a line break")
	}
	return checkToken("the API key", key)
}

// CheckName reports why name cannot be an instance's unique API name: it is empty,
// or it contains white space or a control character.
func CheckName(name string) error { return checkToken("the instance name", name) }

func checkToken(what, token string) error {
	if token == "" {
		return errors.New(what + " is empty")
	}
	if strings.ContainsFunc(token, unicode.IsSpace) || strings.ContainsFunc(token, unicode.IsControl) {
		return errors.New(what + " contains white space or a control character")
	}
	return nil
}

// CheckBaseURL reports why s cannot be [Config.BaseURL], which is an absolute
// https URL, or an http one of a loopback address (127.0.0.0/8, ::1, localhost),
// since the API key is sent to it. User info, a query or a fragment is an error; a
// slash at the end does not matter. The error never repeats the URL, which may
// contain a password.
func CheckBaseURL(s string) error {
	u, err := url.Parse(s)
	switch {
	case checkToken("it", s) != nil:
		return errors.New("it is empty, or contains white space or a control character")
	case err != nil:
		return errors.New("it is not a valid URL")
	case u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		return errors.New("it is not an absolute https URL, such as https://app.wachat.net/api/v1")
	case u.User != nil || strings.ContainsAny(s, "?#"):
		return errors.New("it contains a user name, a query or a fragment")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return errors.New("it is http to a host that is not a loopback address: the API key would be sent in clear text; use https")
	}
	return nil
}

// isLoopback does not resolve names: one that resolves to loopback today may not
// do so tomorrow. RFC 6761 reserves localhost.
func isLoopback(host string) bool {
	addr, _ := netip.ParseAddr(host) // zero for a name, and that is no loopback address
	return host == "localhost" || addr.Unmap().IsLoopback()
}

// CheckCACertPEM reports why bundle cannot be [Config.CACertPEM], which is one or
// more certificates in PEM, and nothing else in PEM.
func CheckCACertPEM(bundle string) error {
	_, err := certPool(bundle)
	return err
}

// certPool adds certificates to the system's roots. It splits the bundle itself:
// package pem skips a block that it cannot read.
func certPool(bundle string) (*x509.CertPool, error) {
	const begin = "-----BEGIN "
	blocks := strings.Split(bundle, begin)[1:]
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("the system's root certificates cannot be read: %w", err)
	}
	for i, block := range blocks {
		if !pool.AppendCertsFromPEM([]byte(begin + block)) {
			return nil, fmt.Errorf("block %d is not a certificate that can be parsed", i+1)
		}
	}
	if len(blocks) == 0 || len(blocks) != strings.Count(bundle, "-----END ") {
		return nil, errors.New("it is not made of whole certificates in PEM (-----BEGIN CERTIFICATE-----)")
	}
	return pool, nil
}

// newTransport makes a pool of connections. It has no limit of its own on
// connections: the slots bound the attempts, and a second limit would only make
// HTTP/1.1 wait where HTTP/2 does not.
func newTransport(config Config, roots *x509.CertPool) *http.Transport {
	// The environment is read once a client, not once a process as
	// [http.ProxyFromEnvironment] does.
	proxy := httpproxy.FromEnvironment().ProxyFunc()
	return &http.Transport{
		Proxy:                  func(r *http.Request) (*url.URL, error) { return proxy(r.URL) },
		OnProxyConnectResponse: refusedByProxy,
		// A dial has a bound of its own: the transport lets it go on, for others to
		// use, when the attempt that started it has ended.
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, config.RequestTimeout)
			defer cancel()
			return config.DialContext(ctx, network, addr)
		},
		TLSHandshakeTimeout: config.RequestTimeout,
		TLSClientConfig:     &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: config.MaxConcurrentRequests,
		IdleConnTimeout:     90 * time.Second,
		// A connection that no longer answers is closed before the attempt is
		// over, so that the next attempt gets a new one. Half the
		// timeout leaves a slow connection enough time for the round trip.
		HTTP2: &http.HTTP2Config{
			SendPingTimeout: config.RequestTimeout / 4,
			PingTimeout:     config.RequestTimeout / 2,
		},
	}
}

// refusedByProxy never shows the proxy's URL, which may hold a password.
func refusedByProxy(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
	status := response.StatusCode
	if status == http.StatusOK {
		return nil
	}
	return &Error{Kind: KindProxy, Reason: fmt.Sprintf("the proxy answered %d %s", status, http.StatusText(status))}
}
