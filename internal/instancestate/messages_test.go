// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

var update = flag.Bool("update", false, "write testdata/messages.golden")

// messageCases are the errors whose messages the golden file shows.
func messageCases() []struct {
	when string
	err  error
} {
	type row = struct {
		when string
		err  error
	}
	failure := func(e wachat.Error) error {
		e.Instance = store
		e.Attempts = max(e.Attempts, 1)
		return &e
	}
	return []row{
		{"there is no API key", failure(wachat.Error{Kind: wachat.KindMissingKey})},
		{"the name contains the API key", &wachat.Error{Kind: wachat.KindExposedKey, Reason: "the instance name contains the API key"}},
		{"the name is not valid", failure(wachat.Error{Kind: wachat.KindInvalidName, Reason: "the instance name contains white space or a control character"})},
		{"the connection is refused", failure(wachat.Error{Kind: wachat.KindConnection, Reason: "dial tcp 192.0.2.1:443: connect: connection refused", Attempts: 4})},
		{"the connection breaks", failure(wachat.Error{Kind: wachat.KindConnection, Reason: "the connection was closed before the answer was complete", Attempts: 4})},
		{"the certificate does not verify", failure(wachat.Error{Kind: wachat.KindCertificate, Reason: "the server's: tls: failed to verify certificate: x509: certificate signed by unknown authority"})},
		{"the server requires a client certificate", failure(wachat.Error{Kind: wachat.KindClientCertificate})},
		{"the proxy wants a password", failure(wachat.Error{Kind: wachat.KindProxy, Status: 407, Reason: "the proxy answered 407 Proxy Authentication Required"})},
		{"an attempt takes too long", failure(wachat.Error{Kind: wachat.KindTimeout, Reason: "no complete answer within 15s", Attempts: 4})},
		{"the answer is a redirect", failure(wachat.Error{Kind: wachat.KindRedirect, Status: 302, Reason: "https://login.example.com/", Answer: "text/html: <a href=...>Found</a>"})},
		{"status 400", failure(wachat.Error{Kind: wachat.KindBadRequest, Status: 400, Message: "instanceName is invalid"})},
		{"status 401", failure(wachat.Error{Kind: wachat.KindUnauthorized, Status: 401, Message: "Invalid API key", RequestID: "8c1f2a7b9d3e-CGK"})},
		{"status 403", failure(wachat.Error{Kind: wachat.KindForbidden, Status: 403, Message: "Access denied"})},
		{"status 404", failure(wachat.Error{Kind: wachat.KindNotFound, Status: 404, Message: "Instance not found"})},
		{"status 409", failure(wachat.Error{Kind: wachat.KindConflict, Status: 409, Message: "Instance is being deleted"})},
		{"status 429", failure(wachat.Error{Kind: wachat.KindRateLimited, Status: 429, Message: "Too many requests", Attempts: 4})},
		{"status 429 with a long Retry-After", failure(wachat.Error{Kind: wachat.KindRateLimited, Status: 429, RetryAfter: 24 * time.Hour, TooLong: true, Answer: "an empty body"})},
		{"status 503", failure(wachat.Error{Kind: wachat.KindUnavailable, Status: 503, Message: "Service unavailable", Attempts: 4})},
		{"status 418", failure(wachat.Error{Kind: wachat.KindRejected, Status: 418, Answer: "text/plain: I'm a teapot"})},
		{"the answer is a page", failure(wachat.Error{Kind: wachat.KindMalformed, Status: 200, Reason: "it is not a JSON object", Answer: "text/html: <!DOCTYPE html><title>Sign in</title>"})},
		{"the answer has no instance", failure(wachat.Error{Kind: wachat.KindMalformed, Status: 200, Reason: "it has no instance.state, since instance is not an object", Answer: `application/json: {"success":true}`})},
		{"the answer has status 204", failure(wachat.Error{Kind: wachat.KindMalformed, Status: 204, Reason: "its HTTP status is 204, not 200"})},
		{"the answer has no state", failure(wachat.Error{Kind: wachat.KindNoState, Status: 200, DisplayName: "Jakarta store", Attempts: 4})},
		{"the answer comes from a cache", failure(wachat.Error{Kind: wachat.KindStale, Status: 200, Reason: "its Age is 24h0m0s", Attempts: 4})},
		{"the answer says that it failed", failure(wachat.Error{Kind: wachat.KindUnsuccessful, Status: 200, Message: "No such session"})},
		{"the answer is about another instance", failure(wachat.Error{Kind: wachat.KindOtherInstance, Status: 200, Reason: `its unique name is "t1_mqc3zame_jakarta_store", its display name is "jakarta_store"`})},
		{"the answer has no unique name", failure(wachat.Error{Kind: wachat.KindOtherInstance, Status: 200, Reason: `its unique name is "", its display name is "jakarta_store"`})},
		{"the answer gives two states", failure(wachat.Error{Kind: wachat.KindContradiction, Status: 200, Reason: `instance.state is "open", data.instance.state is "close"`, DisplayName: "Jakarta store", Attempts: 4})},
		{"the instance is closed", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "close", Polls: 1}},
		{"the instance is connecting", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Polls: 1}},
		{"the instance's QR code was not scanned", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "refused", Polls: 1}},
		{"the instance is in a state that the provider does not know", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "hibernating", Polls: 1}},
		{"another state than open is required", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "close", Found: "open", Polls: 1}},
		{"the required state has another letter case", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "Open", Found: "open", Polls: 1}},
		{"the required state is misspelled", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "opened", Found: "close", Polls: 1}},
		{"the required state is like none", &wachat.StateError{Instance: store, Required: "ready", Found: "close", Polls: 1}},
		{"a wait ends", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 25}},
		{"a wait ends while the instance is closed", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "close", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 25}},
		{"a wait ends in failures", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "close", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 25, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindUnavailable, Status: 503, Message: "Service unavailable"}}},
		{"a wait sees no state", &wachat.StateError{Instance: store, Required: "open", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 9, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindTimeout, Reason: "no complete answer within 15s"}}},
		{"a wait sees no state, since Wachat has not loaded the instance", &wachat.StateError{Instance: store, Required: "open", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 25, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindNoState, Status: 200}}},
		{"no poll of a wait ends in time", &wachat.StateError{Instance: store, Required: "open", Timeout: 2 * time.Minute, Waited: 2 * time.Minute}},
		{"a wait ends before the first answer", &wachat.StateError{Instance: store, Required: "open", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Unanswered: true}},
		{"a wait meets a pause that is longer", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Timeout: 20 * time.Second, Waited: 10 * time.Second, Polls: 3, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindRateLimited, Status: 429, RetryAfter: 25 * time.Second}}},
		{"another instance ends the wait of a fleet", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Timeout: 20 * time.Second, Waited: 3 * time.Second, Polls: 1, Stopped: true}},
		{"the state does not hold", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Waited: 5 * time.Second, Polls: 2, Held: 5 * time.Second, StableFor: 10 * time.Second, Changes: 1}},
		{"the state does not hold until the wait ends", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Timeout: time.Minute, Waited: time.Minute, Polls: 12, Held: 5 * time.Second, StableFor: 10 * time.Second, Changes: 2}},
		{"the state is lost in the last poll", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Waited: 10 * time.Second, Polls: 5, Held: 8 * time.Second, StableFor: 10 * time.Second, Changes: 1}},
		{"the state changes three times", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "close", Timeout: time.Minute, Waited: time.Minute, Polls: 12, Changes: 3}},
		{"the instance keeps reconnecting", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Waited: 9 * time.Second, Polls: 9, Held: 2 * time.Second, StableFor: 10 * time.Second, Changes: 5}},
		{"the instance keeps reconnecting during a wait", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "close", Timeout: time.Minute, Waited: time.Minute, Polls: 12, Changes: 7}},
		{"another read meets a pause that is longer than the wait", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "connecting", Timeout: 20 * time.Second, Waited: 10 * time.Second, Polls: 3, Last: &wachat.Error{Kind: wachat.KindRateLimited, Status: 429, RetryAfter: 24 * time.Hour}}},
		{"failures end a streak", &wachat.StateError{Instance: store, DisplayName: "Jakarta store", Required: "open", Found: "open", Waited: 15 * time.Second, Polls: 4, Held: 4 * time.Second, StableFor: 10 * time.Second, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindConnection, Reason: "dial tcp 192.0.2.1:443: connect: connection refused"}}},
		{"the CLI is interrupted", context.Canceled},
		{"a fleet ended before this read", wachat.ErrNotRead},
		{"the provider's key is not known yet", UnknownProviderData([]string{"api_key", "base_url"}).refused},
		{"the key is invalid", NewProviderData(wachat.Config{Key: "a b"}, "api_key").refused},
	}
}

