// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/faulttable"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// Every row of the table, over each protocol.
func TestFaults(t *testing.T) {
	t.Parallel()
	for protocol, option := range map[string]wachattest.Option{
		"HTTP/1.1": wachattest.WithTLSHTTP1(), "HTTP/2": wachattest.WithTLS(),
	} {
		for _, row := range faulttable.Rows() {
			if row.HTTP1 && protocol != "HTTP/1.1" {
				continue
			}
			t.Run(protocol+" "+row.Name, func(t *testing.T) {
				t.Parallel()
				checkFault(t, row, option)
			})
		}
	}
}

func checkFault(t *testing.T, row faulttable.Row, option wachattest.Option) {
	t.Helper()
	api := wachattest.New(option)
	t.Cleanup(api.Close)
	row.Apply(api.Create(row.Name))
	client := newFaultClient(t, api, row)

	state, err := client.Require(t.Context(), row.Name, wachat.Requirement{})
	if n := api.Requests(); n > row.Requests {
		t.Errorf("%d requests, want %d at most", n, row.Requests)
	}
	if row.Kind == (wachat.Kind{}) {
		if err != nil || state.State != "open" {
			t.Errorf("got %v, %v; want open", state, err)
		}
		return
	}
	if wachat.KindOf(err) != row.Kind {
		t.Fatalf("got %v, %v; want an error of kind %q", state, err, row.Kind)
	}
	told := err.Error()
	var failure *wachat.Error
	if errors.As(err, &failure) {
		told += fmt.Sprintf("%+v", *failure)
	}
	if !strings.Contains(told, row.WantText) || len(told) > 2500 {
		t.Errorf("the error tells %s\nwant %q", told, row.WantText)
	}
	for _, never := range []string{wachattest.DefaultKey, "628123456789", "\x1b", "\x07", "\u202e"} {
		if strings.Contains(told, never) {
			t.Errorf("%q is in %s", never, told)
		}
	}
}

func newFaultClient(t *testing.T, api *wachattest.Server, row faulttable.Row) *wachat.Client {
	t.Helper()
	config := wachat.DefaultConfig()
	config.BaseURL, config.Key, config.CACertPEM = api.BaseURL(), api.Key(), api.CACertPEM()
	config.MaxRetries, config.RetryWaitMin, config.RetryWaitMax = faulttable.Retries, 0, 0
	config.NoHedges = true // their number depends on how fast this machine is
	if row.Pauses {
		config.RetryWaitMax = 5 * time.Second
	}
	if row.Hangs {
		config.RequestTimeout = 500 * time.Millisecond
	}
	client, err := wachat.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}
