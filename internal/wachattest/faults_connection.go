// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"io"
	"net/http"
	"time"
)

// Reset ends the request before any byte of the answer: with RST on the
// connection over HTTP/1.1 (in memory, where there is none, with its end), with
// RST_STREAM over HTTP/2, where the other streams go on.
//
// On a connection that has been used before, an http.Transport sends the
// request again by itself: one fault in a queue may then go unseen.
func Reset() Fault {
	return func(_ http.ResponseWriter, r *http.Request, _ http.Handler) { reset(r) }
}

// ResetConnection is [Reset], but over HTTP/2 too it ends the connection, and
// with it every stream.
func ResetConnection() Fault {
	return func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		conn := connectionFrom(r.Context())
		conn.resetOnClose()
		_ = conn.Close()
		panic(http.ErrAbortHandler)
	}
}

// ResetMidBody sends headers and half of the body, then does as [Reset].
func ResetMidBody() Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		sendHalf(w, record(r, next))
		reset(r)
	}
}

// Truncated announces the length of the whole body, sends half of it and ends
// the answer: by closing the connection over HTTP/1.1, by ending the stream
// over HTTP/2.
func Truncated() Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		sendHalf(w, record(r, next))
	}
}

// CutChunked sends half of the body without announcing a length, and ends the
// answer without saying that it is over.
func CutChunked() Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		answer := record(r, next)
		answer.sendHeader(w)
		_, _ = w.Write(answer.firstHalf())
		flush(w)
		panic(http.ErrAbortHandler)
	}
}

// Drip sends the right answer a byte at a time, with the interval before each.
func Drip(interval time.Duration) Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		answer := record(r, next)
		answer.announceLength()
		answer.sendHeader(w)
		flush(w)
		for _, b := range answer.body.Bytes() {
			pause(r.Context(), interval)
			_, _ = w.Write([]byte{b})
			flush(w)
		}
	}
}

// HangHeaders sends nothing until the client leaves or the server closes.
func HangHeaders() Fault {
	return func(_ http.ResponseWriter, r *http.Request, _ http.Handler) { hang(r) }
}

// HangBody sends headers and half of the body, then nothing until the client
// leaves or the server closes.
func HangBody() Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		sendHalf(w, record(r, next))
		hang(r)
	}
}

func sendHalf(w http.ResponseWriter, answer *recording) {
	answer.announceLength()
	answer.sendHeader(w)
	_, _ = w.Write(answer.firstHalf())
	flush(w)
}

// reset leaves it to net/http to close the connection, so that the request no
// longer counts as in flight when the client sees its end.
func reset(r *http.Request) {
	if r.ProtoMajor == 1 {
		connectionFrom(r.Context()).resetOnClose()
	}
	panic(http.ErrAbortHandler)
}

func hang(r *http.Request) {
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

// GoAway answers, and makes the client open another connection for its next
// request: with GOAWAY over HTTP/2, with "Connection: close" over HTTP/1.1. A
// nil fault is the API's answer.
func GoAway(fault Fault) Fault { return Header("Connection", "close", fault) }

// SwitchProtocols answers 101 over HTTP/1.1 and then sends nothing until the
// client or the server closes the connection. HTTP/2 has no such answer: it
// resets the stream.
func SwitchProtocols() Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			reset(r)
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n")
		_ = w.Header().Write(conn)
		_, _ = io.WriteString(conn, "\r\n")
		_, _ = io.Copy(io.Discard, conn)
	}
}
