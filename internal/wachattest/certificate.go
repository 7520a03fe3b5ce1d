// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

// Certificate is a kind of certificate that a [Server] can show.
type Certificate struct {
	host             string
	expired          bool
	unknownAuthority bool
}

// The kinds of certificate for [WithCertificate].
var (
	// CertificateValid is for the server's own address and for localhost.
	CertificateValid = Certificate{}
	// CertificateExpired ran out an hour ago.
	CertificateExpired = Certificate{expired: true}
	// CertificateOtherHost is not for the address that the server listens on.
	CertificateOtherHost = CertificateForHost("other.test")
	// CertificateUnknownAuthority is by another authority than that of
	// [Server.CACertPEM].
	CertificateUnknownAuthority = Certificate{unknownAuthority: true}
)

// CertificateForHost is a valid certificate for that host name only, for
// clients that come through a [Proxy].
func CertificateForHost(host string) Certificate { return Certificate{host: host} }

// issue makes a certificate of that kind, and gives with it the PEM of the
// authority to trust.
func issue(kind Certificate) (tls.Certificate, string, error) {
	trusted, err := newAuthority()
	if err != nil {
		return tls.Certificate{}, "", err
	}
	issuer := trusted
	if kind.unknownAuthority {
		if issuer, err = newAuthority(); err != nil {
			return tls.Certificate{}, "", err
		}
	}
	certificate, err := issuer.sign(kind.template())
	caPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: trusted.certificate.Raw})
	return certificate, string(caPEM), err
}

func (kind Certificate) template() *x509.Certificate {
	now := time.Now()
	template := &x509.Certificate{
		Subject:     pkix.Name{CommonName: "Embedded Wachat API"},
		NotBefore:   now.Add(-2 * time.Hour),
		NotAfter:    now.Add(24 * time.Hour),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if kind.expired {
		template.NotAfter = now.Add(-time.Hour)
	}
	if kind.host != "" {
		template.DNSNames = []string{kind.host}
		return template
	}
	template.DNSNames = []string{"localhost"}
	template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	return template
}

type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority() (*authority, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber:          newSerialNumber(),
		Subject:               pkix.Name{CommonName: "Embedded Wachat Authority"},
		NotBefore:             now.Add(-3 * time.Hour),
		NotAfter:              now.Add(48 * time.Hour),
		KeyUsage:              x509.KeyUsageCertSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return &authority{certificate, key}, err
}

func (a *authority) sign(template *x509.Certificate) (tls.Certificate, error) {
	key, err := newKey()
	if err != nil {
		return tls.Certificate{}, err
	}
	template.SerialNumber = newSerialNumber()
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

func newSerialNumber() *big.Int {
	var serial [16]byte
	// crypto/rand.Read never fails: it ends the program instead.
	_, _ = rand.Read(serial[:])
	return new(big.Int).SetBytes(serial[:])
}
