// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// invoke runs the action on an instance of an API in memory, in virtual time, with
// arguments as they may be when an apply has made them known.
func invoke(t *testing.T, arguments map[string]string, prepare func(*wachattest.Instance)) (progress []string, diags diag.Diagnostics) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		progress, diags = invokeWithin(t.Context(), t, arguments, prepare)
	})
	return progress, diags
}

func invokeWithin(ctx context.Context, t *testing.T, arguments map[string]string, prepare func(*wachattest.Instance)) (progress []string, diags diag.Diagnostics) {
	t.Helper()
	api := wachattest.New(wachattest.InMemory())
	defer api.Close()
	prepare(api.Create(store))
	config := wachat.DefaultConfig()
	config.BaseURL, config.Key, config.DialContext = api.BaseURL(), api.Key(), api.DialContext
	data := NewProviderData(config, "api_key")

	var schema action.SchemaResponse
	tested := &requireAction{data}
	tested.Schema(ctx, action.SchemaRequest{}, &schema)
	values := map[string]tftypes.Value{}
	for name := range schema.Schema.Attributes {
		values[name] = tftypes.NewValue(tftypes.String, nil)
		if text, ok := arguments[name]; ok {
			values[name] = tftypes.NewValue(tftypes.String, text)
		}
	}
	response := action.InvokeResponse{SendProgress: func(event action.InvokeProgressEvent) { progress = append(progress, event.Message) }}
	tested.Invoke(ctx, action.InvokeRequest{Config: tfsdk.Config{
		Schema: schema.Schema, Raw: tftypes.NewValue(schema.Schema.Type().TerraformType(ctx), values),
	}}, &response)
	return progress, response.Diagnostics
}

func TestAction_outcomes(t *testing.T) {
	for _, tt := range []struct {
		name      string
		arguments map[string]string
		prepare   func(*wachattest.Instance)
		progress  []string
		wants     []string // of the error
	}{
		{name: "open", prepare: (*wachattest.Instance).Open},
		{
			name: "open is required by default", prepare: (*wachattest.Instance).Close,
			wants: []string{`The state of instance "t1_mq9r2jov_jakarta_store" (display name "jakarta_store") is "close", but "open" is required.`},
		},
		{name: "another state is required", arguments: map[string]string{"required_state": "close"}, prepare: (*wachattest.Instance).Close},
		{
			name: "a wait succeeds", arguments: map[string]string{"wait_timeout": "2m", "poll_interval": "6s"},
			prepare: func(i *wachattest.Instance) {
				i.Follow(wachattest.Phase{State: "close", For: 10 * time.Second}, wachattest.Phase{State: "connecting", For: 5 * time.Second}, wachattest.Phase{State: "open"})
				i.Enqueue(nil, wachattest.Status(503))
			},
			progress: []string{"close, 0s of 2m0s", "Wachat is not available, 6s of 2m0s", "connecting, 12s of 2m0s", "open, 18s of 2m0s"},
		},
		{
			name: "a wait ends", arguments: map[string]string{"wait_timeout": "14s"}, prepare: (*wachattest.Instance).Connecting,
			progress: []string{"connecting, 0s of 14s", "connecting, 5s of 14s", "connecting, 10s of 14s", "connecting, 13s of 14s"},
			wants:    []string{`is "connecting", but "open" is required.`, "The provider waited 14s and polled 4 times."},
		},
		{
			name: "stable after a wait", arguments: map[string]string{"wait_timeout": "1m", "stable_for": "10s", "poll_interval": "4s"},
			prepare: func(i *wachattest.Instance) {
				i.Connecting()
				i.SettleAfter(5*time.Second, "open")
			},
			progress: []string{"connecting, 0s of 1m0s", "connecting, 4s of 1m0s", "open for 0s of 10s", "open for 4s of 10s", "open for 8s of 10s", "open for 10s of 10s"},
		},
		{
			name: "not stable", arguments: map[string]string{"stable_for": "10s", "poll_interval": "1s"},
			prepare:  func(i *wachattest.Instance) { i.SettleAfter(2500*time.Millisecond, "connecting") },
			progress: []string{"open for 0s of 10s", "open for 1s of 10s", "open for 2s of 10s", "connecting, after 3s"},
			wants:    []string{`was not seen to stay "open" for 10s.`, `The state was "open" for 2s. It changed once, and was last "connecting".`},
		},
		{
			name: "an instance that keeps reconnecting", arguments: map[string]string{"wait_timeout": "6s", "stable_for": "3s", "poll_interval": "1s"},
			prepare:  func(i *wachattest.Instance) { i.Flap(time.Second, "close", "open") },
			progress: []string{"close, 0s of 6s", "open for 0s of 3s", "close, 2s of 6s", "open for 0s of 3s", "close, 4s of 6s", "open for 0s of 3s", "close, after 6s"},
			wants:    []string{`keeps changing, but "open" is required.`, "Another device or server may be using the same session."},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			arguments := map[string]string{"instance_name": store}
			maps.Copy(arguments, tt.arguments)
			progress, diags := invoke(t, arguments, tt.prepare)
			if !slices.Equal(progress, tt.progress) {
				t.Errorf("the progress is %q, want %q", progress, tt.progress)
			}
			mustSay(t, diags, tt.wants...)
		})
	}
}

