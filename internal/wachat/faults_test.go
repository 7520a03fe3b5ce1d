// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/faulttable"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// Every row of the table, over each protocol.
func TestFaults(t *testing.T) {
	t.Parallel()
	rows := faulttable.Rows()
	if len(rows) < 60 {
		t.Errorf("%d rows, want 60 or more", len(rows))
	}
	for protocol, option := range map[string]wachattest.Option{
		"HTTP/1.1": wachattest.WithTLSHTTP1(), "HTTP/2": wachattest.WithTLS(),
	} {
		for _, row := range rows {
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
	var hedges atomic.Int32
	client := newFaultClient(t, api, row, &hedges)

	state, err := client.InstanceState(t.Context(), row.Name)
	if n := api.Requests() - int(hedges.Load()); n > row.Requests {
		t.Errorf("%d requests, want %d at most", n, row.Requests)
	}
	if row.Kind == wachat.KindUnknown {
		if err != nil || state.State != "open" {
			t.Errorf("got %v, %v; want open", state, err)
		}
		return
	}
	if wachat.KindOf(err) != row.Kind {
		t.Fatalf("got %v, %v; want an error of kind %q", state, err, row.Kind)
	}
	if told := everythingIn(err); !strings.Contains(told, row.WantText) {
		t.Errorf("the error tells %s\nwant %q", told, row.WantText)
	}
	checkFit(t, everythingIn(err))
}

// newFaultClient counts hedges, which depend on how fast this machine is.
func newFaultClient(t *testing.T, api *wachattest.Server, row faulttable.Row, hedges *atomic.Int32) *wachat.Client {
	t.Helper()
	config := wachat.DefaultConfig()
	config.BaseURL, config.Key, config.CACertPEM = api.BaseURL(), api.Key(), api.CACertPEM()
	config.MaxRetries, config.RetryWaitMin, config.RetryWaitMax = faulttable.Retries, 0, 0
	if row.Pauses {
		config.RetryWaitMax = 5 * time.Second
	}
	if row.Hangs {
		config.RequestTimeout = 500 * time.Millisecond
	}
	config.OnAttempt = func(_ context.Context, a wachat.Attempt) {
		if a.Hedge {
			hedges.Add(1)
		}
	}
	client, err := wachat.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

// everythingIn is all that an error can tell.
func everythingIn(err error) string {
	var failure *wachat.Error
	if !errors.As(err, &failure) {
		return err.Error()
	}
	return fmt.Sprintf("%s %+v", err, *failure)
}

// checkFit holds an error to what no error may have: the key, a number, control
// characters, or more text than anybody reads.
func checkFit(t *testing.T, told string) {
	t.Helper()
	for _, never := range []string{wachattest.DefaultKey, "628123456789", "\x1b", "\x07", "\u202e"} {
		if strings.Contains(told, never) {
			t.Errorf("%q is in %s", never, told)
		}
	}
	if len(told) > 2500 {
		t.Errorf("it tells %d characters", len(told))
	}
}
