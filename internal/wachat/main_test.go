// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const shop = "t1_mq9r2jov_jakarta_store"

// startAPI starts an API that knows the instance shop, open, and closes it
// after the test.
func startAPI(t *testing.T, options ...wachattest.Option) *wachattest.Server {
	t.Helper()
	api := wachattest.New(options...)
	t.Cleanup(api.Close)
	api.Create(shop)
	return api
}

// newClient makes a client of api, with changes to the default configuration,
// and closes its connections after the test.
func newClient(t *testing.T, api *wachattest.Server, changes ...func(*Config)) *Client {
	t.Helper()
	config := DefaultConfig()
	config.BaseURL = api.BaseURL()
	config.Key = api.Key()
	config.CACertPEM = api.CACertPEM()
	config.DialContext = api.DialContext
	for _, change := range changes {
		change(&config)
	}
	client, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

func atOnce(c *Config) { c.RetryWaitMin, c.RetryWaitMax = 0, 0 }

func once(c *Config) { c.MaxRetries = 0 }

// mustFail returns the failure that err has to be.
func mustFail(t *testing.T, err error, kind Kind) *Error {
	t.Helper()
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatalf("got error %v, want one of kind %q", err, kind)
	}
	if failure.Kind != kind {
		t.Fatalf("got kind %q (%v), want %q", failure.Kind, failure, kind)
	}
	return failure
}

func mustRead(t *testing.T, client *Client, name string) *InstanceState {
	t.Helper()
	state, err := client.InstanceState(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
