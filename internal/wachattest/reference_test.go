// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

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

func TestCreate_answersAsReferencePage(t *testing.T) {
	forEachProtocol(t, func(t *testing.T, server *wachattest.Server, client *http.Client) {
		server.Create(storeName)

		got := get(t, client, server, storeName)
		if got.err != nil {
			t.Fatal(got.err)
		}
		if want := requestExample(t); got.body != want {
			t.Errorf("answer\n got %s\nwant %s", got.body, want)
		}
		if contentType := got.Header.Get("Content-Type"); !strings.HasPrefix(contentType, "application/json") {
			t.Errorf("content type %q, want JSON", contentType)
		}
	})
}

func TestAnswer_membersOfReferencePage(t *testing.T) {
	server := newServer(t)
	server.Create("t1_mqc3zame_jakarta_store")

	got := get(t, newClient(t, server), server, "t1_mqc3zame_jakarta_store")
	if got.err != nil {
		t.Fatal(got.err)
	}
	if got, want := shape(t, got.body), shape(t, referenceBodyExample); !slices.Equal(got, want) {
		t.Errorf("members\n got %q\nwant %q", got, want)
	}
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
