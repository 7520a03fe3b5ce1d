// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"
)

// observation is what there was to see of the requests of a read. What a later
// request does not do again, since it uses the same connection, stays.
type observation struct {
	mu sync.Mutex
	network
	answer
}

// network is what there was to see of a connection.
type network struct {
	host        string // what was resolved, empty for an address
	addresses   int
	resolved    time.Duration
	resolveErr  error
	remote      string
	connected   time.Duration
	tls         *tls.ConnectionState
	certificate *x509.Certificate // also of a handshake that failed
	handshake   time.Duration
	inHandshake bool
	ready       time.Time // when the connection could take the request; zero if it never could

	resolveStart, connectStart, handshakeStart time.Time
}

// answer is what there was to see of a response.
type answer struct {
	status  int
	proto   string
	header  http.Header
	arrived time.Time
	latency time.Duration // from when the connection was ready to the header of the response
}

// trace returns the hooks that fill the observation.
func (o *observation) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { o.change(func() { o.ready, o.answer = time.Time{}, answer{} }) },
		DNSStart: func(info httptrace.DNSStartInfo) {
			o.change(func() { o.network = network{host: info.Host, resolveStart: time.Now()} })
		},
		DNSDone: func(info httptrace.DNSDoneInfo) {
			o.change(func() {
				o.addresses, o.resolveErr, o.resolved = len(info.Addrs), info.Err, time.Since(o.resolveStart)
			})
		},
		ConnectStart: func(string, string) { o.change(func() { o.inHandshake, o.connectStart = false, time.Now() }) },
		ConnectDone: func(_, addr string, err error) {
			o.change(func() {
				if err == nil {
					o.remote, o.connected = addr, time.Since(o.connectStart)
				}
			})
		},
		TLSHandshakeStart: func() { o.change(func() { o.inHandshake, o.handshakeStart = true, time.Now() }) },
		TLSHandshakeDone: func(state tls.ConnectionState, err error) {
			o.change(func() { o.handshakeDone(state, err) })
		},
		GotConn: func(httptrace.GotConnInfo) { o.change(func() { o.ready = time.Now() }) },
	}
}

func (o *observation) handshakeDone(state tls.ConnectionState, err error) {
	var unverified *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unverified) && len(unverified.UnverifiedCertificates) > 0:
		o.certificate = unverified.UnverifiedCertificates[0]
	case err == nil:
		o.inHandshake, o.handshake, o.tls = false, time.Since(o.handshakeStart), &state
		o.certificate = state.PeerCertificates[0]
	}
}

// response is the client's hook for responses.
func (o *observation) response(r *http.Response) {
	o.change(func() {
		now := time.Now()
		o.answer = answer{r.StatusCode, r.Proto, r.Header.Clone(), now, now.Sub(o.ready)}
	})
}

// change has the lock: a dial may go on after its attempt has ended.
func (o *observation) change(change func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	change()
}
