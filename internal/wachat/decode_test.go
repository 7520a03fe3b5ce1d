// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"strings"
	"testing"
)

// answer puts the members of an instance object into an answer that is
// otherwise in order.
func answer(members string) string {
	return `{"success":true,"instance":{` + members + `}}`
}

const named = `"apiInstanceName":"` + shop + `"`

func TestDecode_referencePage(t *testing.T) {
	for _, tt := range []struct{ file, name string }{
		{"testdata/reference-example.json", "t1_mq9r2jov_jakarta_store"},
		{"testdata/reference-response.json", "t1_mqc3zame_jakarta_store"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			text := readFile(t, tt.file)
			state, failure := decode([]byte(text), tt.name, newSanitizer("a-key"))
			if failure != nil {
				t.Fatal(failure)
			}
			if state.State != "open" || !state.Connected() || state.RawState != "" || state.Name != tt.name || state.Raw != text {
				t.Errorf("got %+v", state)
			}
			if got := state.Number(); got != "628123456789" {
				t.Errorf("number is %q", got)
			}
			for member, want := range map[string]string{
				"instanceName": "jakarta_store", "apiInstanceName": tt.name, "internalName": tt.name,
				"profileName": "jakarta_store", "owner": "628123456789@s.whatsapp.net", "integration": "WHATSAPP-BAILEYS",
			} {
				if got := state.Text(member); got != want {
					t.Errorf("%s is %q, want %q", member, got, want)
				}
			}
		})
	}
}

