// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// The answers on the reference page.
var (
	//go:embed testdata/reference-example.json
	referenceExample string
	//go:embed testdata/reference-response.json
	referenceResponse string
)

// decoder returns a function that reads the instance shop when the API answers
// with a body.
func decoder(t *testing.T) func(body string) (*InstanceState, error) {
	t.Helper()
	api := startAPI(t)
	client := newClient(t, api, once)
	return func(body string) (*InstanceState, error) {
		api.Instance(shop).SetFault(wachattest.Body("application/json", body))
		return readState(t, client, shop)
	}
}

const (
	named = `"apiInstanceName":"` + shop + `"`
	open  = `"state":"open"`
)

// answer puts the members of an instance object into an answer that is
// otherwise in order.
func answer(members string) string { return `{"success":true,"instance":{` + members + `}}` }

// fill replaces SHOP by the members that name the instance, and OPEN by its state,
// and puts the members of an instance object into an answer.
func fill(body string) string {
	body = strings.NewReplacer("SHOP", named, "OPEN", open).Replace(body)
	if strings.HasPrefix(body, `"`) {
		return answer(body)
	}
	return body
}

func TestDecode_referencePage(t *testing.T) {
	for name, text := range map[string]string{"t1_mq9r2jov_jakarta_store": referenceExample, "t1_mqc3zame_jakarta_store": referenceResponse} {
		api := startAPI(t)
		api.Create(name).SetFault(wachattest.Body("application/json", text))
		state := mustRead(t, newClient(t, api), name)
		if state.State != "open" || !state.Connected() || state.RawState != "" || state.Name != name || state.Raw != text || state.DisplayName != "jakarta_store" || state.Number() != "628123456789" {
			t.Errorf("got %+v", state)
		}
		if owner := state.Text("owner"); owner != "628123456789@s.whatsapp.net" {
			t.Errorf("owner is %q", owner)
		}
	}
}

func TestDecode_failsClosed(t *testing.T) {
	read := decoder(t)
	malformed := map[string][]string{
		"it is larger than 1 MiB":                   {fmt.Sprintf("%-1048577s", fill("OPEN,SHOP"))},
		"it is empty":                               {"", " \n\t "},
		"it is not a JSON object":                   {"null", "[]", "open", "<p>open</p>", "\uFEFF" + fill(`"":0,SHOP,OPEN`)},
		"it is not valid JSON":                      {`{"success":true,"instance":{SHOP,OPEN`, `{"success":true,"instance":{SHOP,OPEN}}{}`, strings.Repeat(`{"a":`, 100_000), `"number":1e400,SHOP,OPEN`},
		"it has an object with the same name twice": {`"state":"close",SHOP,OPEN`, `{"success":true,"instance":{},"instance":{SHOP,OPEN}}`, `"st\u0061te":"close",SHOP,OPEN`},
		"it has no instance.state, since instance is not an object": {
			`{"success":true,"data":{"instance":{"state":"open"}}}`, `{"success":true,"instance":"open"}`, `{"success":true,"instance":[{SHOP,OPEN}]}`, `{"success":true,"Instance":{SHOP,OPEN}}`,
		},
		"its instance.state is not a string of valid UTF-8":           {`"state":1,SHOP`, `"state":["open"],SHOP`, `"state":false,SHOP`, "\"state\":\"open\xff\",SHOP", `"state":"open\ud800",SHOP`},
		"its instance.state has a control or invisible character":     {`"state":"open\u0000",SHOP`, `"state":"open\n",SHOP`, `"state":"\u202eopen",SHOP`, `"state":"open\u200b",SHOP`},
		"its instance.state repeats the API key":                      {`"state":"x` + wachattest.DefaultKey + `",SHOP`},
		"its instance.apiInstanceName is not a string of valid UTF-8": {`"apiInstanceName":7,"internalName":"` + shop + `",OPEN`},
		"its instance.internalName is not a string of valid UTF-8":    {`"internalName":7,OPEN`},
	}
	for reason, bodies := range malformed {
		for _, body := range bodies {
			_, err := read(fill(body))
			if failure := mustFail(t, err, KindMalformed); failure.Reason != reason {
				t.Errorf("%.80s gives %q, want %q", body, failure.Reason, reason)
			}
		}
	}
	for kind, bodies := range map[Kind][]string{
		KindUnsuccessful: {
			`{"instance":{SHOP,OPEN}}`, `{"success":null,"instance":{SHOP,OPEN}}`, `{"success":false,"instance":{SHOP,OPEN}}`,
			`{"success":"true","instance":{SHOP,OPEN}}`, `{"success":1,"instance":{SHOP,OPEN}}`, `{"SUCCESS":true,"instance":{SHOP,OPEN}}`,
		},
		KindNoState:       {`"a":1,SHOP`, `"state":null,SHOP`, `"state":"",SHOP`, `"STATE":"open",SHOP`},
		KindOtherInstance: {`"state":"open"`, `"instanceName":"` + shop + `",OPEN`, `"apiInstanceName":"t1_other","internalName":"` + shop + `",OPEN`, `"apiInstanceName":"` + strings.ToUpper(shop) + `",OPEN`},
		KindContradiction: {
			`{"success":true,"data":{"instance":{"state":"close"}},"instance":{SHOP,OPEN}}`,
			`{"success":true,"data":{"instance":{"state":"open"}},"instance":{SHOP,"state":"close"}}`,
			`{"success":true,"data":{"instance":{"state":1}},"instance":{SHOP,OPEN}}`,
			`{"success":true,"data":{"instance":"open"},"instance":{SHOP,OPEN}}`,
			`{"success":true,"data":"open","instance":{SHOP,OPEN}}`,
			`{"success":true,"data":false,"instance":{SHOP,OPEN}}`,
		},
	} {
		for _, body := range bodies {
			state, err := read(fill(body))
			if KindOf(err) != kind || state != nil {
				t.Errorf("%s gives %v and %v, want %q", body, state, err, kind)
			}
		}
	}
}

