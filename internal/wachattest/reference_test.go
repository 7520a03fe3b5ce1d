// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const storeName = "t1_mq9r2jov_jakarta_store"

// The two answers that the API's reference page prints.
const (
	referenceRequestExample = `{
  "success": true,
  "data": {
    "instance": {
      "instanceName": "t1_mq9r2jov_jakarta_store",
      "state": "open"
    }
  },
  "instance": {
    "instanceName": "jakarta_store",
    "apiInstanceName": "t1_mq9r2jov_jakarta_store",
    "internalName": "t1_mq9r2jov_jakarta_store",
    "state": "open",
    "profileName": "jakarta_store",
    "profilePictureUrl": "https://pps.whatsapp.net/v/t61.24694-24/example.jpg",
    "profilePicUrl": "https://pps.whatsapp.net/v/t61.24694-24/example.jpg",
    "number": "628123456789",
    "owner": "628123456789@s.whatsapp.net",
    "integration": "WHATSAPP-BAILEYS"
  }
}`
	referenceBodyExample = `{
  "success": true,
  "data": {
    "instance": {
      "instanceName": "jakarta_store",
      "state": "open"
    }
  },
  "instance": {
    "instanceName": "jakarta_store",
    "apiInstanceName": "t1_mqc3zame_jakarta_store",
    "internalName": "t1_mqc3zame_jakarta_store",
    "state": "open",
    "profileName": "jakarta_store",
    "profilePictureUrl": "https://pps.whatsapp.net/...",
    "profilePicUrl": "https://pps.whatsapp.net/...",
    "number": "628123456789",
    "owner": "628123456789@s.whatsapp.net",
    "integration": "WHATSAPP-BAILEYS"
  }
}`
)

func TestServer_answersAsReferencePage(t *testing.T) {
	for name, options := range map[string][]wachattest.Option{
		"HTTP/1.1": nil, "HTTP/1.1 over TLS": {wachattest.WithTLSHTTP1()}, "HTTP/2": {wachattest.WithTLS()},
		"in memory": {wachattest.InMemory()}, "HTTP/2 in memory": {wachattest.InMemory(), wachattest.WithTLS()},
	} {
		t.Run(name, func(t *testing.T) {
			response, body := get(t, storeName, options...)
			if want := requestExample(t); body != want {
				t.Errorf("answer\n got %s\nwant %s", body, want)
			}
			if got := response.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
				t.Errorf("content type %q, want JSON", got)
			}
			if got, want := response.ProtoMajor, strings.Contains(name, "HTTP/2"); (got == 2) != want {
				t.Errorf("got %s", response.Proto)
			}
		})
	}
}

func TestServer_hasMembersOfReferencePage(t *testing.T) {
	_, body := get(t, "t1_mqc3zame_jakarta_store")
	if got, want := shape(t, body), shape(t, referenceBodyExample); !slices.Equal(got, want) {
		t.Errorf("members\n got %q\nwant %q", got, want)
	}
}

// get reads the state of an open instance.
func get(t *testing.T, name string, options ...wachattest.Option) (response *http.Response, body string) {
	t.Helper()
	server := wachattest.New(options...)
	defer server.Close()
	server.Create(name)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(server.CACertPEM()))
	client := http.Client{Transport: &http.Transport{
		DialContext: server.DialContext, TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true,
	}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.BaseURL()+"/instance/state?instanceName="+name, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+server.Key())
	response, err = client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(content)
}

// requestExample is the page's first answer without white space, as a server
// sends it.
func requestExample(t *testing.T) string {
	t.Helper()
	var buffer bytes.Buffer
	if err := json.Compact(&buffer, []byte(referenceRequestExample)); err != nil {
		t.Fatal(err)
	}
	return buffer.String()
}

// shape lists each member of a JSON object as its path and the type of its value.
func shape(t *testing.T, text string) []string {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal([]byte(text), &root); err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return slices.Sorted(slices.Values(members("", root)))
}

func members(path string, value map[string]any) []string {
	var found []string
	for name, value := range value {
		if nested, ok := value.(map[string]any); ok {
			found = append(found, members(path+"."+name, nested)...)
			continue
		}
		found = append(found, fmt.Sprintf("%s.%s %T", path, name, value))
	}
	return found
}
