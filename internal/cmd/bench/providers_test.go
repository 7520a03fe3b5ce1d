// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func self(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func newTestProviders(t *testing.T) providers {
	t.Helper()
	p, err := newProviders(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPeerIsFoundUnderItsName(t *testing.T) {
	p := newTestProviders(t)
	versioned := filepath.Join(t.TempDir(), "terraform-provider-http_v3.5.0_x5")
	if err := os.WriteFile(versioned, []byte("a program"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.addPeer(versioned); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(p.binary(peer))
	if err != nil || string(content) != "a program" {
		t.Errorf("it is %q, %v", content, err)
	}
	if info, _ := os.Stat(p.binary(peer)); runtime.GOOS != "windows" && info.Mode()&0o100 == 0 {
		t.Errorf("it cannot be executed: %v", info.Mode())
	}
	if name := strings.TrimSuffix(filepath.Base(p.binary(peer)), ".exe"); name != "terraform-provider-http" {
		t.Errorf("it is called %s", name)
	}
}

func TestPeerThatIsNotThere(t *testing.T) {
	err := newTestProviders(t).addPeer(filepath.Join(t.TempDir(), "nothing"))
	if err == nil || !strings.Contains(err.Error(), "the peer's provider") {
		t.Errorf("got %v", err)
	}
}

func TestTerraformsErrorIsTold(t *testing.T) {
	t.Setenv(roleVariable, "broken terraform")
	tf := terraform{self(t), newTestProviders(t)}
	_, err := tf.measure(t.Context(), workload{fleet, 1, 10}, zero)
	for _, want := range []string{"fleet, 1 instance, 10 in flight, zero latency", "terraform plan", "no such provider"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in the error: %v", want, err)
		}
	}
}
