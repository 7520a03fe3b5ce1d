// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

const roundTrip = 50 * time.Millisecond

// distantPair is a client, and the server's end of its connection, whose
// handshake is over.
func distantPair(t *testing.T) (client net.Conn, server *distantConn) {
	t.Helper()
	client, end := net.Pipe()
	server = newDistantConn(end, roundTrip)
	t.Cleanup(func() {
		_ = client.Close()
		_ = server.Close()
	})
	time.Sleep(roundTrip)
	return client, server
}

// arrivals are when the client reads, and what.
type arrival struct {
	after time.Duration
	text  string
}

// read reads until the connection ends.
func read(client net.Conn, begin time.Time) <-chan []arrival {
	done := make(chan []arrival, 1)
	go func() {
		var arrivals []arrival
		buffer := make([]byte, 100)
		for {
			n, err := client.Read(buffer)
			if err != nil {
				done <- append(arrivals, arrival{time.Since(begin), err.Error()})
				return
			}
			arrivals = append(arrivals, arrival{time.Since(begin), string(buffer[:n])})
		}
	}()
	return done
}

func expect(t *testing.T, got []arrival, want ...arrival) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got[i], want[i])
		}
	}
}

func write(t *testing.T, conn net.Conn, text string) {
	t.Helper()
	if n, err := io.WriteString(conn, text); n != len(text) || err != nil {
		t.Errorf("wrote %d bytes of %q: %v", n, text, err)
	}
}

func TestDistantConn_eachChunkOneRoundTripLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := distantPair(t)
		begin := time.Now()
		arrivals := read(client, begin)

		write(t, server, "first")
		time.Sleep(10 * time.Millisecond)
		write(t, server, "second, while the first is on the way")
		write(t, server, "third")
		if waited := time.Since(begin); waited != 10*time.Millisecond {
			t.Errorf("the server waited %v for its writes", waited)
		}
		time.Sleep(roundTrip)
		_ = server.Close()

		expect(t, <-arrivals,
			arrival{roundTrip, "first"},
			arrival{roundTrip + 10*time.Millisecond, "second, while the first is on the way"},
			arrival{roundTrip + 10*time.Millisecond, "third"},
			arrival{roundTrip + 10*time.Millisecond, io.EOF.Error()},
		)
	})
}

func TestDistantConn_reusedBuffer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := distantPair(t)
		arrivals := read(client, time.Now())
		buffer := []byte("answer")
		_, _ = server.Write(buffer)
		copy(buffer, "xxxxxx")
		_ = server.Close()
		expect(t, <-arrivals, arrival{roundTrip, "answer"}, arrival{roundTrip, io.EOF.Error()})
	})
}

func TestDistantConn_closeDelivers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := distantPair(t)
		begin := time.Now()
		arrivals := read(client, begin)
		write(t, server, "goodbye")
		if err := server.Close(); err != nil || time.Since(begin) != 0 {
			t.Errorf("Close returned %v after %v", err, time.Since(begin))
		}
		if _, err := server.Write([]byte("more")); !errors.Is(err, net.ErrClosed) {
			t.Errorf("a write after Close is %v", err)
		}
		expect(t, <-arrivals, arrival{roundTrip, "goodbye"}, arrival{roundTrip, io.EOF.Error()})
	})
}

func TestDistantConn_handshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, end := net.Pipe()
		defer client.Close()
		server := newDistantConn(end, roundTrip)
		defer server.Close()
		go func() {
			write(t, client, "one")
			write(t, client, "two")
		}()

		buffer := make([]byte, 3)
		for _, text := range []string{"one", "two"} {
			begin := time.Now()
			if _, err := io.ReadFull(server, buffer); err != nil || string(buffer) != text {
				t.Fatalf("read %q, %v; want %q", buffer, err, text)
			}
			want := time.Duration(0)
			if text == "one" {
				want = roundTrip
			}
			if waited := time.Since(begin); waited != want {
				t.Errorf("%q came after %v, want %v", text, waited, want)
			}
		}
	})
}

func TestDistantConn_closeEndsRead(t *testing.T) {
	for name, row := range map[string]struct {
		settle time.Duration
		answer string
	}{
		"during the handshake":          {settle: roundTrip / 2},
		"after the handshake":           {settle: roundTrip * 2},
		"while an answer is on its way": {settle: roundTrip * 2, answer: "answer"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, end := net.Pipe()
				arrivals := read(client, time.Now())
				server := newDistantConn(end, roundTrip)
				failure := make(chan error, 1)
				go func() {
					_, err := server.Read(make([]byte, 1))
					failure <- err
				}()
				time.Sleep(row.settle)
				write(t, server, row.answer)
				begin := time.Now()
				_ = server.Close()
				if err := <-failure; err == nil || time.Since(begin) != 0 {
					t.Errorf("the read ended with %v, %v after Close", err, time.Since(begin))
				}
				<-arrivals
			})
		})
	}
}

func TestDistantConn_clientLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := distantPair(t)
		_ = client.Close()
		write(t, server, "too late")
		time.Sleep(roundTrip)
		synctest.Wait()
		if _, err := server.Write([]byte("more")); !errors.Is(err, net.ErrClosed) {
			t.Errorf("a write to a client that has left is %v", err)
		}
	})
}
