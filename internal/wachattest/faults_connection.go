// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"crypto/tls"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// Reset ends the request before any byte of the answer: with RST on the
// connection over HTTP/1.1 (in memory, where there is none, with its end), with
// RST_STREAM over HTTP/2, where the other streams go on.
//
// On a connection that has been used before, an http.Transport sends the
// request again by itself: one fault in a queue may then go unseen.
func Reset() Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { reset(w) }
}

// ResetMidBody sends the header and half of the body, then does as [Reset].
func ResetMidBody() Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		sendHalf(w, r, next)
		reset(w)
	}
}

// Truncated announces the length of the whole body, sends half of it and ends
// the answer: by closing the connection over HTTP/1.1, by ending the stream
// over HTTP/2.
func Truncated() Fault { return sendHalf }

// HangHeaders sends nothing until the client leaves or the server closes.
func HangHeaders() Fault {
	return func(_ http.ResponseWriter, r *http.Request, _ http.Handler) { hang(r) }
}

// HangBody sends the header and half of the body, then does as [HangHeaders].
func HangBody() Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		sendHalf(w, r, next)
		hang(r)
	}
}

// Drip sends the right answer a byte at a time, with the interval before each.
func Drip(interval time.Duration) Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		for _, b := range sendHeader(w, r, next) {
			pause(r.Context(), interval)
			_, _ = w.Write([]byte{b})
			flush(w)
		}
	}
}

// sendHeader sends the header of the right answer and returns its body.
func sendHeader(w http.ResponseWriter, r *http.Request, next http.Handler) []byte {
	answer := httptest.NewRecorder()
	next.ServeHTTP(answer, r)
	maps.Copy(w.Header(), answer.Header())
	w.Header().Set("Content-Length", strconv.Itoa(answer.Body.Len()))
	w.WriteHeader(answer.Code)
	flush(w)
	return answer.Body.Bytes()
}

func sendHalf(w http.ResponseWriter, r *http.Request, next http.Handler) {
	body := sendHeader(w, r, next)
	_, _ = w.Write(body[:len(body)/2])
	flush(w)
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

func hang(r *http.Request) {
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}

// reset leaves it to net/http to reset a stream of HTTP/2, which nobody can
// hijack.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn() // or a TLS alert would come before the reset
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