// providerData is what the messages say about the provider's configuration.
var providerData = ProviderData{
	config:    wachat.Config{BaseURL: "https://app.wachat.net/api/v1/", Key: "wk_test_3f9c1e7a5b2d", RetryWaitMax: 30 * time.Second},
	keySource: "WACHAT_API_KEY",
}

// All messages of the provider, in one file.
func TestMessages_golden(t *testing.T) {
	var page strings.Builder
	write := func(when string, diags diag.Diagnostics) {
		for _, d := range diags {
			fmt.Fprintf(&page, "## When %s\n\n%s: %s\n", when, d.Severity(), d.Summary())
			if at, ok := d.(diag.DiagnosticWithPath); ok {
				fmt.Fprintf(&page, "at %s\n", at.Path())
			}
			fmt.Fprintf(&page, "\n%s\n\n\n", d.Detail())
		}
	}
	for _, s := range messageCases() {
		diags := providerData.errors([]failure{{store, s.err}}, "instance_name")
		if summary := diags[0].Summary(); !strings.HasPrefix(summary, "Unable to read instance state: ") && summary != "Instance not in the required state" {
			t.Errorf("when %s: the summary %q has another form", s.when, summary)
		}
		write(s.when, diags)
	}
	emptyKey := ProviderData{keySource: "api_key"}
	write("api_key is empty", emptyKey.errors([]failure{{store, &wachat.Error{Kind: wachat.KindMissingKey, Instance: store}}}, "instance_name"))
	state := &wachat.InstanceState{Name: store, DisplayName: "Jakarta store", ShownState: "close", RawState: "connecting"}
	write("two states differ, and neither is open", warnings([]*wachat.InstanceState{state}, "instance_name"))
	write("it happens to instances of a fleet", providerData.errors(fleetFailures(), "instance_names"))
	golden(t, "testdata/messages.golden", page.String())
}

