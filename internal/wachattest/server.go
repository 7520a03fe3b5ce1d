// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package wachattest is an embedded Wachat API: a real HTTP server on loopback
// that answers GET /instance/state as the API's reference page prints it, with
// instances whose state changes and with faults on request. Tests, the demo and
// the benchmark run against it.
package wachattest

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
)

const (
	// DefaultKey is the API key that a [Server] accepts unless [WithKey] says otherwise.
	DefaultKey = "wk_test_3f9c1e7a5b2d"

	basePath     = "/api/v1"
	endpointPath = basePath + "/instance/state"

	// maxConcurrentStreams is what Go's servers announce, said here so that
	// tests do not change with the Go release.
	maxConcurrentStreams = 250
)

// Server is an embedded Wachat API. Make one with [New]. All methods are safe
// for concurrent use, also while requests are being answered.
type Server struct {
	config config
	scheme string
	addr   string
	caPEM  string

	http    *http.Server
	serving sync.WaitGroup
	release context.CancelFunc

	listening   sync.Mutex
	listener    net.Listener
	connections connections

	requests  requestLog
	bytesSent atomic.Int64
	key       atomic.Pointer[string]
	delay     delay
	faults    faultQueue

	mu        sync.Mutex
	instances map[string]*Instance
}

// New starts a server: plain HTTP/1.1 on a free port of 127.0.0.1 by default,
// with no instances. It panics when it cannot listen. The caller closes it.
func New(opts ...Option) *Server {
	s := &Server{scheme: "http", instances: make(map[string]*Instance)}
	s.config.key = DefaultKey
	for _, opt := range opts {
		opt(&s.config)
	}
	s.key.Store(&s.config.key)

	ctx, release := context.WithCancel(context.Background())
	s.release = release
	//nolint:gosec // No slow client to fear on loopback, and a timeout would end idle connections of tests.
	s.http = &http.Server{
		Handler:     http.HandlerFunc(s.serveHTTP),
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnContext: withConnection,
		ErrorLog:    log.New(io.Discard, "", 0),
		Protocols:   new(http.Protocols),
		HTTP2:       &http.HTTP2Config{MaxConcurrentStreams: maxConcurrentStreams},
	}
	s.http.Protocols.SetHTTP1(true)
	if s.config.tls {
		s.useTLS()
	}
	if err := s.listen(); err != nil {
		panic(fmt.Sprintf("wachattest: listen on loopback: %v", err))
	}
	return s
}

func (s *Server) useTLS() {
	certificate, caPEM, err := issue(s.config.certificate)
	if err != nil {
		panic(fmt.Sprintf("wachattest: make a certificate: %v", err))
	}
	s.scheme, s.caPEM = "https", caPEM
	s.http.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	s.http.Protocols.SetHTTP2(!s.config.http1Only)
}

// Close stops listening, closes every connection, releases the handlers that
// hang and waits for all handlers to end. A second call does nothing.
func (s *Server) Close() {
	s.release()
	s.Refuse()
	s.connections.shutDown()
	_ = s.http.Close()
	s.serving.Wait()
	s.requests.shutDown()
}

// BaseURL is where the API begins, without a slash at the end: for example
// http://127.0.0.1:40123/api/v1.
func (s *Server) BaseURL() string { return s.scheme + "://" + s.addr + basePath }

// Addr is the host and port that the server listens on.
func (s *Server) Addr() string { return s.addr }

// Key is the API key that the server accepts now.
func (s *Server) Key() string { return *s.key.Load() }

// SetKey rotates the API key: from the next request on only this one is accepted.
func (s *Server) SetKey(key string) { s.key.Store(&key) }

// CACertPEM is the certificate, in PEM, of the authority that was made for this
// server. It is empty when the server speaks plain HTTP.
func (s *Server) CACertPEM() string { return s.caPEM }
