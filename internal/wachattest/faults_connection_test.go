// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestReset_beforeAnyByte(t *testing.T) {
	for name, options := range protocols {
		t.Run(name, func(t *testing.T) {
			server := newServer(t, options...)
			server.Create(storeName).SetFault(wachattest.Reset())
			client := newClient(t, server)
			got := get(t, client, server, storeName)
			if got.err == nil || got.Response != nil {
				t.Fatalf("got %v, %v, want an error and no answer", got.Response, got.err)
			}
			if onTCP := name == "HTTP/1.1" || name == "HTTP/1.1 over TLS"; onTCP && !isErrno(got.err, syscall.ECONNRESET, errConnReset) {
				t.Errorf("%v, want connection reset", got.err)
			}
			if got := server.InFlight(); got != 0 {
				t.Errorf("%d requests in flight, want 0", got)
			}
		})
	}
}

func TestReset_http2LeavesConnection(t *testing.T) {
	server := newServer(t, wachattest.WithTLS())
	store := server.Create(storeName)
	client := newClient(t, server)

	store.Enqueue(wachattest.Reset())
	get(t, client, server, storeName)
	getStatus(t, client, server, storeName)
	if got := server.Connections(); got != 1 {
		t.Errorf("%d connections after a stream was reset, want 1", got)
	}

	store.Enqueue(wachattest.ResetConnection())
	if got := get(t, client, server, storeName); got.err == nil {
		t.Error("no error where the connection was reset")
	}
	getStatus(t, client, server, storeName)
	if got := server.Connections(); got != 2 {
		t.Errorf("%d connections after one was reset, want 2", got)
	}
}

func TestAnswer_breaksOffInBody(t *testing.T) {
	tests := map[string]wachattest.Fault{
		"reset":             wachattest.ResetMidBody(),
		"truncated":         wachattest.Truncated(),
		"cut while chunked": wachattest.CutChunked(),
	}
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		store := server.Create(storeName)
		whole := requestExample(t)
		for name, fault := range tests {
			t.Run(name, func(t *testing.T) {
				store.SetFault(fault)
				got := get(t, client, server, storeName)
				if got.Response == nil {
					t.Fatalf("no headers: %v", got.err)
				}
				if got.err == nil {
					t.Error("the body ended well, want an error")
				}
				if got.body != whole[:len(whole)/2] {
					t.Errorf("body %q, want the first half of %q", got.body, whole)
				}
			})
		}
	})
}

func TestTruncated_announcesWholeBody(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		server.Create(storeName).SetFault(wachattest.Truncated())
		got := get(t, client, server, storeName)
		if want := int64(len(requestExample(t))); got.ContentLength != want {
			t.Errorf("length %d, want %d", got.ContentLength, want)
		}
		if !errors.Is(got.err, io.ErrUnexpectedEOF) {
			t.Errorf("%v, want an unexpected EOF", got.err)
		}
	})
}

func TestDrip_sendsByteByByte(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newServer(t, wachattest.InMemory())
		server.Create(storeName).SetFault(wachattest.Drip(time.Second))
		want := requestExample(t)

		start := time.Now()
		got := get(t, newClient(t, server), server, storeName)
		if got.err != nil || got.body != want {
			t.Errorf("got %q, %v, want %q", got.body, got.err, want)
		}
		if took := time.Since(start); took != time.Duration(len(want))*time.Second {
			t.Errorf("took %v for %d bytes, want a second each", took, len(want))
		}
	})
}

func TestHang_lastsUntilClientLeaves(t *testing.T) {
	tests := map[string]struct {
		fault   wachattest.Fault
		headers bool
	}{
		"without headers":       {wachattest.HangHeaders(), false},
		"with half of the body": {wachattest.HangBody(), true},
	}
	for _, protocol := range []string{"HTTP/1.1 in memory", "HTTP/2 in memory (TLS)"} {
		for name, test := range tests {
			t.Run(protocol+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := newServer(t, protocols[protocol]...)
					server.Create(storeName).SetFault(test.fault)
					ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
					defer cancel()

					got := do(newClient(t, server), newRequest(ctx, server, storeName))
					if !errors.Is(got.err, context.DeadlineExceeded) {
						t.Errorf("%v, want the deadline", got.err)
					}
					if headers := got.Response != nil; headers != test.headers {
						t.Errorf("headers came: %t, want %t", headers, test.headers)
					}
					synctest.Wait()
					if got := server.InFlight(); got != 0 {
						t.Errorf("%d requests in flight, want 0", got)
					}
				})
			})
		}
	}
}

func TestGoAway_clientConnectsAgain(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		store := server.Create(storeName)
		store.Enqueue(wachattest.GoAway(nil))
		for range 2 {
			if got := getStatus(t, client, server, storeName); got != 200 {
				t.Errorf("got %d, want 200", got)
			}
		}
		if got := server.Connections(); got != 2 {
			t.Errorf("%d connections, want 2", got)
		}
	})
}

func TestSwitchProtocols_lastsUntilClose(t *testing.T) {
	for _, protocol := range []string{"HTTP/1.1", "HTTP/1.1 over TLS"} {
		t.Run(protocol, func(t *testing.T) {
			server := newServer(t, protocols[protocol]...)
			server.Create(storeName).SetFault(wachattest.SwitchProtocols())
			response, err := newClient(t, server).Do(newRequest(t.Context(), server, storeName))
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if response.StatusCode != http.StatusSwitchingProtocols {
				t.Errorf("got %d, want 101", response.StatusCode)
			}
			if got := server.InFlight(); got != 1 {
				t.Errorf("%d requests in flight, want 1", got)
			}
			server.Close()
			if n, err := response.Body.Read(make([]byte, 1)); err == nil {
				t.Errorf("read %d bytes, want the end", n)
			}
		})
	}
}
