// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"context"
	"net"
)

const anyPort = "127.0.0.1:0"

// Refuse stops listening: new connections are refused. Open ones go on.
func (s *Server) Refuse() {
	s.listening.Lock()
	defer s.listening.Unlock()
	if s.listener != nil {
		_ = s.listener.Close()
		s.listener = nil
	}
}

// Accept listens again on the same port after [Server.Refuse]. It returns an
// error when another process has taken the port in between.
func (s *Server) Accept() error { return s.listen() }

// DialContext connects to this server, whatever network and address say: over a
// pipe when the server is [InMemory], else over TCP. It fits
// http.Transport.DialContext.
func (s *Server) DialContext(ctx context.Context, _, _ string) (net.Conn, error) {
	if !s.config.inMemory {
		return new(net.Dialer).DialContext(ctx, "tcp", s.addr)
	}
	s.listening.Lock()
	listener, listening := s.listener.(*pipeListener)
	s.listening.Unlock()
	if !listening {
		return nil, errRefused
	}
	return listener.dial(ctx)
}

func (s *Server) listen() error {
	s.listening.Lock()
	defer s.listening.Unlock()
	if s.listener != nil {
		return nil
	}
	listener, err := s.newListener()
	if err != nil {
		return err
	}
	s.listener = listener
	if s.addr == "" {
		s.addr = listener.Addr().String()
	}
	s.serving.Go(func() { s.serve(trackingListener{listener, &s.connections, s.config.wrapConn}) })
	return nil
}

func (s *Server) newListener() (net.Listener, error) {
	switch {
	case s.config.inMemory:
		return newPipeListener(), nil
	case s.addr != "":
		return listenTCP(s.addr)
	default:
		return listenTCP(anyPort)
	}
}

func listenTCP(addr string) (net.Listener, error) {
	return new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
}

func (s *Server) serve(listener net.Listener) {
	if s.config.tls {
		_ = s.http.ServeTLS(listener, "", "")
		return
	}
	_ = s.http.Serve(listener)
}
