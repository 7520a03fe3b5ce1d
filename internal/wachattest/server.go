// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package wachattest is an embedded Wachat API: an HTTP server on loopback that
// answers GET /instance/state as the API's reference page prints it, with
// instances whose state changes and with faults on request. Tests, the demo and
// the benchmark run against it.
package wachattest

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
)

// DefaultKey is the API key that a [Server] accepts until [Server.SetKey].
const DefaultKey = "wk_test_3f9c1e7a5b2d"

const (
	basePath     = "/api/v1"
	endpointPath = basePath + "/instance/state"
)

// Server is an embedded Wachat API. Make one with [New]. All methods are safe
// for concurrent use, also while requests are being answered.
//
// Its [Faults] apply to every request to the endpoint, whatever its key and its
// instance.
type Server struct {
	Faults

	http      *httptest.Server
	addr      string
	pipes     *pipeListener // nil without [InMemory]
	endHangs  context.CancelFunc
	key       atomic.Pointer[string]
	requests  requests
	accepted  atomic.Int64
	open      atomic.Int64
	mu        sync.Mutex
	instances map[string]*Instance
}

// Option changes how [New] starts a [Server].
type Option func(*config)

type config struct {
	protocols []string // that TLS offers; none without TLS
	inMemory  bool
}

// WithTLS makes the server speak TLS, and in it HTTP/2 or HTTP/1.1 as the
// client chooses. Its certificate is that of net/http/httptest: it is valid for
// 127.0.0.1 and example.com.
func WithTLS() Option {
	return func(c *config) { c.protocols = []string{"h2", "http/1.1"} }
}

// WithTLSHTTP1 is [WithTLS] with HTTP/1.1 only.
func WithTLSHTTP1() Option {
	return func(c *config) { c.protocols = []string{"http/1.1"} }
}

// InMemory makes the server listen on no socket: [Server.DialContext] returns
// the ends of pipes, so that the server works in a bubble of testing/synctest.
// The host and port of its [Server.BaseURL] are always the same.
func InMemory() Option {
	return func(c *config) { c.inMemory = true }
}

// New starts a server without instances: plain HTTP/1.1 on a free port of
// 127.0.0.1 by default. It panics when it cannot listen. The caller closes it.
func New(options ...Option) *Server {
	var config config
	for _, option := range options {
		option(&config)
	}
	s := &Server{instances: make(map[string]*Instance)}
	s.SetKey(DefaultKey)
	ctx, cancel := context.WithCancel(context.Background())
	s.endHangs = cancel
	//nolint:gosec // No slow client to fear on loopback, and a timeout would end idle connections of tests.
	s.http = &httptest.Server{Listener: s.listen(config.inMemory), Config: &http.Server{
		Handler:     http.HandlerFunc(s.serveHTTP),
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnState:   s.countConnection,
		ErrorLog:    log.New(io.Discard, "", 0),
	}}
	s.addr = s.http.Listener.Addr().String()
	if config.protocols == nil {
		s.http.Start()
		return s
	}
	s.http.TLS = &tls.Config{NextProtos: config.protocols, MinVersion: tls.VersionTLS12}
	s.http.StartTLS()
	return s
}

func (s *Server) listen(inMemory bool) net.Listener {
	if inMemory {
		s.pipes = newPipeListener()
		return s.pipes
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		panic("wachattest: listen on loopback: " + err.Error())
	}
	return listener
}

// DialContext connects to this server, whatever network and address say. It
// fits http.Transport.DialContext.
func (s *Server) DialContext(ctx context.Context, _, _ string) (net.Conn, error) {
	if s.pipes != nil {
		return s.pipes.dial(ctx)
	}
	return new(net.Dialer).DialContext(ctx, "tcp", s.addr)
}

// Close stops listening, closes every connection and ends the requests that
// hang. A second call does nothing.
func (s *Server) Close() {
	s.endHangs()
	_ = s.http.Listener.Close()
	s.CloseConnections()
	s.http.Close()
}

// BaseURL is the URL of the API, without a slash at the end: for example
// http://127.0.0.1:40123/api/v1.
func (s *Server) BaseURL() string { return s.http.URL + basePath }

// Addr is the host and port that the server listens on.
func (s *Server) Addr() string { return s.addr }

// Key is the API key that the server accepts now.
func (s *Server) Key() string { return *s.key.Load() }

// SetKey changes the API key: from the next request on only this one is accepted.
func (s *Server) SetKey(key string) { s.key.Store(&key) }

// CACertPEM is the certificate, in PEM, that a client has to trust. It is empty
// when the server speaks plain HTTP.
func (s *Server) CACertPEM() string {
	certificate := s.http.Certificate()
	if certificate == nil {
		return ""
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw}))
}

func (s *Server) countConnection(_ net.Conn, state http.ConnState) {
	switch state { //nolint:exhaustive // In the other states it stays open.
	case http.StateNew:
		s.accepted.Add(1)
		s.open.Add(1)
	case http.StateClosed, http.StateHijacked:
		s.open.Add(-1)
	}
}

// Connections is the number of connections that the server has accepted so far.
func (s *Server) Connections() int { return int(s.accepted.Load()) }

// OpenConnections is the number of connections that are open now, idle or not.
func (s *Server) OpenConnections() int { return int(s.open.Load()) }

// CloseConnections closes all connections, idle or not. The server accepts new
// ones.
func (s *Server) CloseConnections() { s.http.CloseClientConnections() }
