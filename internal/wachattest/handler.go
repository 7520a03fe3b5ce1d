// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

func (s *Server) serveHTTP(w http.ResponseWriter, r *http.Request) {
	if s.config.hook != nil {
		s.config.hook(r)
	}
	if r.URL.Path != endpointPath {
		writeFailure(w, http.StatusNotFound, "Not found")
		return
	}
	if !s.requests.begin(instanceName(r)) {
		panic(http.ErrAbortHandler)
	}
	defer s.requests.end()

	s.delay.wait(r.Context())
	counted := countingWriter{ResponseWriter: w, sent: &s.bytesSent}
	s.faults.next().serve(counted, r, http.HandlerFunc(s.serveEndpoint))
}

func (s *Server) serveEndpoint(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		writeFailure(w, http.StatusMethodNotAllowed, "Method not allowed")
	case !s.authorized(r):
		writeFailure(w, http.StatusUnauthorized, "Invalid API key")
	case instanceName(r) == "":
		writeFailure(w, http.StatusBadRequest, "instanceName is required")
	default:
		s.serveInstance(w, r)
	}
}

func (s *Server) serveInstance(w http.ResponseWriter, r *http.Request) {
	instance := s.Instance(instanceName(r))
	if instance == nil {
		writeFailure(w, http.StatusNotFound, "Instance not found")
		return
	}
	instance.serveHTTP(w, r)
}

func (s *Server) authorized(r *http.Request) bool {
	values := r.Header.Values("Authorization")
	return len(values) == 1 && values[0] == "Bearer "+s.Key()
}

func instanceName(r *http.Request) string { return r.URL.Query().Get("instanceName") }

// BytesSent is how many bytes of bodies, as the client has to read them, the
// server has written to the endpoint's answers so far.
func (s *Server) BytesSent() int64 { return s.bytesSent.Load() }

type countingWriter struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (w countingWriter) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p)
	w.sent.Add(int64(n))
	return n, err
}

// Unwrap is for http.ResponseController.
func (w countingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// SetDelay makes the server wait that long before it does anything with a
// request, faults included. The wait ends when the client goes away; 0 ends the
// delay.
func (s *Server) SetDelay(d time.Duration) { s.delay.set(d) }

type delay struct{ nanoseconds atomic.Int64 }

func (d *delay) set(value time.Duration) { d.nanoseconds.Store(int64(value)) }

func (d *delay) wait(ctx context.Context) { pause(ctx, time.Duration(d.nanoseconds.Load())) }

// pause waits, or aborts the request when its client has gone or the server closes.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		panic(http.ErrAbortHandler)
	}
}
