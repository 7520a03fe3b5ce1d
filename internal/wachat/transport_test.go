// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// startHTTP2 starts a server that answers the headers of each request with a frame,
// and returns a change to a client's configuration that leads to it.
func startHTTP2(t *testing.T, respond func(framer *http2.Framer, stream uint32) error) func(*Config) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	server.TLS = &tls.Config{NextProtos: []string{"h2"}}
	server.Config.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){"h2": func(_ *http.Server, conn *tls.Conn, _ http.Handler) {
		framer := http2.NewFramer(conn, conn)
		_, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface)))
		if err == nil {
			err = framer.WriteSettings()
		}
		for err == nil {
			var frame http2.Frame
			frame, err = framer.ReadFrame()
			if headers, ok := frame.(*http2.HeadersFrame); ok {
				err = respond(framer, headers.StreamID)
			}
		}
	}}
	start(t, server, (*httptest.Server).StartTLS)
	return leadTo(server)
}

func start(t *testing.T, server *httptest.Server, how func(*httptest.Server)) {
	t.Helper()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	how(server)
	t.Cleanup(server.Close)
}

func leadTo(server *httptest.Server) func(*Config) {
	return func(c *Config) {
		c.BaseURL, c.DialContext = server.URL, new(net.Dialer).DialContext
		c.CACertPEM = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	}
}

// net/http sends a request again after each of these, as often as the server does
// it. The client allows that once, over a connection that was idle.
func TestTransport_repeatsNoRequestOnItsOwn(t *testing.T) {
	for name, respond := range map[string]func(*http2.Framer, uint32) error{
		"GOAWAY": func(framer *http2.Framer, _ uint32) error { return framer.WriteGoAway(0, http2.ErrCodeNo, nil) },
		"REFUSED_STREAM": func(framer *http2.Framer, stream uint32) error {
			return framer.WriteRSTStream(stream, http2.ErrCodeRefusedStream)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var requests atomic.Int32
			lead := startHTTP2(t, func(framer *http2.Framer, stream uint32) error {
				requests.Add(1)
				return respond(framer, stream)
			})
			record, attempts := recorded()
			client := newClient(t, startAPI(t), lead, record, once, unhedged, func(c *Config) { c.MaxConcurrentRequests = 1 })
			for i := range 3 { // there is one slot, and each gives it back
				requests.Store(0)
				_, err := readState(t, client, shop)
				if failure := mustFail(t, err, KindConnection); failure.Attempts != 1 || !failure.Transient() {
					t.Errorf("got %+v", failure)
				}
				if n, sent := int(requests.Load()), attempts()[i].Sent; n > 2 || n > sent || sent < 1 || i == 0 && sent > 1 {
					t.Errorf("%d requests arrived for an attempt that sent %d, want 2 at most", n, sent)
				}
			}
		})
	}
}

// It does so, too, when a connection that was idle has closed.
func TestTransport_repeatsOnceAfterAnIdleConnection(t *testing.T) {
	for faults, kind := range map[string]Kind{"reset -": {}, "reset...": KindConnection} {
		bubble(t, faults, func(t *testing.T, api *wachattest.Server) {
			record, attempts := recorded()
			client := newClient(t, api, record, once, unhedged)
			api.SetDelay(time.Second)
			mustReadAll(t, client, createFleet(api, 8)...) // each has a connection
			enqueue(api.Instance(shop), faults)
			if _, err := readState(t, client, shop); KindOf(err) != kind {
				t.Errorf("got error %v, want kind %q", err, kind)
			}
			if n, got := api.RequestsOf(shop), attempts(); n != 2 || len(got) != 9 || got[8].Sent != 2 || got[0].Sent != 1 {
				t.Errorf("%d requests arrived, want 2, for the attempts %+v", n, got)
			}
		})
	}
}

// The end of its context alone does not keep HTTP/1.1 from writing a request.
func TestTransport_writesNoThirdRequest(t *testing.T) {
	plain, _ := net.Pipe()
	secure, _ := net.Pipe()
	for pipe, conn := range map[net.Conn]net.Conn{plain: plain, secure: tls.Client(secure, &tls.Config{MinVersion: tls.VersionTLS12})} {
		r := request{Attempt: Attempt{Sent: 2}, end: func(error) {}}
		r.gotConn(httptrace.GotConnInfo{Conn: conn})
		if err := pipe.SetDeadline(time.Time{}); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("the %T is not closed: %v", conn, err)
		}
	}
}

