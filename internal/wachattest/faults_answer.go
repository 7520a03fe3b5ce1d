// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Status answers with the code and the API's JSON of a failure.
func Status(code int) Fault {
	message := cmp.Or(http.StatusText(code), fmt.Sprintf("Status %d", code))
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { writeFailure(w, code, message) }
}

// StatusBody answers with the code and any body; an empty contentType sends none.
func StatusBody(code int, contentType, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		writeBody(w, code, contentType, []byte(body))
	}
}

// Body answers 200 with any body; an empty contentType sends none.
func Body(contentType, body string) Fault { return StatusBody(http.StatusOK, contentType, body) }

// JSON answers 200 with a body of JSON, in which NAME stands for the name of the
// instance that the request is about.
func JSON(body string) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		writeBody(w, http.StatusOK, contentTypeJSON, []byte(strings.ReplaceAll(body, "NAME", instanceName(r))))
	}
}

// Header adds a header to what the fault answers, or to the API's answer when
// the fault is nil.
func Header(name, value string, fault Fault) Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		w.Header().Add(name, value)
		fault.serve(w, r, next)
	}
}

// RetryAfter answers with the code and a Retry-After header, which is seconds,
// an HTTP date, or nonsense.
func RetryAfter(code int, value string) Fault { return Header("Retry-After", value, Status(code)) }

// Redirect answers with the code and a Location header.
func Redirect(code int, location string) Fault { return Header("Location", location, Status(code)) }

// EchoKey answers with the code and a body that repeats the whole Authorization
// header, in the place of the format's %s.
func EchoKey(code int, contentType, format string) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		writeBody(w, code, contentType, fmt.Appendf(nil, format, r.Header.Get("Authorization")))
	}
}

// EndlessBody answers 200 with a JSON object that does not end until the client
// leaves or the server closes.
func EndlessBody() Fault {
	filling := bytes.Repeat([]byte("a"), 32<<10)
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", contentTypeJSON)
		_, err := io.WriteString(w, `{"success":true,"x":"`)
		for err == nil && r.Context().Err() == nil {
			_, err = w.Write(filling)
		}
		panic(http.ErrAbortHandler)
	}
}

// Gzipped compresses what the fault answers, or the API's answer when the fault
// is nil, whether the client accepts that or not.
func Gzipped(fault Fault) Fault {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		w.Header().Set("Content-Encoding", "gzip")
		packer := gzip.NewWriter(w)
		defer packer.Close()
		fault.serve(gzipWriter{w, packer}, r, next)
	}
}

type gzipWriter struct {
	http.ResponseWriter
	packer *gzip.Writer
}

func (w gzipWriter) Write(p []byte) (int, error) { return w.packer.Write(p) }