func TestDecode_failsClosed(t *testing.T) {
	open := `"state":"open"`
	for _, tt := range []struct {
		name, body string
		kind       Kind
		reason     string
	}{
		{"nothing", "", KindMalformed, "it is empty"},
		{"white space", " \n\t ", KindMalformed, "it is empty"},
		{"null", "null", KindMalformed, "it is not a JSON object"},
		{"an array", "[]", KindMalformed, "it is not a JSON object"},
		{"a string", `"open"`, KindMalformed, "it is not a JSON object"},
		{"HTML", "<!DOCTYPE html><p>open</p>", KindMalformed, "it is not a JSON object"},
		{"a byte order mark", "\uFEFF" + answer(named+","+open), KindMalformed, "it is not a JSON object"},
		{"JSON that is cut short", answer(named + "," + open)[:60], KindMalformed, "it is not valid JSON at byte 60"},
		{"data after the end", answer(named+","+open) + "{}", KindMalformed, "it is not valid JSON at byte 90"},
		{"two states", answer(named + `,"state":"close","state":"open"`), KindMalformed, "it has an object with the same name twice"},
		{"two instances", `{"success":true,"instance":{},"instance":{` + named + "," + open + `}}`, KindMalformed, "it has an object with the same name twice"},
		{"a name twice, once escaped", answer(named + `,"state":"close","st\u0061te":"open"`), KindMalformed, "it has an object with the same name twice"},
		{"nesting without end", strings.Repeat(`{"a":`, 100_000), KindMalformed, "it is not valid JSON at byte 50000"},
		{"no success", `{"instance":{` + named + "," + open + `}}`, KindUnsuccessful, ""},
		{"success null", `{"success":null,"instance":{` + named + "," + open + `}}`, KindUnsuccessful, ""},
		{"success false", `{"success":false,"instance":{` + named + "," + open + `}}`, KindUnsuccessful, ""},
		{"success as a string", `{"success":"true","instance":{` + named + "," + open + `}}`, KindUnsuccessful, ""},
		{"success as a number", `{"success":1,"instance":{` + named + "," + open + `}}`, KindUnsuccessful, ""},
		{"SUCCESS", `{"SUCCESS":true,"instance":{` + named + "," + open + `}}`, KindUnsuccessful, ""},
		{"no instance", `{"success":true,"data":{"instance":{"state":"open"}}}`, KindMalformed, "it has no instance.state, since instance is not an object"},
		{"an instance that is a string", `{"success":true,"instance":"open"}`, KindMalformed, "it has no instance.state, since instance is not an object"},
		{"an empty instance", `{"success":true,"instance":{}}`, KindOtherInstance, ""},
		{"no state", answer(named), KindNoState, ""},
		{"state null", answer(named + `,"state":null`), KindNoState, ""},
		{"an empty state", answer(named + `,"state":""`), KindNoState, ""},
		{"no state, and open in the raw payload", `{"success":true,"data":{"instance":{"state":"open"}},"instance":{` + named + `}}`, KindNoState, ""},
		{"no state of another instance", answer(`"apiInstanceName":"t1_other"`), KindOtherInstance, ""},
		{"a state of 0", answer(named + `,"state":0`), KindMalformed, "its instance.state is not a string of valid UTF-8"},
		{"a state that is an object", answer(named + `,"state":{}`), KindMalformed, "its instance.state is not a string of valid UTF-8"},
		{"STATE", answer(named + `,"STATE":"open"`), KindNoState, ""},
		{"an escape sequence in the state", answer(named + `,"state":"open\u001b[0m"`), KindMalformed, "its instance.state has a control character"},
		{"an invisible character in the state", answer(named + `,"state":"\u200bopen"`), KindMalformed, "its instance.state has a control character"},
		{"a line separator in the state", answer(named + `,"state":"open\u2028"`), KindMalformed, "its instance.state has a control character"},
		{"a direction in the state", answer(named + `,"state":"\u202eopen"`), KindMalformed, "its instance.state has a control character"},
		{"the key for a state", answer(named + `,"state":"a-key"`), KindMalformed, "its instance.state repeats the API key"},
		{"state true", answer(named + `,"state":true`), KindMalformed, "its instance.state is not a string of valid UTF-8"},
		{"a list of states", answer(named + `,"state":["open"]`), KindMalformed, "its instance.state is not a string of valid UTF-8"},
		{"invalid UTF-8 in the state", answer(named + ",\"state\":\"open\xff\""), KindMalformed, "its instance.state is not a string of valid UTF-8"},
		{"half a surrogate in the state", answer(named + `,"state":"open\ud800"`), KindMalformed, "its instance.state is not a string of valid UTF-8"},
		{"no name", answer(open), KindOtherInstance, ""},
		{"names null", answer(open + `,"apiInstanceName":null,"internalName":null`), KindOtherInstance, ""},
		{"only a display name", answer(open + `,"instanceName":"` + shop + `"`), KindOtherInstance, ""},
		{"another instance", answer(open + `,"apiInstanceName":"t1_other"`), KindOtherInstance, ""},
		{"another instance inside", answer(open + `,"internalName":"t1_other"`), KindOtherInstance, ""},
		{"another instance with the name as its display name", answer(open + `,"apiInstanceName":"t1_other","instanceName":"` + shop + `","internalName":"` + shop + `"`), KindOtherInstance, ""},
		{"the name in capitals", answer(open + `,"apiInstanceName":"` + strings.ToUpper(shop) + `"`), KindOtherInstance, ""},
		{"a name that is a number", answer(open + `,"apiInstanceName":7,"internalName":"` + shop + `"`), KindMalformed, "its instance.apiInstanceName is not a string of valid UTF-8"},
		{"open, and close in the raw payload", `{"success":true,"data":{"instance":{"state":"close"}},"instance":{` + named + "," + open + `}}`, KindContradiction, ""},
		{"close, and open in the raw payload", `{"success":true,"data":{"instance":{"state":"open"}},"instance":{` + named + `,"state":"close"}}`, KindContradiction, ""},
		{"open, and a number in the raw payload", `{"success":true,"data":{"instance":{"state":1}},"instance":{` + named + "," + open + `}}`, KindContradiction, ""},
		{"open, and a raw payload that is an array", `{"success":true,"data":[],"instance":{` + named + "," + open + `}}`, KindContradiction, ""},
		{"open, and a raw payload that is a string", `{"success":true,"data":"close","instance":{` + named + "," + open + `}}`, KindContradiction, ""},
		{"open, and a raw payload that is false", `{"success":true,"data":false,"instance":{` + named + "," + open + `}}`, KindContradiction, ""},
		{"open, and a raw instance that is a string", `{"success":true,"data":{"instance":"close"},"instance":{` + named + "," + open + `}}`, KindContradiction, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			state, failure := decode([]byte(tt.body), shop, newSanitizer("a-key"))
			if failure == nil {
				t.Fatalf("got state %q, want an error", state.State)
			}
			if failure.Kind != tt.kind || failure.Reason != tt.reason {
				t.Errorf("got %q, %q; want %q, %q", failure.Kind, failure.Reason, tt.kind, tt.reason)
			}
		})
	}
}

