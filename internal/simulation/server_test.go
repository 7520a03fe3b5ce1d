// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// certificate is that of the API, and its authority in PEM. An elliptic curve
// takes a tenth of the time of RSA. It is made outside of the bubbles.
var certificate = sync.OnceValues(func() (tls.Certificate, string) {
	key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotAfter: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC), IsCA: true, BasicConstraintsValid: true,
	}
	made, _ := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made})
	return tls.Certificate{Certificate: [][]byte{made}, PrivateKey: key}, string(authority)
})

// server answers the requests that arrive over a simulated network. It is its own
// listener.
type server struct {
	http   http.Server
	tls    *tls.Config
	record *record
	accept chan net.Conn
	ended  chan struct{}
}

func startServer(p protocol, api *apiSimulation) *server {
	made, _ := certificate()
	s := &server{record: api.record, accept: make(chan net.Conn), ended: make(chan struct{})}
	s.tls = &tls.Config{Certificates: []tls.Certificate{made}, MinVersion: tls.VersionTLS13, SessionTicketsDisabled: true}
	s.http = http.Server{Handler: api, TLSConfig: s.tls.Clone(), ErrorLog: log.New(io.Discard, "", 0), Protocols: new(http.Protocols)}
	s.http.Protocols.SetHTTP1(!p.http2)
	s.http.Protocols.SetHTTP2(p.http2)
	s.tls.NextProtos = []string{"h2"}
	go func() {
		if p.tls {
			_ = s.http.ServeTLS(s, "", "")
		} else {
			_ = s.http.Serve(s)
		}
	}()
	return s
}

func (s *server) Accept() (net.Conn, error) {
	select {
	case conn := <-s.accept:
		return conn, nil
	case <-s.ended:
		return nil, net.ErrClosed
	}
}

// Close ends the listening. [http.Server.Close] calls it, once.
func (s *server) Close() error {
	close(s.ended)
	return nil
}

func (s *server) Addr() net.Addr { return &net.TCPAddr{} }

// reject serves HTTP/2 and processes no request, and says so: net/http then sends
// each request again by itself. It refuses some streams before it goes away.
func (s *server) reject(conn net.Conn, streams int) {
	defer conn.Close()
	conn = tls.Server(conn, s.tls)
	if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	framer := http2.NewFramer(conn, conn)
	framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	_ = framer.WriteSettings()
	for {
		frame, err := framer.ReadFrame()
		if err != nil { // the client has closed the connection
			return
		}
		headers, isRequest := frame.(*http2.MetaHeadersFrame)
		if !isRequest {
			continue
		}
		address, _ := url.Parse(headers.PseudoValue("path"))
		s.record.arrive(address.Query().Get("instanceName"))
		if streams--; streams >= 0 {
			_ = framer.WriteRSTStream(headers.StreamID, http2.ErrCodeRefusedStream)
		} else {
			_ = framer.WriteGoAway(0, http2.ErrCodeNo, nil)
		}
	}
}