// network dials connections to an API that can go dead without notice, or be slow.
type network struct {
	api   *wachattest.Server
	delay time.Duration // of what the client writes
	dead  atomic.Bool   // the connections until now
}

func (n *network) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := n.api.DialContext(ctx, network, addr)
	return &slowConn{Conn: conn, network: n, mortal: !n.dead.Load()}, err
}

type slowConn struct {
	net.Conn
	network *network
	mortal  bool

	mu     sync.Mutex
	writes [][]byte
}

func (c *slowConn) Write(data []byte) (int, error) {
	if c.mortal && c.network.dead.Load() {
		return len(data), nil
	}
	if c.network.delay == 0 {
		return c.Conn.Write(data)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writes = append(c.writes, slices.Clone(data))
	time.AfterFunc(c.network.delay, c.flush)
	return len(data), nil
}

func (c *slowConn) flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = c.Conn.Write(c.writes[0])
	c.writes = c.writes[1:]
}

// Pings close a connection that goes dead without notice before the attempt is
// over, so that the next attempt gets a new one. A hedge has one already.
func TestTransport_deadConnection(t *testing.T) {
	for hedges, want := range map[bool]time.Duration{true: 300 * time.Millisecond, false: 11250 * time.Millisecond} {
		bubble(t, "", func(t *testing.T, api *wachattest.Server) {
			network := &network{api: api}
			client := newClient(t, api, atOnce, func(c *Config) { c.DialContext, c.NoHedges = network.dial, !hedges })
			mustRead(t, client, shop)
			network.dead.Store(true)
			start := time.Now()
			mustRead(t, client, shop)
			mustTake(t, start, want)
		}, wachattest.WithTLS())
	}
}

// A round trip of up to a third of the timeout is slow, not dead.
func TestTransport_keepsASlowConnection(t *testing.T) {
	bubble(t, "", func(t *testing.T, api *wachattest.Server) {
		network := &network{api: api, delay: 330 * time.Millisecond}
		client := newClient(t, api, once, unhedged, func(c *Config) { c.RequestTimeout, c.DialContext = time.Second, network.dial })
		mustRead(t, client, shop) // opens the connection
		api.SetDelay(600 * time.Millisecond)
		mustReadAll(t, client, createFleet(api, 60)...)
		if n := api.Connections(); n != 1 {
			t.Errorf("%d connections, want 1", n)
		}
	}, wachattest.WithTLS())
}

func TestTransport_verifiesCertificates(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"has expired":       func(*Config) { time.Sleep(100 * 365 * 24 * time.Hour) }, // by the bubble's clock
		"not localhost":     func(c *Config) { c.BaseURL = "https://localhost/api/v1" },
		"unknown authority": func(c *Config) { c.CACertPEM = "" },
	} {
		bubble(t, want, func(t *testing.T, api *wachattest.Server) {
			_, err := readState(t, newClient(t, api, atOnce, change), shop)
			if failure := mustFail(t, err, KindCertificate); !strings.Contains(failure.Reason, want) || failure.Attempts != 1 || strings.Contains(failure.Reason, "proxy") {
				t.Errorf("got %+v", failure)
			}
			mustSend(t, api, 0)
		}, wachattest.WithTLS())
	}
}

func TestTransport_clientCertificateRequired(t *testing.T) {
	server := httptest.NewTLSServer(nil)
	server.Close()
	config := &tls.Config{Certificates: server.TLS.Certificates, ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS13}
	address := listen(t, func(conn net.Conn) {
		_ = tls.Server(conn, config).Handshake()
		_, _ = io.Copy(io.Discard, conn) // or a reset may come before the alert
	})
	_, err := readState(t, newClient(t, startAPI(t), atOnce, unhedged, leadTo(server), func(c *Config) { c.BaseURL = "https://" + address }), shop)
	if failure := mustFail(t, err, KindClientCertificate); failure.Attempts != 1 {
		t.Errorf("got %+v", failure)
	}
}

// listen serves each connection to a port until the test is over.
func listen(t *testing.T, serve func(net.Conn)) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() {
				defer conn.Close()
				serve(conn)
			})
		}
	})
	t.Cleanup(func() { _ = listener.Close(); group.Wait() })
	return listener.Addr().String()
}