func TestDecode_believableAnswers(t *testing.T) {
	for _, tt := range []struct{ name, body, state, raw string }{
		{"any state", answer(named + `,"state":"Open "`), "Open ", ""},
		{"the internal name where there is no API name", answer(`"apiInstanceName":"","internalName":"` + shop + `","state":"open"`), "open", ""},
		{"the API name whatever the internal one is", answer(named + `,"internalName":"x","state":"open"`), "open", ""},
		{"no raw payload", answer(named + `,"state":"open"`), "open", ""},
		{"a raw payload without a state", `{"success":true,"data":{"instance":{"state":null}},"instance":{` + named + `,"state":"open"}}`, "open", ""},
		{"a raw payload of null", `{"success":true,"data":null,"instance":{` + named + `,"state":"open"}}`, "open", ""},
		{"a raw payload without an instance", `{"success":true,"data":{},"instance":{` + named + `,"state":"open"}}`, "open", ""},
		{"a raw instance of null", `{"success":true,"data":{"instance":null},"instance":{` + named + `,"state":"open"}}`, "open", ""},
		{"a raw state that is empty", `{"success":true,"data":{"instance":{"state":""}},"instance":{` + named + `,"state":"open"}}`, "open", ""},
		{"a raw payload of another shape, and close", `{"success":true,"data":["open"],"instance":{` + named + `,"state":"close"}}`, "close", ""},
		{"a raw instance of another shape, and close", `{"success":true,"data":{"instance":"open"},"instance":{` + named + `,"state":"close"}}`, "close", ""},
		{"a raw state of another shape, and close", `{"success":true,"data":{"instance":{"state":["open"]}},"instance":{` + named + `,"state":"close"}}`, "close", ""},
		{"two states that are both not open", `{"success":true,"data":{"instance":{"state":"connecting"}},"instance":{` + named + `,"state":"close"}}`, "close", "connecting"},
		{"a state with a space and other letters", answer(named + `,"state":" Öpen\u00a0"`), " Öpen\u00a0", ""},
		{"invalid UTF-8 elsewhere", answer(named + ",\"state\":\"open\",\"profileName\":\"a\xffb\""), "open", ""},
		{"unknown members", answer(named + `,"state":"open","STATE":"close","qr":{"a":[1]}`), "open", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			state, failure := decode([]byte(tt.body), shop, newSanitizer("a-key"))
			if failure != nil {
				t.Fatal(failure)
			}
			if state.State != tt.state || state.RawState != tt.raw {
				t.Errorf("got %q and %q, want %q and %q", state.State, state.RawState, tt.state, tt.raw)
			}
		})
	}
}

func TestInstanceState_textsAndNumber(t *testing.T) {
	read := func(t *testing.T, members string) *InstanceState {
		t.Helper()
		state, failure := decode([]byte(answer(named+`,"state":"open",`+members)), shop, newSanitizer("s3cret/key"))
		if failure != nil {
			t.Fatal(failure)
		}
		return state
	}
	for members, want := range map[string]string{
		`"number":"628123456789"`:   "628123456789",
		`"number":628123456789`:     "628123456789",
		`"number":6.28123456789e11`: "628123456789",
		`"number":628123456789.0`:   "628123456789",
		`"number":1e400`:            "",
		`"number":-1`:               "",
		`"number":1.5`:              "",
		`"number":0`:                "",
		`"number":1e15`:             "",
		`"number":null`:             "",
		`"number":""`:               "",
		`"number":true`:             "",
		`"number":{"a":1}`:          "",
	} {
		if got := read(t, members).Number(); got != want {
			t.Errorf("%s gives %q, want %q", members, got, want)
		}
	}
	for members, want := range map[string]string{
		`"profilePictureUrl":"a","profilePicUrl":"b"`:  "a",
		`"profilePictureUrl":null,"profilePicUrl":"b"`: "b",
		`"profilePictureUrl":"","profilePicUrl":"b"`:   "b",
		`"profilePictureUrl":["a"],"profilePicUrl":1`:  "",
		"\"profilePicUrl\":\"a\xff\"":                  "a\uFFFD",
		`"profilePicUrl":"key=s3cret/key"`:             "key=[API key]",
	} {
		if got := read(t, members).Text("profilePictureUrl", "profilePicUrl"); got != want {
			t.Errorf("%s gives %q, want %q", members, got, want)
		}
	}
}