func TestDecode_believableAnswers(t *testing.T) {
	read := decoder(t)
	for _, tt := range []struct{ body, state, raw string }{
		{`"state":"Open ",SHOP`, "Open ", ""},
		{`"state":" Öpen\u00a0",SHOP`, " Öpen\u00a0", ""},
		{`"apiInstanceName":"","internalName":"` + shop + `",OPEN`, "open", ""},
		{`"internalName":"x",SHOP,OPEN`, "open", ""},
		{"\"profileName\":\"a\xffb\",SHOP,OPEN", "open", ""},
		{`"STATE":"close","qr":{"a":[1]},SHOP,OPEN`, "open", ""},
		{"\r\n\t " + `{"success":true,"instance":{SHOP,OPEN}}` + "\n", "open", ""},
		{`{"success":true,"data":{"instance":{"state":null}},"instance":{SHOP,OPEN}}`, "open", ""},
		{fmt.Sprintf("%-1048576s", fill("OPEN,SHOP")), "open", ""}, // as long as an answer may be
		{`{"success":true,"data":null,"instance":{SHOP,OPEN}}`, "open", ""},
		{`{"success":true,"data":{},"instance":{SHOP,OPEN}}`, "open", ""},
		{`{"success":true,"data":{"instance":{"state":""}},"instance":{SHOP,OPEN}}`, "open", ""},
		{`{"success":true,"data":["open"],"instance":{SHOP,"state":"close"}}`, "close", ""},
		{`{"success":true,"data":{"instance":{"state":["open"]}},"instance":{SHOP,"state":"close"}}`, "close", ""},
		{`{"success":true,"data":{"instance":{"state":"connecting"}},"instance":{SHOP,"state":"close"}}`, "close", "connecting"},
	} {
		state, err := read(fill(tt.body))
		if err != nil || state.State != tt.state || state.RawState != tt.raw {
			t.Errorf("%s gives %+v and error %v, want %q and %q", tt.body, state, err, tt.state, tt.raw)
		}
	}
}

