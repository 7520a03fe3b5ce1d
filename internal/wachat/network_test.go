// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// mortalNetwork dials connections to the API that can go dead without notice.
type mortalNetwork struct {
	api   *wachattest.Server
	conns []*mortalConn
}

func (n *mortalNetwork) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := n.api.DialContext(ctx, network, addr)
	mortal := &mortalConn{Conn: conn}
	n.conns = append(n.conns, mortal)
	return mortal, err
}

// die makes all connections dead that are open now.
func (n *mortalNetwork) die() {
	for _, conn := range n.conns {
		conn.dead.Store(true)
	}
}

// mortalConn loses what the client writes when it is dead, so that nothing comes
// back either.
type mortalConn struct {
	net.Conn
	dead atomic.Bool
}

func (c *mortalConn) Write(p []byte) (int, error) {
	if c.dead.Load() {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

// Pings close a connection that goes dead without notice before the attempt is
// over, so that the next attempt gets a new one, where a hedge does not help.
func TestTransport_closesADeadConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got []Attempt
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		network := &mortalNetwork{api: api}
		client := newClient(t, api, atOnce, func(c *Config) {
			c.NoHedges, c.DialContext = true, network.dial
			c.OnAttempt = func(_ context.Context, a Attempt) { got = append(got, a) }
		})
		mustRead(t, client, shop)
		network.die()
		mustRead(t, client, shop)
		if len(got) != 3 || KindOf(got[1].Err) != KindConnection || got[2].Err != nil || api.Connections() != 2 {
			t.Fatalf("the attempts are %+v over %d connections", got, api.Connections())
		}
		if took := got[1].Duration; took > 12*time.Second {
			t.Errorf("the dead connection was closed after %s of the attempt's 15s", took)
		}
	})
}

// slowConn delays what the client writes.
type slowConn struct {
	net.Conn
	delay time.Duration

	mu    sync.Mutex
	queue [][]byte
}

func (c *slowConn) Write(data []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue = append(c.queue, slices.Clone(data))
	time.AfterFunc(c.delay, c.flush)
	return len(data), nil
}

func (c *slowConn) flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = c.Conn.Write(c.queue[0])
	c.queue = c.queue[1:]
}

// A round trip of up to a third of the timeout is slow, not dead.
func TestTransport_keepsASlowConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const roundTrip = 330 * time.Millisecond
		api := startAPI(t, wachattest.InMemory(), wachattest.WithTLS())
		slow := func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := api.DialContext(ctx, network, addr)
			return &slowConn{Conn: conn, delay: roundTrip}, err
		}
		client := newClient(t, api, once, func(c *Config) { c.RequestTimeout, c.DialContext, c.NoHedges = time.Second, slow, true })
		mustRead(t, client, shop) // opens the connection
		api.SetDelay(600 * time.Millisecond)
		if failed := readFleet(t, client, api, 60); failed != 0 {
			t.Errorf("%d of 60 reads failed", failed)
		}
		if n := api.Connections(); n != 1 {
			t.Errorf("%d connections, want 1", n)
		}
	})
}

// After a switch of protocols, the end of the request's context closes nothing:
// the client has to.
func TestClient_closesSwitchedConnections(t *testing.T) {
	bubble(t, func(t *testing.T, api *wachattest.Server) {
		closed := false
		api.Instance(shop).SetFault(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n")
			_, err = conn.Read(make([]byte, 1))
			closed = err != nil
		})
		_, err := newClient(t, api).InstanceState(t.Context(), shop)
		_ = mustFail(t, err, KindMalformed)
		synctest.Wait()
		if !closed {
			t.Error("the connection is still open")
		}
	})
}

func TestClient_memoryIsBounded(t *testing.T) {
	for name, fault := range map[string]wachattest.Fault{
		"a body without end": wachattest.EndlessBody(), "a gzip bomb": wachattest.Gzipped(wachattest.EndlessBody()),
		"a body of 2 GiB": wachattest.Header("Content-Length", "2147483648", wachattest.EndlessBody()),
	} {
		t.Run(name, func(t *testing.T) {
			api := startAPI(t)
			var sent atomic.Int64
			api.Instance(shop).SetFault(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
				fault(countingWriter{w, &sent}, r, next)
			})
			client := newClient(t, api)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := client.InstanceState(t.Context(), shop)
			runtime.ReadMemStats(&after)
			_ = mustFail(t, err, KindMalformed)
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
				t.Errorf("%d MiB were allocated", grown>>20)
			}
			if n := sent.Load(); n > 64<<20 {
				t.Errorf("%d MiB were taken from the server", n>>20)
			}
		})
	}
}

