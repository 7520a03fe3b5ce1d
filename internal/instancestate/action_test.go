// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const store = "t1_mq9r2jov_jakarta_store"

// actionProvider offers the action over a client of the test's.
type actionProvider struct{ client *wachat.Client }

func (p actionProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "wachat"
}
func (p actionProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (p actionProvider) DataSources(context.Context) []func() datasource.DataSource               { return nil }

func (p actionProvider) Resources(context.Context) []func() resource.Resource { return nil }

func (p actionProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{NewAction}
}

func (p actionProvider) Configure(_ context.Context, _ provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	resp.ActionData = ProviderData{client: p.client}
}

// invocation is what an action reported.
type invocation struct {
	progress    []string
	diagnostics []*tfprotov6.Diagnostic
}

// invoke runs the action over the protocol, in virtual time, against an API in
// memory.
func invoke(t *testing.T, arguments map[string]string, prepare func(*wachattest.Instance)) (got invocation) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { got = invokeWithin(t.Context(), t, arguments, prepare) })
	return got
}

func invokeWithin(ctx context.Context, t *testing.T, arguments map[string]string, prepare func(*wachattest.Instance)) (got invocation) {
	t.Helper()
	api := wachattest.New(wachattest.InMemory())
	t.Cleanup(api.Close)
	prepare(api.Create(store))
	config := wachat.DefaultConfig()
	config.BaseURL, config.Key, config.DialContext = api.BaseURL(), api.Key(), api.DialContext
	client, err := wachat.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server, ok := providerserver.NewProtocol6(actionProvider{client})().(tfprotov6.ActionServer)
	if !ok {
		t.Fatal("the server serves no actions")
	}
	empty := dynamic(t, tftypes.Object{}, nil)
	if _, err := server.(tfprotov6.ProviderServer).ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: empty}); err != nil {
		t.Fatal(err)
	}
	schemas, err := server.(tfprotov6.ProviderServer).GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	object := schemas.ActionSchemas["wachat_require_instance_state"].Schema.ValueType().(tftypes.Object)
	stream, err := server.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{
		ActionType: "wachat_require_instance_state", Config: dynamic(t, object, arguments),
	})
	if err != nil {
		t.Fatal(err)
	}
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			got.progress = append(got.progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			got.diagnostics = e.Diagnostics
		}
	}
	return got
}

// dynamic writes an object whose attributes are null but for the texts given.
func dynamic(t *testing.T, object tftypes.Object, texts map[string]string) *tfprotov6.DynamicValue {
	t.Helper()
	values := map[string]tftypes.Value{}
	for name, typ := range object.AttributeTypes {
		values[name] = tftypes.NewValue(typ, nil)
		if text, ok := texts[name]; ok {
			values[name] = tftypes.NewValue(typ, text)
		}
	}
	value, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

func TestAction_open(t *testing.T) {
	got := invoke(t, map[string]string{"instance_name": store}, (*wachattest.Instance).Open)
	if len(got.diagnostics) > 0 || len(got.progress) > 0 {
		t.Errorf("got %v and %v", got.diagnostics, got.progress)
	}
}

func TestAction_requiresOpenByDefault(t *testing.T) {
	got := invoke(t, map[string]string{"instance_name": store}, (*wachattest.Instance).Close)
	mustStop(t, got, `The state of instance "t1_mq9r2jov_jakarta_store" (display name "jakarta_store") is "close", but "open" is required.`)
}

func TestAction_otherState(t *testing.T) {
	got := invoke(t, map[string]string{"instance_name": store, "required_state": "close"}, (*wachattest.Instance).Close)
	if len(got.diagnostics) > 0 {
		t.Errorf("got %v", got.diagnostics)
	}
}

// Terraform does not validate a value that becomes known at apply, and an empty text
// is not null.
func TestAction_invalidArguments(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"poll_interval", "999ms", "The value of poll_interval is invalid: 999ms is too short."},
		{"poll_interval", "", `The value of poll_interval is invalid: invalid duration ""`},
		{"wait_timeout", "2 min", `The value of wait_timeout is invalid: unknown unit " min" in duration "2 min".`},
		{"wait_timeout", "-1s", "The value of wait_timeout is invalid: -1s is too short."},
		{"wait_timeout", "", `The value of wait_timeout is invalid: invalid duration ""`},
		{"stable_for", "-2s", "The value of stable_for is invalid: -2s is too short."},
		{"stable_for", "", `The value of stable_for is invalid: invalid duration ""`},
		{"required_state", "", "string length must be at least 1"},
		{"instance_name", "Jakarta Store", "contains white space or a control character. It looks like the display name"},
	} {
		arguments := map[string]string{"instance_name": store, "wait_timeout": "1m"}
		arguments[tt.name] = tt.value
		mustStop(t, invoke(t, arguments, (*wachattest.Instance).Open), tt.want)
	}
	mustStop(t, invoke(t, map[string]string{"instance_name": store, "poll_interval": "5s"}, (*wachattest.Instance).Open), "poll_interval has no effect without wait_timeout or stable_for.")
}