// Terraform does not validate a value that becomes known at apply, and an empty text
// is not null.
func TestAction_invalidArguments(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"poll_interval", "999ms", "The value of poll_interval is invalid: 999ms is too short."},
		{"poll_interval", "", `The value of poll_interval is invalid: it is not a duration`},
		{"wait_timeout", "-1s", "The value of wait_timeout is invalid: -1s is too short."},
		{"wait_timeout", "", `The value of wait_timeout is invalid: it is not a duration`},
		{"stable_for", "-2s", "The value of stable_for is invalid: -2s is too short."},
		{"stable_for", "", `The value of stable_for is invalid: it is not a duration`},
		{"required_state", "", "string length must be at least 1"},
		{"instance_name", "Jakarta Store", "It looks like the display name"},
	} {
		arguments := map[string]string{"instance_name": store, "wait_timeout": "1m"}
		arguments[tt.name] = tt.value
		_, diags := invoke(t, arguments, (*wachattest.Instance).Open)
		mustSay(t, diags, tt.want)
	}
	_, diags := invoke(t, map[string]string{"instance_name": store, "poll_interval": "5s"}, (*wachattest.Instance).Open)
	mustSay(t, diags, "poll_interval has no effect without wait_timeout or stable_for.")
}

// An interrupted CLI ends the context of the calls that are under way.
func TestAction_interrupt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, interrupt := context.WithCancel(t.Context())
		time.AfterFunc(7*time.Second, interrupt)
		start := time.Now()
		_, diags := invokeWithin(ctx, t, map[string]string{"instance_name": store, "wait_timeout": "1h"}, (*wachattest.Instance).Close)
		mustSay(t, diags, `The provider could not read instance "t1_mq9r2jov_jakarta_store": interrupted.`)
		if took := time.Since(start); took != 7*time.Second {
			t.Errorf("ended after %s, want 7s", took)
		}
	})
}

// mustSay wants one error whose detail has the texts, since Terraform replaces the
// summary of an action's error; or none without texts.
func mustSay(t *testing.T, diags diag.Diagnostics, wants ...string) {
	t.Helper()
	if len(diags) != min(len(wants), 1) || diags.ErrorsCount() != len(diags) {
		t.Fatalf("got %v, want %q", diags, wants)
	}
	for _, want := range wants {
		if !strings.Contains(diags[0].Detail(), want) {
			t.Errorf("%q is not in %q", want, diags[0].Detail())
		}
	}
}