func TestInstanceState_rawIsTheWholeAnswerWithoutTheKey(t *testing.T) {
	body := answer(named + ",\"state\":\"open\",\"profileName\":\"a\xff\",\"echo\":\"Bearer s3cret/key\"")
	state, failure := decode([]byte(body), shop, newSanitizer("s3cret/key"))
	if failure != nil {
		t.Fatal(failure)
	}
	want := answer(named + ",\"state\":\"open\",\"profileName\":\"a\uFFFD\",\"echo\":\"Bearer [API key]\"")
	if state.Raw != want {
		t.Errorf("got %s\nwant %s", state.Raw, want)
	}
}

func TestDecode_unsuccessfulAnswersHaveTheAPIMessage(t *testing.T) {
	for body, want := range map[string]string{
		`{"success":false,"message":"No such session"}`:              "No such session",
		`{"success":false,"error":"No such session"}`:                "No such session",
		`{"success":false,"error":{"message":"No such session"}}`:    "No such session",
		`{"success":false,"message":" ","error":"No such session"}`:  "No such session",
		`{"success":false,"message":7,"error":{"message":["a"]}}`:    "a",
		`{"success":false,"message":7,"error":{"message":[7,[{}]]}}`: "",
		`{"success":false}`: "",
		`{"success":false,"message":"` + strings.Repeat("é", 501) + `"}`:    strings.Repeat("é", 499) + "…",
		`{"success":false,"message":"` + strings.Repeat("é", 500) + `"}`:    strings.Repeat("é", 500),
		`{"success":false,"message":"\u001b[31mred\u0007\u202e and\nblue"}`: "[31mred and blue",
	} {
		_, failure := decode([]byte(body), shop, newSanitizer("a-key"))
		if failure == nil || failure.Kind != KindUnsuccessful || failure.Message != want {
			t.Errorf("%s gives %+v, want the message %q", body, failure, want)
		}
	}
}

// The engine behind the API has an error shape of its own, which may pass through.
func TestAPIMessage_textThatSaysMost(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"message", `{"message":"a","error":"Not Found"}`, "a"},
		{"a list", `{"message":["a","b"]}`, "a; b"},
		{"response.message", `{"status":404,"error":"Not Found","response":{"message":"a"}}`, "a"},
		{"a list in response.message", `{"status":404,"error":"Not Found","response":{"message":["The \"x\" instance does not exist"]}}`, `The "x" instance does not exist`},
		{"a list in a list", `{"status":400,"error":"Bad Request","response":{"message":[["a","b"],["c"]]}}`, "a; b; c"},
		{"response.message before message", `{"message":"Request failed with status code 404","response":{"message":["a"]}}`, "a"},
		{"an empty response.message", `{"error":"Not Found","response":{"message":[[" "]]}}`, "Not Found"},
		{"a response that is a string", `{"error":"Not Found","response":"a"}`, "Not Found"},
		{"a list as error", `{"error":["a"]}`, "a"},
		{"other types in a list", `{"message":[1,null,{"a":"b"},"c",[true,"d",["too deep"]]]}`, "c; d"},
		{"invalid UTF-8", "{\"message\":[\"a\xff\"]}", "a\uFFFD"},
		{"nothing", `{}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer, err := parseMembers([]byte(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if got := answer.apiMessage(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Terraform prints a text with a line break as it is, and the account's owner
// chooses these texts.
func TestInstanceState_textsHaveNoControlCharacters(t *testing.T) {
	for in, want := range map[string]string{
		`Jakarta\nStore\tOne`:                      "Jakarta Store One",
		`\u001b[2JStore\u0007\u0000\u009b1m\u007f`: "[2JStore1m",
		`\u202eerotS\u202c \u2066x\u2069\u200f`:    "erotS x",
		`a\u2028b\u2029c\u0085d\r\n`:               "a b c d ",
		`👩\u200d🔧 \ud83d\udc69\u200d\ud83d\udd27`:  "👩\u200d🔧 👩\u200d🔧",
	} {
		body := answer(named + `,"state":"open","profileName":"` + in + `"`)
		state, failure := decode([]byte(body), shop, newSanitizer("a-key"))
		if failure != nil {
			t.Fatal(failure)
		}
		if got := state.Text("profileName"); got != want {
			t.Errorf("%s gives %q, want %q", in, got, want)
		}
		if state.Raw != body {
			t.Errorf("raw is %s, want it as it came: %s", state.Raw, body)
		}
	}
}