func TestAction_progress(t *testing.T) {
	got := invoke(t, map[string]string{"instance_name": store, "wait_timeout": "2m", "poll_interval": "6s"}, func(i *wachattest.Instance) {
		i.Close()
		i.Enqueue(nil, wachattest.Status(503), nil, nil)
		polls := 0
		i.OnRequest(func() {
			switch polls++; polls {
			case 3:
				i.Connecting()
			case 4:
				i.Open()
			}
		})
	})
	want := []string{"close, 0s of 2m0s", "Wachat is not available, 6s of 2m0s", "connecting, 12s of 2m0s", "open, 18s of 2m0s"}
	if !slices.Equal(got.progress, want) || len(got.diagnostics) > 0 {
		t.Errorf("got %q and %v, want %q", got.progress, got.diagnostics, want)
	}
}

func TestAction_stableForProgress(t *testing.T) {
	arguments := map[string]string{"instance_name": store, "wait_timeout": "1m", "stable_for": "10s", "poll_interval": "4s"}
	got := invoke(t, arguments, func(i *wachattest.Instance) { i.Connecting(); i.SettleAfter(5*time.Second, "open") })
	want := []string{"connecting, 0s of 1m0s", "connecting, 4s of 1m0s", "open for 0s of 10s", "open for 4s of 10s", "open for 8s of 10s", "open for 10s of 10s"}
	if !slices.Equal(got.progress, want) || len(got.diagnostics) > 0 {
		t.Errorf("got %q and %v, want %q", got.progress, got.diagnostics, want)
	}
}

func TestAction_progressWithoutAWaitTimeout(t *testing.T) {
	got := invoke(t, map[string]string{"instance_name": store, "stable_for": "10s"}, (*wachattest.Instance).Close)
	if want := []string{"close, after 0s"}; !slices.Equal(got.progress, want) {
		t.Errorf("got %q, want %q", got.progress, want)
	}
}

func TestAction_stableForBroken(t *testing.T) {
	arguments := map[string]string{"instance_name": store, "stable_for": "10s", "poll_interval": "1s"}
	got := invoke(t, arguments, func(i *wachattest.Instance) { i.SettleAfter(2500*time.Millisecond, "connecting") })
	mustStop(t, got, `was not seen to stay "open" for 10s.`, `The provider waited 3s and polled 4 times. The state was "open" for 2s. It changed once, and was last "connecting".`, "or set wait_timeout to give it time to become stable.")
}

func TestAction_reconnectLoop(t *testing.T) {
	arguments := map[string]string{"instance_name": store, "wait_timeout": "30s", "stable_for": "10s", "poll_interval": "1s"}
	got := invoke(t, arguments, func(i *wachattest.Instance) { i.Flap(3*time.Second, "close", "connecting", "open") })
	mustStop(t, got, `keeps changing, but "open" is required.`, "Another device or server may be using the same session.")
}

func TestAction_deadline(t *testing.T) {
	got := invoke(t, map[string]string{"instance_name": store, "wait_timeout": "14s"}, (*wachattest.Instance).Connecting)
	mustStop(t, got, `(display name "jakarta_store") is "connecting", but "open" is required.`,
		"The provider waited 14s and polled 4 times.")
	if want := []string{"connecting, 0s of 14s", "connecting, 5s of 14s", "connecting, 10s of 14s", "connecting, 13s of 14s"}; !slices.Equal(got.progress, want) {
		t.Errorf("got %q, want %q", got.progress, want)
	}
}

// An interrupted CLI ends the context of the calls that are under way.
func TestAction_interrupt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, interrupt := context.WithCancel(t.Context())
		time.AfterFunc(7*time.Second, interrupt)
		start := time.Now()
		got := invokeWithin(ctx, t, map[string]string{"instance_name": store, "wait_timeout": "1h", "poll_interval": "1m"}, (*wachattest.Instance).Close)
		mustStop(t, got, `The provider could not read instance "t1_mq9r2jov_jakarta_store": interrupted.`)
		if took := time.Since(start); took != 7*time.Second {
			t.Errorf("ended after %s, want 7s", took)
		}
	})
}

// mustStop wants one error whose detail has the texts: Terraform replaces the
// summary of an action's error.
func mustStop(t *testing.T, got invocation, wants ...string) {
	t.Helper()
	if len(got.diagnostics) != 1 || got.diagnostics[0].Severity != tfprotov6.DiagnosticSeverityError {
		t.Fatalf("got %v", got.diagnostics)
	}
	for _, want := range wants {
		if !strings.Contains(got.diagnostics[0].Detail, want) {
			t.Errorf("%q is not in %q", want, got.diagnostics[0].Detail)
		}
	}
}