type countingWriter struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (w countingWriter) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p)
	w.sent.Add(int64(n))
	return n, err
}

// behindProxy starts an API that only a proxy leads to, and returns the proxy's
// address and a change to a client's configuration.
func behindProxy(t *testing.T) (api *wachattest.Server, proxy string, through func(*Config)) {
	t.Helper()
	api = startAPI(t, wachattest.WithTLS())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != "Basic dXNlcjpwYTU1d29yZA==" { // user:pa55word
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		tunnel(t, w, api)
	}))
	t.Cleanup(server.Close)
	// The API's certificate is valid for this name, too.
	through = func(c *Config) { c.BaseURL, c.DialContext = "https://example.com/api/v1", nil }
	return api, server.Listener.Addr().String(), through
}

// tunnel connects a proxy's client to the API until it closes the connection.
func tunnel(t *testing.T, w http.ResponseWriter, api *wachattest.Server) {
	t.Helper()
	there, err := api.DialContext(t.Context(), "", "")
	if err != nil {
		t.Error(err)
		return
	}
	defer there.Close()
	w.WriteHeader(http.StatusOK)
	here, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	defer here.Close()
	go func() { _, _ = io.Copy(here, there) }()
	_, _ = io.Copy(there, here)
}

func TestProxy_comesFromTheEnvironment(t *testing.T) {
	api, proxy, through := behindProxy(t)
	t.Setenv("HTTPS_PROXY", "http://user:pa55word@"+proxy)
	client := newClient(t, api, through)
	mustRead(t, client, shop)
	mustRead(t, client, shop)
	if api.Requests() != 2 || api.Connections() != 1 {
		t.Errorf("%d requests, %d connections", api.Requests(), api.Connections())
	}
}

func TestProxy_passwordIsInNoError(t *testing.T) {
	api, proxy, through := behindProxy(t)
	for _, tt := range []struct {
		name, proxy string
		kind        Kind
		reason      string
	}{
		{"a wrong password", "http://user:wrong-pa55word@" + proxy, KindProxy, "the proxy answered 407 Proxy Authentication Required"},
		{"nobody there", "http://user:pa55word@127.0.0.1:1", KindConnection, "refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("HTTPS_PROXY", tt.proxy)
			_, err := newClient(t, api, through, atOnce).InstanceState(t.Context(), shop)
			failure := mustFail(t, err, tt.kind)
			if !strings.Contains(failure.Reason, tt.reason) {
				t.Errorf("the reason is %q, want %q", failure.Reason, tt.reason)
			}
			if told := fmt.Sprintf("%+v", failure); strings.Contains(told, "pa55word") {
				t.Errorf("the password is in %s", told)
			}
		})
	}
}

func TestProxy_isNotUsedForLoopback(t *testing.T) {
	api := startAPI(t)
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	mustRead(t, newClient(t, api), shop)
}