func fleetFailures() []failure {
	return []failure{
		{"t1_a", &wachat.Error{Kind: wachat.KindNotFound, Instance: "t1_a", Status: 404, Message: "Instance not found"}},
		{"t1_b", &wachat.Error{Kind: wachat.KindNotFound, Instance: "t1_b", Status: 404, Message: "Instance not found", RequestID: "r-2"}},
		{"t1_c", &wachat.StateError{DisplayName: "Jakarta store", Required: "open", Found: "close", Polls: 1}},
		{"t1_d", &wachat.StateError{DisplayName: "Bandung store", Required: "open", Found: "close", Polls: 1}},
		{"t1_g", &wachat.StateError{DisplayName: "Medan store", Required: "open", Found: "connecting", Waited: 19 * time.Second, Polls: 9, Held: 2 * time.Second, StableFor: 10 * time.Second, Changes: 1}},
		{"t1_h", &wachat.StateError{DisplayName: "Batam store", Required: "open", Found: "close", Waited: 20 * time.Second, Polls: 10, Held: time.Second, StableFor: 10 * time.Second, Changes: 2}},
		{"t1_i", &wachat.StateError{DisplayName: "Bogor store", Required: "open", Found: "close", Timeout: time.Minute, Waited: time.Minute, Polls: 12, Changes: 3}},
		{"t1_j", &wachat.StateError{DisplayName: "Depok store", Required: "open", Found: "connecting", Waited: time.Minute, Polls: 12, Changes: 7}},
		{"t1_e", wachat.ErrNotRead},
		{"t1_f", wachat.ErrNotRead},
	}
}

// Each kind of the client's errors has a cause, which the golden file shows.
func TestMessages_everyKind(t *testing.T) {
	source, err := os.ReadFile("../wachat/error.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, match := range regexp.MustCompile(`Kind\{name: "([^"]+)"`).FindAllSubmatch(source, -1) {
		kinds[string(match[1])] = true
	}
	if len(kinds) < 20 || len(kinds) != len(causes) {
		t.Errorf("%d kinds, and causes of %d", len(kinds), len(causes))
	}
	shown := map[wachat.Kind]bool{}
	for _, s := range messageCases() {
		shown[wachat.KindOf(s.err)] = true
	}
	for kind, c := range causes {
		if c.title == "" || c.advice == "" || !shown[kind] || !kinds[kind.String()] {
			t.Errorf("kind %q: the cause %+v, in the golden file: %t", kind, c, shown[kind])
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is out of date: run go test ./internal/instancestate -run TestMessages -update, and read the difference", file)
	}
}

// The troubleshooting guide has an answer to each summary.
func TestMessages_guide(t *testing.T) {
	guide, err := os.ReadFile("../../templates/guides/troubleshooting.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	messages, err := os.ReadFile("testdata/messages.golden")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(messages)) {
		summary, isError := strings.CutPrefix(line, "Error: ")
		title := strings.TrimPrefix(strings.TrimSpace(summary), "Unable to read instance state: ")
		if isError && !strings.Contains(string(guide), "`"+title+"`") {
			t.Errorf("the guide does not mention %q", title)
		}
	}
}
