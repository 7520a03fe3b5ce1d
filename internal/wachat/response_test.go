// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// parse has a client with the key "a-key" parse an answer of 200 about shop.
func parse(t *testing.T, response *http.Response) (*InstanceState, *Error) {
	t.Helper()
	c := &Client{sanitizer: newSanitizer("a-key")}
	return c.parseResponse(response, shop)
}

// unreadable is a body that a test must not read.
type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func (unreadable) Close() error { return nil }

func TestParseResponse_leavesTheBodyOfAnUnexpectedStatusUnread(t *testing.T) {
	for _, status := range []int{101, 199, 201, 202, 203, 204, 205, 206, 299} {
		state, failure := parse(t, &http.Response{StatusCode: status, Header: http.Header{}, Body: unreadable{t}})
		want := "its HTTP status is " + strconv.Itoa(status) + ", not 200"
		if state != nil || failure == nil || failure.Kind != KindMalformed || failure.Reason != want {
			t.Errorf("status %d gives %v, %+v; want the reason %q", status, state, failure, want)
		}
		if failure.Retryable() {
			t.Errorf("status %d is retried", status)
		}
	}
}

func TestReadBody_limit(t *testing.T) {
	for size, want := range map[int]error{maxBody: nil, maxBody + 1: errTooLarge} {
		body, err := readBody(bytes.NewReader(make([]byte, size)))
		if len(body) != maxBody || !errors.Is(err, want) {
			t.Errorf("of %d bytes, %d were read, error %v", size, len(body), err)
		}
	}
}

func TestParseResponse_age(t *testing.T) {
	open := answer(named + `,"state":"open"`)
	for _, tt := range []struct {
		age   []string
		want  time.Duration
		stale string
	}{
		{nil, 0, ""},
		{[]string{"0"}, 0, ""},
		{[]string{"1"}, time.Second, ""},
		{[]string{"60"}, time.Minute, ""},
		{[]string{"61"}, 0, "its Age is 1m1s"},
		{[]string{"86400"}, 0, "its Age is 24h0m0s"},
		{[]string{" 61 "}, 0, "its Age is 1m1s"},
		{[]string{"0", "61"}, 0, "its Age is 1m1s"},
		{[]string{"0, 61"}, 0, "its Age is 1m1s"},
		{[]string{"61.5"}, 0, "its Age is 1m1s"},
		{[]string{"99999999999999999999"}, 0, "its Age is 2562047h47m16s"},
		{[]string{"9223372037"}, 0, "its Age is 2562047h47m16s"},
		{[]string{"", "-5", "soon"}, 0, ""},
	} {
		state, failure := parse(t, &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Age": tt.age}, Body: io.NopCloser(strings.NewReader(open))})
		switch {
		case tt.stale != "":
			if state != nil || failure == nil || failure.Kind != KindStale || failure.Reason != tt.stale {
				t.Errorf("Age %q gives %v, %+v; want it stale: %s", tt.age, state, failure, tt.stale)
			}
		case failure != nil || state.Age != tt.want:
			t.Errorf("Age %q gives %+v, %+v; want an age of %s", tt.age, state, failure, tt.want)
		}
	}
}

// net/http takes the request's context off a connection that switches protocols.
func TestClient_switchedProtocol(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() {
		served <- func() error {
			connection, err := listener.Accept()
			if err != nil {
				return err
			}
			defer connection.Close()
			if _, err := http.ReadRequest(bufio.NewReader(connection)); err != nil {
				return err
			}
			_, err = io.WriteString(connection, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n")
			_, _ = connection.Read(make([]byte, 1)) // until the client leaves
			return err
		}()
	}()
	config := DefaultConfig()
	config.BaseURL, config.Key = "http://"+listener.Addr().String(), "a-key"
	client, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.InstanceState(t.Context(), shop)
	failure := mustFail(t, err, KindMalformed)
	if failure.Status != 101 || failure.Attempts != 1 {
		t.Errorf("got %+v", failure)
	}
	if err := errors.Join(<-served, listener.Close()); err != nil {
		t.Error(err)
	}
}

func TestParseResponse_statusOutsideOfTheKnownClassesIsRejected(t *testing.T) {
	for _, status := range []int{0, 99, 600, 999} {
		_, failure := parse(t, &http.Response{StatusCode: status, Header: http.Header{}, Body: http.NoBody})
		if failure == nil || failure.Kind != KindRejected || failure.Retryable() {
			t.Errorf("status %d gives %+v", status, failure)
		}
	}
}
