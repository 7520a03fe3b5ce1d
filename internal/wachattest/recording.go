// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"bytes"
	"maps"
	"net/http"
	"strconv"
)

// recording is an answer that was written but not sent.
type recording struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func record(r *http.Request, next http.Handler) *recording {
	answer := &recording{header: make(http.Header), code: http.StatusOK}
	next.ServeHTTP(answer, r)
	return answer
}

func (a *recording) Header() http.Header { return a.header }

func (a *recording) WriteHeader(code int) { a.code = code }

func (a *recording) Write(p []byte) (int, error) { return a.body.Write(p) }

func (a *recording) announceLength() {
	a.header.Set("Content-Length", strconv.Itoa(a.body.Len()))
}

func (a *recording) sendHeader(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.code)
}

func (a *recording) firstHalf() []byte { return a.body.Bytes()[:a.body.Len()/2] }
