// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

func self(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func testTerraform(t *testing.T, path string) terraform {
	t.Helper()
	tf, err := newTerraform(acctest.CLI{Path: path}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return tf
}

func TestTerraform_addPeer(t *testing.T) {
	tf := testTerraform(t, "")
	versioned := filepath.Join(t.TempDir(), "terraform-provider-http_v3.5.0_x5")
	if err := os.WriteFile(versioned, []byte("a program"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := tf.addPeer(peer{peerHTTP, versioned}); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(tf.binary(peerHTTP))
	if err != nil || string(content) != "a program" {
		t.Errorf("it is %q, %v", content, err)
	}
	if info, _ := os.Stat(tf.binary(peerHTTP)); runtime.GOOS != "windows" && info.Mode()&0o100 == 0 {
		t.Errorf("it cannot be executed: %v", info.Mode())
	}
	if name := strings.TrimSuffix(filepath.Base(tf.binary(peerHTTP)), ".exe"); name != "terraform-provider-http" {
		t.Errorf("it is called %s", name)
	}
}

func TestTerraform_missingPeer(t *testing.T) {
	err := testTerraform(t, "").addPeer(peer{peerRestful, filepath.Join(t.TempDir(), "nothing")})
	if err == nil || !strings.Contains(err.Error(), "magodo/restful") {
		t.Errorf("got %v", err)
	}
}

func TestMeasure_terraformError(t *testing.T) {
	t.Setenv(roleVariable, "broken terraform")
	tf := testTerraform(t, self(t))
	_, err := tf.measure(t.Context(), workload{fleet, 1, 10}, zero)
	for _, want := range []string{"fleet, 1 instance, 10 in flight, zero latency", "plan -lock=false", "exit code 1", "no such provider"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in the error: %v", want, err)
		}
	}
}

func TestMeasure_unfinished(t *testing.T) {
	t.Setenv(roleVariable, "terraform that hangs")
	tf := testTerraform(t, self(t))
	tf.spare = 0
	got, err := tf.measure(t.Context(), workload{fleet, 1, 10}, zero)
	if err != nil || !got.Unfinished || got.Requests != 0 {
		t.Errorf("got %+v, %v; want a measurement that did not finish", got, err)
	}
}

func TestPeer_path(t *testing.T) {
	absolute := filepath.Join(t.TempDir(), "binary")
	for path, want := range map[string]string{"../binary": filepath.FromSlash("/binary"), absolute: absolute} {
		if got := (peer{peerHTTP, path}).in("/repository").binary; got != want {
			t.Errorf("%s became %s, want %s", path, got, want)
		}
	}
}

func TestSubjects_configurations(t *testing.T) {
	for _, s := range []subject{forEach, fleet, peerHTTP, peerRestful} {
		text, err := configurations.ReadFile("configurations/" + string(s) + ".tf")
		if err != nil {
			t.Error(err)
		}
		source := sources[s]
		if source == "" {
			source = "wachat-net/wachat"
		}
		if !strings.Contains(string(text), `"`+source+`"`) {
			t.Errorf("the configuration of %s does not use %s", s, source)
		}
	}
}
