// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"net"
	"net/url"
	"testing"
	"time"
)

const roundTrip = 50 * time.Millisecond

// distant returns a base URL under which the API is a round trip away, on any
// number of connections without a limit to the bandwidth. It ends with the
// benchmark.
func distant(b *testing.B, baseURL string) string {
	b.Helper()
	api, err := url.Parse(baseURL)
	if err != nil {
		b.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = listener.Close() })
	go relayAll(listener, api.Host)
	api.Host = listener.Addr().String()
	return api.String()
}

func relayAll(listener net.Listener, to string) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go relay(client, to)
	}
}

// relay takes a round trip for the connection, as TCP's handshake does; on
// loopback the client could send at once.
func relay(client net.Conn, to string) {
	time.Sleep(roundTrip)
	server, err := net.Dial("tcp", to)
	if err != nil {
		_ = client.Close()
		return
	}
	go delay(server, client)
	delay(client, server)
}

// chunk is what arrives together.
type chunk struct {
	data []byte
	due  time.Time
}

// delay copies what arrives half a round trip later, each chunk by itself, and
// then the end.
func delay(to, from net.Conn) {
	onTheWay := make(chan chunk, 4<<10) // far more than is sent in a round trip
	go receive(onTheWay, from)
	for next := range onTheWay {
		time.Sleep(time.Until(next.due))
		_, _ = to.Write(next.data) // an error is that the other side has left
	}
	_ = to.Close()
}

func receive(onTheWay chan<- chunk, from net.Conn) {
	defer close(onTheWay)
	for {
		data := make([]byte, 16<<10)
		n, err := from.Read(data)
		if err != nil {
			return
		}
		onTheWay <- chunk{data[:n], time.Now().Add(roundTrip / 2)}
	}
}
