// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"encoding/json"
	"net/http"
)

const contentTypeJSON = "application/json; charset=utf-8"

func (s *Server) serveHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != endpointPath {
		writeFailure(w, http.StatusNotFound, "Not found")
		return
	}
	s.requests.begin(instanceName(r))
	defer s.requests.end()
	s.serve(w, r, http.HandlerFunc(s.serveEndpoint))
}

func (s *Server) serveEndpoint(w http.ResponseWriter, r *http.Request) {
	name := instanceName(r)
	instance := s.Instance(name)
	switch {
	case r.Method != http.MethodGet:
		writeFailure(w, http.StatusMethodNotAllowed, "Method not allowed")
	case r.Header.Get("Authorization") != "Bearer "+s.Key():
		writeFailure(w, http.StatusUnauthorized, "Invalid API key")
	case name == "":
		writeFailure(w, http.StatusBadRequest, "instanceName is required")
	case instance == nil:
		writeFailure(w, http.StatusNotFound, "Instance not found")
	default:
		instance.serve(w, r, http.HandlerFunc(instance.serveState))
	}
}

func instanceName(r *http.Request) string { return r.URL.Query().Get("instanceName") }

func writeFailure(w http.ResponseWriter, code int, message string) {
	body, _ := json.Marshal(struct {
		Success bool   `json:"success"`
		Message string `json:"message"`
	}{false, message})
	writeBody(w, code, contentTypeJSON, body)
}

// writeBody sends no content type where contentType is empty.
func writeBody(w http.ResponseWriter, code int, contentType string, body []byte) {
	// An entry that is nil keeps net/http from guessing one.
	w.Header()["Content-Type"] = nil
	if contentType != "" {
		w.Header().Set("Content-Type", contentType)
	}
	w.WriteHeader(code)
	_, _ = w.Write(body) //nolint:gosec // No browser reads it.
}
