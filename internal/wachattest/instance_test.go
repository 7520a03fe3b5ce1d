// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"encoding/json"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const closedAnswer = `{"success":true,` +
	`"data":{"instance":{"instanceName":"t1_mq9r2jov_jakarta_store","state":"close"}},` +
	`"instance":{"instanceName":"jakarta_store","apiInstanceName":"t1_mq9r2jov_jakarta_store",` +
	`"internalName":"t1_mq9r2jov_jakarta_store","state":"close","integration":"WHATSAPP-BAILEYS"}}`

func TestInstance_closedHasNoProfile(t *testing.T) {
	server := newServer(t)
	store := server.Create(storeName)
	client := newClient(t, server)

	store.Close()
	if got := get(t, client, server, storeName); got.body != closedAnswer {
		t.Errorf("closed\n got %s\nwant %s", got.body, closedAnswer)
	}
	store.Open()
	if got, want := get(t, client, server, storeName).body, requestExample(t); got != want {
		t.Errorf("open again\n got %s\nwant %s", got, want)
	}
}

func TestInstance_displayName(t *testing.T) {
	tests := map[string]string{
		"t1_mq9r2jov_jakarta_store": "jakarta_store",
		"t1_mq9r2jov":               "t1_mq9r2jov",
		"store":                     "store",
	}
	server := newServer(t)
	client := newClient(t, server)
	for name, want := range tests {
		server.Create(name)
		if got := decode(t, get(t, client, server, name).body)["instanceName"]; got != want {
			t.Errorf("display name of %s: %v, want %s", name, got, want)
		}
	}
}

func TestInstance_changesShowInNextAnswer(t *testing.T) {
	tests := map[string]struct {
		change func(*wachattest.Instance)
		member string
		want   any
	}{
		"connecting":              {(*wachattest.Instance).Connecting, "state", "connecting"},
		"a state of its own":      {func(i *wachattest.Instance) { i.SetState("refused") }, "state", "refused"},
		"a profile name":          {func(i *wachattest.Instance) { i.SetProfileName("Shop") }, "profileName", "Shop"},
		"no picture":              {func(i *wachattest.Instance) { i.Set("profilePictureUrl", nil) }, "profilePictureUrl", nil},
		"a number as JSON number": {func(i *wachattest.Instance) { i.Set("number", int64(628123456789)) }, "number", 628123456789.},
		"a member of one's own":   {func(i *wachattest.Instance) { i.Set("extra", true) }, "extra", true},
		"a number though closed": {
			func(i *wachattest.Instance) { i.Close(); i.Set("number", "628123456789") }, "number", "628123456789",
		},
		"the state after a set one": {
			func(i *wachattest.Instance) { i.Set("state", 5); i.Close() }, "state", "close",
		},
		"a member set after it was unset": {
			func(i *wachattest.Instance) { i.Unset("owner"); i.Set("owner", "x") }, "owner", "x",
		},
	}
	server := newServer(t)
	client := newClient(t, server)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.change(server.Create(storeName))
			members := decode(t, get(t, client, server, storeName).body)
			if got, there := members[test.member]; !there || got != test.want {
				t.Errorf("%s is %v (there: %t), want %v", test.member, got, there, test.want)
			}
		})
	}
}

func TestUnset_leavesMemberOut(t *testing.T) {
	server := newServer(t)
	server.Create(storeName).Unset("apiInstanceName")

	members := decode(t, get(t, newClient(t, server), server, storeName).body)
	if got, there := members["apiInstanceName"]; there {
		t.Errorf("apiInstanceName is %v, want it absent", got)
	}
}

func TestSetRawState_differs(t *testing.T) {
	const raw = `"data":{"instance":{"instanceName":"` + storeName + `","state":"close"}}`
	server := newServer(t)
	server.Create(storeName).SetRawState("close")

	got := get(t, newClient(t, server), server, storeName).body
	assertContains(t, got, raw)
	assertContains(t, got, `"state":"open","profileName"`)
}

func TestSetAnswer_untilEmpty(t *testing.T) {
	server := newServer(t)
	store := server.Create(storeName)
	client := newClient(t, server)

	store.SetAnswer(`{"success":true}`)
	if got := get(t, client, server, storeName).body; got != `{"success":true}` {
		t.Errorf("replaced answer is %s", got)
	}
	store.SetAnswer("")
	assertContains(t, get(t, client, server, storeName).body, `"state":"open"`)
}

func TestOnRequest_changesNextAnswer(t *testing.T) {
	server := newServer(t)
	store := server.Create(storeName, wachattest.InState(wachattest.StateClose))
	client := newClient(t, server)
	store.OnRequest(func() {
		if store.Requests() == 3 {
			store.Open()
		}
	})

	var states []any
	for range 3 {
		states = append(states, decode(t, get(t, client, server, storeName).body)["state"])
	}
	if states[0] != "close" || states[1] != "close" || states[2] != "open" {
		t.Errorf("states %v, want close twice, then open", states)
	}
}

func TestDelete_notFound(t *testing.T) {
	server := newServer(t)
	server.Create(storeName)
	server.Delete(storeName)

	if got := getStatus(t, newClient(t, server), server, storeName); got != 404 {
		t.Errorf("got %d, want 404", got)
	}
}

// decode gives the members of `instance` in an answer.
func decode(t *testing.T, body string) map[string]any {
	t.Helper()
	var decoded struct{ Instance map[string]any }
	if err := json.Unmarshal([]byte(body), &decoded); err != nil {
		t.Fatalf("decode %q: %v", body, err)
	}
	return decoded.Instance
}