// An end of the caller's context is noticed at once wherever the read is, and
// is told apart from an attempt's own timeout.
func TestClient_interruptEndsReadAtOnce(t *testing.T) {
	never := func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	mute := func(t *testing.T) func(context.Context, string, string) (net.Conn, error) {
		t.Helper()
		return func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			t.Cleanup(func() { _ = there.Close() })
			go func() { _, _ = there.Read(make([]byte, 1<<16)) }() // takes the client's hello and says nothing
			return here, nil
		}
	}
	hour := func(c *Config) {
		c.RequestTimeout, c.RetryWaitMin, c.RetryWaitMax = 2*time.Hour, time.Hour, time.Hour
	}
	for _, tt := range []struct {
		where    string
		fault    wachattest.Fault
		change   func(*testing.T, *Config)
		required Requirement
	}{
		{where: "connect", change: func(_ *testing.T, c *Config) { c.DialContext = never }},
		{where: "TLS handshake", change: func(t *testing.T, c *Config) {
			t.Helper()
			c.BaseURL, c.DialContext = "https://127.0.0.1/api/v1", mute(t)
		}},
		{where: "headers", fault: wachattest.HangHeaders()},
		{where: "body", fault: wachattest.HangBody()},
		{where: "a body that drips", fault: wachattest.Drip(time.Minute)},
		{where: "backoff", fault: wachattest.Status(500)},
		{where: "pause", fault: wachattest.RetryAfter(429, "3600")},
		{where: "rate limit", change: func(_ *testing.T, c *Config) { c.RequestsPerSecond = 0.0001 }, fault: wachattest.RetryAfter(429, "0")},
		{where: "poll", required: Requirement{State: "close", Timeout: 10 * time.Hour, PollInterval: time.Hour}},
	} {
		t.Run(tt.where, func(t *testing.T) {
			bubble(t, func(t *testing.T, api *wachattest.Server) {
				api.Instance(shop).SetFault(tt.fault)
				client := newClient(t, api, hour, func(c *Config) {
					if tt.change != nil {
						tt.change(t, c)
					}
				})
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Minute, cancel)
				start := time.Now()
				_, err := client.Require(ctx, shop, tt.required)
				if err != context.Canceled { //nolint:errorlint // Nothing may be around it.
					t.Errorf("got error %v, want the context's", err)
				}
				if late := time.Since(start) - time.Minute; late > 100*time.Millisecond {
					t.Errorf("returned %s late", late)
				}
				time.Sleep(3 * time.Hour) // by the bubble's clock: a dial has an end of its own
			})
		})
	}
}

// Ten thousand reads, two hundred at a time, a fifth of the answers faulty in
// ways that pass: all succeed, and none is answered with another's state.
func TestClient_soak(t *testing.T) {
	const reads, together, instances = 10_000, 200, 500
	api := startAPI(t, wachattest.WithTLS())
	names := createFleet(api, instances)
	for i, name := range names {
		api.Instance(name).Set("profileName", "profile of "+name)
		for range reads / instances / 4 { // one faulty answer to four good ones
			api.Instance(name).Enqueue([]wachattest.Fault{
				wachattest.Status(503), wachattest.Reset(), wachattest.Truncated(), wachattest.ResetMidBody(), wachattest.RetryAfter(429, "0"),
			}[i%5], nil, nil, nil, nil)
		}
	}
	client := newClient(t, api, atOnce, func(c *Config) { c.MaxConcurrentRequests, c.MaxRetries = together, 5 })
	var group errgroup.Group
	group.SetLimit(together)
	for i := range reads {
		name := names[i%instances]
		group.Go(func() error {
			state, err := client.InstanceState(t.Context(), name)
			if err != nil {
				return err
			}
			if state.Name != name || state.Text("apiInstanceName") != name || state.Text("profileName") != "profile of "+name {
				return fmt.Errorf("asked for %s, got %s", name, state.Raw)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := api.MaxInFlight(); n > together {
		t.Errorf("%d requests in flight", n)
	}
	client.CloseIdleConnections()
	waitFor(t, "all connections to close", func() bool { return api.OpenConnections() == 0 })
}

// waitFor gives what happens elsewhere its time, as much as it takes.
func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestTransport_limitsTheHeader(t *testing.T) {
	for size, kind := range map[int]Kind{32 << 10: KindUnknown, 128 << 10: KindConnection} {
		bubble(t, func(t *testing.T, api *wachattest.Server) {
			api.Instance(shop).SetFault(wachattest.Header("X-Long", strings.Repeat("x", size), nil))
			if _, err := newClient(t, api, once).InstanceState(t.Context(), shop); KindOf(err) != kind {
				t.Errorf("a header of %d bytes gives %v, want kind %q", size, err, kind)
			}
		})
	}
}

func TestTransport_keepsAnIdleConnection(t *testing.T) {
	for idle, want := range map[time.Duration]int{80 * time.Second: 1, 100 * time.Second: 2} {
		bubble(t, func(t *testing.T, api *wachattest.Server) {
			client := newClient(t, api)
			mustRead(t, client, shop)
			time.Sleep(idle)
			mustRead(t, client, shop)
			if n := api.Connections(); n != want {
				t.Errorf("%d connections after %s, want %d", n, idle, want)
			}
		})
	}
}
