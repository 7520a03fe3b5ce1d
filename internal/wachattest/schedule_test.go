// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

func TestSchedule_statesOverTime(t *testing.T) {
	tests := map[string]struct {
		change func(*wachattest.Instance)
		want   []any // a state each second
	}{
		"flaps": {
			func(i *wachattest.Instance) { i.Flap(time.Second, "close", "connecting", "open") },
			[]any{"close", "connecting", "open", "close", "connecting", "open", "close"},
		},
		"settles": {
			func(i *wachattest.Instance) { i.Connecting(); i.SettleAfter(3*time.Second, "open") },
			[]any{"connecting", "connecting", "connecting", "open", "open", "open", "open"},
		},
		"follows phases": {
			func(i *wachattest.Instance) {
				i.Follow(wachattest.Phase{State: "open", For: time.Second}, wachattest.Phase{State: "close", For: 2 * time.Second}, wachattest.Phase{State: "refused"})
			},
			[]any{"open", "close", "close", "refused", "refused", "refused", "refused"},
		},
		"ends with a set state": {
			func(i *wachattest.Instance) { i.Flap(time.Second, "close", "open"); i.Connecting() },
			[]any{"connecting", "connecting", "connecting", "connecting", "connecting", "connecting", "connecting"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := newServer(t, wachattest.InMemory())
				client := newClient(t, server)
				test.change(server.Create(storeName))
				var got []any
				for range test.want {
					got = append(got, decode(t, get(t, client, server, storeName).body)["state"])
					time.Sleep(time.Second)
				}
				if !slices.Equal(got, test.want) {
					t.Errorf("states %v, want %v", got, test.want)
				}
			})
		})
	}
}

func TestSchedule_noState(t *testing.T) {
	const withoutProfile = `"instance":{"instanceName":"jakarta_store","apiInstanceName":"` + storeName + `","internalName":"` + storeName + `"`
	tests := map[string]string{
		wachattest.StateMissing: `"data":{"instance":{"instanceName":"` + storeName + `"}},` + withoutProfile + `,"integration"`,
		wachattest.StateNull:    `"data":{"instance":{"instanceName":"` + storeName + `","state":null}},` + withoutProfile + `,"state":null,"integration"`,
		"":                      `"data":{"instance":{"instanceName":"` + storeName + `","state":""}},` + withoutProfile + `,"state":"","integration"`,
	}
	server := newServer(t)
	client := newClient(t, server)
	for state, want := range tests {
		t.Run(state, func(t *testing.T) {
			server.Create(storeName, wachattest.InState(state))
			assertContains(t, get(t, client, server, storeName).body, want)
		})
	}
}
