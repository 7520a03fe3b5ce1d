// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

const (
	hugePrefix = `{"success":true,"x":"`
	hugeSuffix = `"}`
)

// Body answers 200 with any body; an empty contentType sends none.
func Body(contentType, body string) Fault { return StatusBody(http.StatusOK, contentType, body) }

// EmptyBody answers 200 with the content type of JSON and no body.
func EmptyBody() Fault { return Body(contentTypeJSON, "") }

// DeepNest answers 200 with a JSON object that holds that many arrays, one in
// the other.
func DeepNest(depth int) Fault {
	return Body(contentTypeJSON,
		`{"success":true,"x":`+strings.Repeat("[", depth)+strings.Repeat("]", depth)+`}`)
}

// HugeBody answers 200 with a JSON object of size bytes, sent as it is made and
// without a length; [Header] can announce one. The size is at least that of an
// object with an empty string.
func HugeBody(size int64) Fault {
	filling := size - int64(len(hugePrefix)+len(hugeSuffix))
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		sendJSONHeader(w)
		_, _ = io.WriteString(w, hugePrefix)
		_, err := io.CopyN(w, endless{r}, filling)
		if err == nil {
			_, _ = io.WriteString(w, hugeSuffix)
		}
	}
}

// EndlessBody answers 200 with a JSON object that does not end until the client
// leaves or the server closes.
func EndlessBody() Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		sendJSONHeader(w)
		_, _ = io.WriteString(w, hugePrefix)
		_, _ = io.Copy(w, endless{r})
		panic(http.ErrAbortHandler)
	}
}

// Gzipped compresses the API's answer, whether the client accepts that or not.
func Gzipped() Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		answer := record(r, next)
		answer.header.Set("Content-Encoding", "gzip")
		answer.sendHeader(w)
		_, _ = w.Write(compress(answer.body.Bytes()))
	}
}

// GzipBomb answers 200 with a compressed JSON object that unpacks without end,
// about a thousand times as fast as it is sent.
func GzipBomb() Fault {
	const unpacked = 1 << 20
	first := compress([]byte(hugePrefix))
	again := compress(bytes.Repeat([]byte("a"), unpacked))
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header().Set("Content-Encoding", "gzip")
		sendJSONHeader(w)
		_, err := w.Write(first)
		for err == nil && r.Context().Err() == nil {
			_, err = w.Write(again)
		}
		panic(http.ErrAbortHandler)
	}
}

func sendJSONHeader(w http.ResponseWriter) {
	w.Header().Set("Content-Type", contentTypeJSON)
	w.WriteHeader(http.StatusOK)
}

func compress(plain []byte) []byte {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, _ = writer.Write(plain)
	_ = writer.Close()
	return packed.Bytes()
}

// endless reads as the letter a until the client leaves or the server closes: on
// a dead connection no write fails.
type endless struct{ request *http.Request }

func (e endless) Read(p []byte) (int, error) {
	if err := e.request.Context().Err(); err != nil {
		return 0, err
	}
	for n := range p {
		p[n] = 'a'
	}
	return len(p), nil
}