// startProxy starts a proxy that leads to the API and requires a password.
func startProxy(t *testing.T, api *wachattest.Server, how func(*httptest.Server)) (address string) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != "Basic dXNlcjpwYTU1d29yZA==" { // user:pa55word
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		there, err := api.DialContext(r.Context(), "", "")
		if err != nil {
			return
		}
		defer there.Close()
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer here.Close()
		_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n") // only now, or net/http may read of what comes next
		go func() { _, _ = io.Copy(here, there) }()
		_, _ = io.Copy(there, here)
	}))
	start(t, server, how)
	return server.Listener.Addr().String()
}

// refuseSOCKS refuses a request as a SOCKS proxy does.
func refuseSOCKS(conn net.Conn) {
	_, _ = conn.Read(make([]byte, 100))
	_, _ = io.WriteString(conn, "\x05\x00") // no password
	_, _ = conn.Read(make([]byte, 100))
	_, _ = io.WriteString(conn, "\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00") // not allowed by the rules
}

// The proxy comes from the environment. What it refuses is permanent, and no error
// has its password.
func TestProxy_outcomes(t *testing.T) {
	api := startAPI(t, wachattest.WithTLS())
	plain, secure, socks := startProxy(t, api, (*httptest.Server).Start), startProxy(t, api, (*httptest.Server).StartTLS), listen(t, refuseSOCKS)
	ca := api.CACertPEM()
	for _, tt := range []struct {
		name, proxy, ca string
		kind            Kind
		attempts        int
		reason          string
	}{
		{"the right password", "http://user:pa55word@" + plain, ca, Kind{}, 0, ""},
		{"a wrong password", "http://user:wrong-pa55word@" + plain, ca, KindProxy, 1, "the proxy answered 407 Proxy Authentication Required"},
		{"nobody there", "http://user:pa55word@127.0.0.1:1", ca, KindConnection, 4, "proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused"},
		{"a certificate that is trusted", "https://user:pa55word@" + secure, ca, Kind{}, 0, ""},
		{"a certificate that is not trusted", "https://user:pa55word@" + secure, "", KindCertificate, 1, "the proxy's: "},
		{"a SOCKS proxy that refuses", "socks5://" + socks, ca, KindProxy, 1, "connection not allowed by ruleset"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("HTTPS_PROXY", tt.proxy)
			_, err := readState(t, newClient(t, api, atOnce, unhedged, func(c *Config) {
				// The certificate is valid for a name that is not loopback, too.
				c.BaseURL, c.DialContext, c.CACertPEM = "https://example.com/api/v1", new(net.Dialer).DialContext, tt.ca
			}), shop)
			if err == nil && tt.attempts == 0 {
				return
			}
			failure := mustFail(t, err, tt.kind)
			if !strings.Contains(failure.Reason, tt.reason) || failure.Attempts != tt.attempts || strings.Contains(fmt.Sprintf("%+v", failure), "pa55word") {
				t.Errorf("got %+v, want %q", failure, tt.reason)
			}
		})
	}
}

// Errors of one cause are equal, whatever connection each of them had. The names
// and addresses in them are shown, however long they are.
func TestTransport_reasons(t *testing.T) {
	api := startAPI(t)
	closed := httptest.NewServer(nil)
	closed.Close()
	const long = "a-host-name-that-is-very-long.invalid"
	names := createFleet(api, 4)
	for _, name := range names {
		enqueue(api.Instance(name), "reset...")
	}
	for want, change := range map[string]func(*Config){
		"read tcp " + api.Addr() + ": read: connection reset by peer":                   unhedged,
		"dial tcp " + closed.Listener.Addr().String() + ": connect: connection refused": func(c *Config) { c.BaseURL, c.DialContext = closed.URL, new(net.Dialer).DialContext },
		"lookup " + long + " on 127.0.0.100:53: no such host": func(c *Config) {
			c.BaseURL = "https://" + long
			c.DialContext = func(context.Context, string, string) (net.Conn, error) {
				return nil, &net.DNSError{Err: "no such host", Name: long, Server: "127.0.0.100:53", IsNotFound: true}
			}
		},
	} {
		for _, result := range newClient(t, api, once, change).RequireAll(t.Context(), names, Requirement{}) {
			if failure := mustFail(t, result.Err, KindConnection); failure.Reason != want {
				t.Errorf("the reason is %q, want %q", failure.Reason, want)
			}
		}
	}
}
