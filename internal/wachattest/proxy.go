// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
)

// Proxy is a forward HTTP proxy on loopback: it tunnels what comes as CONNECT
// and forwards plain requests. Make one with [NewProxy]; all methods are safe
// for concurrent use.
type Proxy struct {
	listener  net.Listener
	http      *http.Server
	forward   *httputil.ReverseProxy
	transport *http.Transport

	serving  sync.WaitGroup
	requests requestLog
	connects atomic.Int64
	tunnels  connections

	mu     sync.Mutex
	target string
	user   *url.Userinfo
}

// NewProxy starts a proxy on a free port of 127.0.0.1 that needs no password
// and connects to the host that the client names. It panics when it cannot listen. The caller
// closes it.
func NewProxy() *Proxy {
	listener, err := listenTCP(anyPort)
	if err != nil {
		panic(fmt.Sprintf("wachattest: listen on loopback: %v", err))
	}
	quiet := log.New(io.Discard, "", 0)
	p := &Proxy{listener: listener}
	p.transport = &http.Transport{DialContext: p.dial}
	p.forward = &httputil.ReverseProxy{
		// Without a Rewrite there has to be a Director. The request goes out as it
		// came in: its URL already names the host.
		Rewrite:   func(*httputil.ProxyRequest) {},
		Transport: p.transport,
		ErrorLog:  quiet,
	}
	//nolint:gosec // No slow client to fear on loopback.
	p.http = &http.Server{Handler: http.HandlerFunc(p.serveHTTP), ErrorLog: quiet}
	p.serving.Go(func() { _ = p.http.Serve(listener) })
	return p
}

// MapTo makes the proxy dial that host and port whatever host the client
// names; "" ends it.
func (p *Proxy) MapTo(addr string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.target = addr
}

// RequireAuth makes the proxy answer 407 unless the client authenticates with
// the user and the password.
func (p *Proxy) RequireAuth(user, password string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.user = url.UserPassword(user, password)
}

// URL is the proxy's address, with user and password after [Proxy.RequireAuth].
func (p *Proxy) URL() string {
	proxy := url.URL{Scheme: "http", Host: p.listener.Addr().String(), User: p.userinfo()}
	return proxy.String()
}

// Requests is how many requests the proxy has let through so far, CONNECTs and
// plain ones together.
func (p *Proxy) Requests() int { return p.requests.count() }

// Connects is how many of them were CONNECTs.
func (p *Proxy) Connects() int { return int(p.connects.Load()) }

// Close stops the proxy, closes all tunnels and waits for their end. A second call
// does nothing.
func (p *Proxy) Close() {
	_ = p.http.Close()
	p.tunnels.shutDown()
	p.serving.Wait()
	p.requests.shutDown()
	p.transport.CloseIdleConnections()
}

func (p *Proxy) userinfo() *url.Userinfo {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.user
}

func (p *Proxy) serveHTTP(w http.ResponseWriter, r *http.Request) {
	if !p.authorized(r) {
		w.Header().Set("Proxy-Authenticate", `Basic realm="proxy"`)
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	if !p.requests.begin(r.Host) {
		panic(http.ErrAbortHandler)
	}
	defer p.requests.end()

	if r.Method != http.MethodConnect {
		p.forward.ServeHTTP(w, r)
		return
	}
	p.connects.Add(1)
	p.tunnel(w, r)
}

func (p *Proxy) authorized(r *http.Request) bool {
	user := p.userinfo()
	if user == nil {
		return true
	}
	// BasicAuth only knows the other header.
	credentials := http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}
	name, password, ok := credentials.BasicAuth()
	wanted, _ := user.Password()
	return ok && name == user.Username() && password == wanted
}

func (p *Proxy) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	p.mu.Lock()
	if p.target != "" {
		addr = p.target
	}
	p.mu.Unlock()
	return new(net.Dialer).DialContext(ctx, network, addr)
}

func (p *Proxy) tunnel(w http.ResponseWriter, r *http.Request) {
	upstream, err := p.dial(r.Context(), "tcp", r.Host)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = upstream.Close()
		return
	}
	client, upstream = p.keep(client), p.keep(upstream)
	_, _ = io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n")

	var uploading sync.WaitGroup
	uploading.Go(func() { pass(upstream, buffered, client) })
	pass(client, upstream, upstream)
	uploading.Wait()
}

// keep remembers a tunnel's end for Close: net/http forgets what was hijacked.
func (p *Proxy) keep(conn net.Conn) net.Conn {
	kept := &connection{Conn: conn, raw: conn, forget: p.tunnels.remove}
	p.tunnels.add(kept)
	return kept
}

// pass copies until either side ends, then ends both.
func pass(to net.Conn, from io.Reader, source net.Conn) {
	_, _ = io.Copy(to, from)
	_ = to.Close()
	_ = source.Close()
}