func TestDecode_errorsNameWhatWasRead(t *testing.T) {
	read := decoder(t)
	for body, want := range map[string]Error{
		`"apiInstanceName":"t1_` + wachattest.DefaultKey[5:15] + `","instanceName":"Their\u0007 store",OPEN`:                        {Kind: KindOtherInstance, Reason: `its unique name is "t1_…", its display name is "Their store"`},
		`{"success":true,"data":{"instance":{"state":"62 812 3456 7890"}},"instance":{SHOP,"instanceName":"store","state":"open"}}`: {Kind: KindContradiction, Reason: `instance.state is "open", data.instance.state is "[number]"`, DisplayName: "store"},
		`"instanceName":"store",SHOP`: {Kind: KindNoState, DisplayName: "store"},
		"open":                        {Kind: KindMalformed, Reason: "it is not a JSON object", Answer: "application/json: open"},
	} {
		_, err := read(fill(body))
		want.Instance, want.Status, want.Attempts = shop, 200, 1
		if got := *mustFail(t, err, want.Kind); got != want {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
}

// The account's owner chooses these texts, and Terraform prints a text with a line
// break as it is.
func TestInstanceState_textsAndNumber(t *testing.T) {
	const key = wachattest.DefaultKey
	read := decoder(t)
	for members, want := range map[string]string{
		`"number":"628123456789"`:   "628123456789",
		`"number":628123456789.0`:   "628123456789",
		`"number":6.28123456789e11`: "628123456789",
		`"number":-1`:               "",
		`"number":1.5`:              "",
		`"number":0`:                "",
		`"number":1e15`:             "",
		`"number":{"a":1}`:          "",
		`"profilePictureUrl":"a","profilePicUrl":"b"`:            "a",
		`"profilePictureUrl":null,"profilePicUrl":"b"`:           "b",
		`"profilePictureUrl":"","profilePicUrl":"b"`:             "b",
		`"profilePictureUrl":["a"],"profilePicUrl":1`:            "",
		"\"profilePicUrl\":\"a\xff\"":                            "a\uFFFD",
		`"profilePicUrl":"key=` + key + `&"`:                     "key=…&",
		`"profilePicUrl":"` + key[:9] + `\u0000` + key[9:] + `"`: "…",
		`"profilePicUrl":"\u001b[2J\u009b1m\u007f"`:              "[2J1m",
		`"profilePicUrl":"\u202eerotS\u2066x\u2069\u200f"`:       "erotSx",
		`"profilePicUrl":"a\tb\u2028c\u2029d\u0085e\n"`:          "a b c d e ",
		`"profilePicUrl":"👩\u200d🔧"`:                             "👩\u200d🔧",
	} {
		state, err := read(fill(members + ",SHOP,OPEN"))
		if err != nil {
			t.Fatal(err)
		}
		if got := state.Number() + state.Text("profilePictureUrl", "profilePicUrl"); got != want {
			t.Errorf("%s gives %q, want %q", members, got, want)
		}
	}
}

// Raw is the answer as it came, but for a key, however JSON escapes it.
func TestInstanceState_rawIsTheAnswerWithoutTheKey(t *testing.T) {
	escaped := strings.ReplaceAll(fmt.Sprintf(" % x", wachattest.DefaultKey), " ", `\u00`)
	read := decoder(t)
	for members, want := range map[string]string{
		`"number" : 6.28123456789e11,"profileName":"\u001b",SHOP`: `"number" : 6.28123456789e11,"profileName":"\u001b",SHOP`,
		"\"echo\":\"a\xff\",SHOP":                                 "\"echo\":\"a\uFFFD\",SHOP",
		`"echo":["Bearer ` + wachattest.DefaultKey + `"],SHOP`:    `"echo":["Bearer …"],SHOP`,
		`"echo":{"` + escaped + `":"x` + escaped + `"},SHOP`:      `"echo":{"…":"x…"},SHOP`,
	} {
		state, err := read(fill(members + ",OPEN"))
		if err != nil {
			t.Fatal(err)
		}
		if want = fill(want + ",OPEN"); state.Raw != want {
			t.Errorf("got  %s\nwant %s", state.Raw, want)
		}
	}
}

// The engine behind the API has an error shape of its own, which may pass through.
func TestDecode_apiMessage(t *testing.T) {
	read := decoder(t)
	for body, want := range map[string]string{
		`"message":"a","error":"Not Found"`:                               "a",
		`"error":"Not Found","response":{"message":["The \"x\" is not"]}`: `The "x" is not`,
		`"error":"Bad Request","response":{"message":[["a","b"],["c"]]}`:  "a; b; c",
		`"message":"status code 404","response":{"message":"a"}`:          "a",
		`"error":"Not Found","response":{"message":[[" "]]}`:              "Not Found",
		`"error":"Not Found","response":"a"`:                              "Not Found",
		`"error":{"message":"a"}`:                                         "a",
		`"message":[1,null,{"a":"b"},"c",[true,[[["e"]]]]]`:               "c; e",
		`"message":"` + strings.Repeat("é ", 251) + `"`:                   strings.Repeat("é ", 249) + "é…",
		`"message":"no ` + shop + shop + `"`:                              "no " + shop + shop, // exempt from the limit on words
		`"x":1`:                                                           "",
	} {
		_, err := read(`{"success":false,` + body + `}`)
		if failure := mustFail(t, err, KindUnsuccessful); failure.Message != want {
			t.Errorf("%s gives the message %q, want %q", body, failure.Message, want)
		}
	}
}

// Whatever the API sends gives an error, or a state that is the string
// instance.state of the input, under the name of the request. The standard library
// is the judge: its JSON decoder is another one.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		referenceExample, `"state":"close","STATE":"open",SHOP`, `"internalName":"` + shop + `","state":"\u006fpen","number":6.2e11`,
		`{"success":true,"data":{"instance":{"state":"open"}},"instance":{SHOP,"state":"close"}}`, "\"x\":\"\xff\",SHOP,OPEN",
		`"number":1e400,SHOP,OPEN`, `{"success":true,"success":true,"instance":{}}`, `"st\u0061te":"open",SHOP`, `"state":"open\ud800",SHOP`, "\uFEFF{}", "",
	} {
		f.Add([]byte(fill(seed)))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		state, failure := decode(body, shop, newCleaner("a-key"))
		if (state == nil) == (failure == nil) {
			t.Fatalf("got %v and %v", state, failure)
		}
		if failure != nil {
			return
		}
		var root map[string]json.RawMessage
		var instance map[string]any
		if err := errors.Join(json.Unmarshal(body, &root), json.Unmarshal(root["instance"], &instance)); err != nil {
			t.Fatalf("%q is accepted, and is no JSON to the standard library: %v", body, err)
		}
		if instance["state"] != state.State || state.State == "" || string(root["success"]) != "true" {
			t.Errorf("state %q is not in %q", state.State, body)
		}
		if instance["apiInstanceName"] != shop && instance["internalName"] != shop {
			t.Errorf("%q is not about %s", body, shop)
		}
		if number := state.Number() + state.Text("profileName"); strings.Contains(number+state.Raw, "a-key") {
			t.Errorf("%q gives %q with the key", body, number)
		}
	})
}
