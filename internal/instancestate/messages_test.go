// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

const store = "t1_mq9r2jov_jakarta_store"

var update = flag.Bool("update", false, "write testdata/messages.golden")

// messageCases are the errors whose messages the golden file shows.
func messageCases() []struct {
	when string
	err  error
} {
	failure := func(e wachat.Error) error {
		e.Instance = store
		e.Attempts = max(e.Attempts, 1)
		return &e
	}
	return []struct {
		when string
		err  error
	}{
		{"there is no API key", failure(wachat.Error{Kind: wachat.KindMissingKey})},
		{"the name contains the API key", &wachat.Error{Kind: wachat.KindExposedKey, Reason: "the instance name or the required state contains the API key"}},
		{"the name is not valid", failure(wachat.Error{Kind: wachat.KindInvalidName, Reason: "the instance name contains white space or a control character"})},
		{"the connection is refused", failure(wachat.Error{Kind: wachat.KindConnection, Reason: "dial tcp 192.0.2.1:443: connect: connection refused", Attempts: 4})},
		{"the connection breaks", failure(wachat.Error{Kind: wachat.KindConnection, Reason: "the connection was closed before the answer was complete", Attempts: 4})},
		{"the certificate does not verify", failure(wachat.Error{Kind: wachat.KindCertificate, Reason: "the server's: tls: failed to verify certificate: x509: certificate signed by unknown authority"})},
		{"the server requires a client certificate", failure(wachat.Error{Kind: wachat.KindClientCertificate, Reason: "remote error: tls: certificate required"})},
		{"the proxy wants a password", failure(wachat.Error{Kind: wachat.KindProxy, Reason: "the proxy answered 407 Proxy Authentication Required"})},
		{"an attempt takes too long", failure(wachat.Error{Kind: wachat.KindTimeout, Reason: "no complete answer within 15s", Attempts: 4})},
		{"the answer is a redirect", failure(wachat.Error{Kind: wachat.KindRedirect, Status: 302, Reason: "/login", Answer: "text/html: <a href=...>Found</a>"})},
		{"status 400", failure(wachat.Error{Kind: wachat.KindBadRequest, Status: 400, Message: "instanceName is invalid"})},
		{"status 401", failure(wachat.Error{Kind: wachat.KindUnauthorized, Status: 401, Message: "Invalid API key", RequestID: "8c1f2a7b9d3e-CGK"})},
		{"status 403", failure(wachat.Error{Kind: wachat.KindForbidden, Status: 403, Message: "Access denied"})},
		{"status 404", failure(wachat.Error{Kind: wachat.KindNotFound, Status: 404, Message: "Instance not found"})},
		{"status 409", failure(wachat.Error{Kind: wachat.KindConflict, Status: 409, Message: "Instance is being deleted"})},
		{"status 429", failure(wachat.Error{Kind: wachat.KindRateLimited, Status: 429, Message: "Too many requests", Attempts: 4})},
		{"status 429 with a long Retry-After", failure(wachat.Error{Kind: wachat.KindRateLimited, Status: 429, RetryAfter: 24 * time.Hour, TooLong: true, Answer: "an empty body"})},
		{"status 503", failure(wachat.Error{Kind: wachat.KindUnavailable, Status: 503, Message: "Service unavailable.", Attempts: 4})},
		{"status 418", failure(wachat.Error{Kind: wachat.KindRejected, Status: 418, Answer: "text/plain: I'm a teapot"})},
		{"the answer is a page", failure(wachat.Error{Kind: wachat.KindMalformed, Status: 200, Reason: "it is not a JSON object", Answer: "text/html: <!DOCTYPE html><title>Sign in</title>"})},
		{"the answer has no instance", failure(wachat.Error{Kind: wachat.KindMalformed, Status: 200, Reason: "it has no instance.state, since instance is not an object", Answer: `application/json: {"success":true}`})},
		{"the answer has status 204", failure(wachat.Error{Kind: wachat.KindMalformed, Status: 204, Reason: "its HTTP status is 204, not 200"})},
		{"the answer has no state", failure(wachat.Error{Kind: wachat.KindNoState, Status: 200, DisplayName: "Jakarta store", Attempts: 4})},
		{"the answer comes from a cache", failure(wachat.Error{Kind: wachat.KindStale, Status: 200, Reason: "its Age is 24h0m0s", Attempts: 4})},
		{"the answer says that it failed, and not why", failure(wachat.Error{Kind: wachat.KindUnsuccessful, Status: 200, Answer: `application/json: {"success":false}`})},
		{"the answer says that it failed", failure(wachat.Error{Kind: wachat.KindUnsuccessful, Status: 200, Message: "No such session"})},
		{"the answer is about another instance", failure(wachat.Error{Kind: wachat.KindOtherInstance, Status: 200, Reason: `its unique name is "t1_mqc3zame_jakarta_store", its display name is "jakarta_store"`})},
		{"the answer has no unique name", failure(wachat.Error{Kind: wachat.KindOtherInstance, Status: 200, Reason: `its unique name is "", its display name is "jakarta_store"`})},
		{"the answer gives two states", failure(wachat.Error{Kind: wachat.KindContradiction, Status: 200, Reason: `instance.state is "open", data.instance.state is "close"`, DisplayName: "Jakarta store", Attempts: 4})},
		{"the instance is closed", wrongState(wachat.StateError{Found: "close"})},
		{"the instance is connecting", wrongState(wachat.StateError{Found: "connecting"})},
		{"the instance's QR code was not scanned", wrongState(wachat.StateError{Found: "refused"})},
		{"the instance is in a state that the provider does not know", wrongState(wachat.StateError{Found: "hibernating"})},
		{"another state than open is required", wrongState(wachat.StateError{Required: "close", Found: "open"})},
		{"the required state has another letter case", wrongState(wachat.StateError{Required: "Open", Found: "open"})},
		{"the required state is misspelled", wrongState(wachat.StateError{Required: "opened", Found: "close"})},
		{"the required state is connected", wrongState(wachat.StateError{Required: "connected", Found: "open"})},
		{"the required state is like none", wrongState(wachat.StateError{Required: "ready", Found: "close"})},
		{"a wait ends", wrongState(wachat.StateError{Found: "connecting", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 25})},
		{"a wait ends while the instance is closed", wrongState(wachat.StateError{Found: "close", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 25})},
		{"a wait ends in failures", wrongState(wachat.StateError{Found: "close", Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 25, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindUnavailable, Status: 503, Message: "Service unavailable"}})},
		{"a wait sees no state", wrongState(wachat.StateError{Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 9, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindTimeout, Reason: "no complete answer within 15s"}})},
		{"a wait sees no state, since Wachat has not loaded the instance", wrongState(wachat.StateError{Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Polls: 25, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindNoState, Status: 200}})},
		{"no poll of a wait ends in time", wrongState(wachat.StateError{Timeout: 2 * time.Minute, Waited: 2 * time.Minute})},
		{"a wait ends before the first answer", wrongState(wachat.StateError{Timeout: 2 * time.Minute, Waited: 2 * time.Minute, Unanswered: true})},
		{"a wait meets a pause that is longer", wrongState(wachat.StateError{Found: "connecting", Timeout: 20 * time.Second, Waited: 10 * time.Second, Polls: 3, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindRateLimited, Status: 429, RetryAfter: 25 * time.Second}})},
		{"another instance ends the wait of a fleet", wrongState(wachat.StateError{Found: "connecting", Timeout: 20 * time.Second, Waited: 3 * time.Second, Polls: 1, Stopped: true})},
		{"the state does not hold", wrongState(wachat.StateError{Found: "connecting", Waited: 5 * time.Second, Polls: 2, Held: 5 * time.Second, StableFor: 10 * time.Second, Changes: 1})},
		{"the state does not hold until the wait ends", wrongState(wachat.StateError{Found: "connecting", Timeout: time.Minute, Waited: time.Minute, Polls: 12, Held: 5 * time.Second, StableFor: 10 * time.Second, Changes: 2})},
		{"the state is lost in the last poll", wrongState(wachat.StateError{Found: "connecting", Waited: 10 * time.Second, Polls: 5, Held: 8 * time.Second, StableFor: 10 * time.Second, Changes: 1})},
		{"the state changes three times", wrongState(wachat.StateError{Found: "close", Timeout: time.Minute, Waited: time.Minute, Polls: 12, Changes: 3})},
		{"the instance keeps reconnecting", wrongState(wachat.StateError{Found: "connecting", Waited: 9 * time.Second, Polls: 9, Held: 2 * time.Second, StableFor: 10 * time.Second, Changes: 5})},
		{"the instance keeps reconnecting during a wait", wrongState(wachat.StateError{Found: "close", Timeout: time.Minute, Waited: time.Minute, Polls: 12, Changes: 7})},
		{"another read meets a pause that is longer than the wait", wrongState(wachat.StateError{Found: "connecting", Timeout: 20 * time.Second, Waited: 10 * time.Second, Polls: 3, Last: &wachat.Error{Kind: wachat.KindRateLimited, Status: 429, RetryAfter: 24 * time.Hour}})},
		{"failures end a streak", wrongState(wachat.StateError{Found: "open", Waited: 15 * time.Second, Polls: 4, Held: 4 * time.Second, StableFor: 10 * time.Second, Last: &wachat.Error{Attempts: 1, Kind: wachat.KindConnection, Reason: "dial tcp 192.0.2.1:443: connect: connection refused"}})},
		{"the CLI is interrupted", context.Canceled},
		{"a fleet ended before this read", wachat.ErrNotRead},
		{"the provider's key is not known yet", UnknownProviderData([]string{"api_key", "base_url"}).refused},
		{"the key is invalid", NewProviderData(wachat.Config{Key: "a b"}, "api_key").refused},
	}
}

// wrongState is an instance that is not "open" in the first poll, unless e says
// otherwise. Its display name is known if a state is.
func wrongState(e wachat.StateError) error {
	e.Instance, e.Required = store, cmp.Or(e.Required, "open")
	if e.Found != "" {
		e.DisplayName = cmp.Or(e.DisplayName, "Jakarta store")
	}
	if e.Waited == 0 {
		e.Polls = 1
	}
	return &e
}

// providerData is what the messages say about the provider's configuration.
var providerData = ProviderData{
	config:    wachat.Config{BaseURL: "https://app.wachat.net/api/v1/", Key: "wk_test_3f9c1e7a5b2d", RetryWaitMax: 30 * time.Second},
	keySource: "WACHAT_API_KEY",
}

// All messages of the provider, in one file, and which of them tolerate_errors accepts.
func TestMessages_golden(t *testing.T) {
	const file = "testdata/messages.golden"
	var page strings.Builder
	write := func(when string, diags diag.Diagnostics, tolerated string) {
		for _, d := range diags {
			fmt.Fprintf(&page, "## When %s\n\n%s: %s\n", when, d.Severity(), d.Summary())
			if at, ok := d.(diag.DiagnosticWithPath); ok {
				fmt.Fprintf(&page, "at %s\n", at.Path())
			}
			fmt.Fprintf(&page, "\n%s\n\n%s\n", d.Detail(), tolerated)
		}
	}
	for _, s := range messageCases() {
		f, tolerated := failure{store, s.err}, ""
		if f.isTolerable() {
			tolerated = "With tolerate_errors, errors has: " + oneLine(s.err) + "\n\n"
		}
		write(s.when, providerData.errors([]failure{f}, "instance_name"), tolerated)
	}
	emptyKey := ProviderData{keySource: "api_key"}
	write("api_key is empty", emptyKey.errors([]failure{{store, &wachat.Error{Kind: wachat.KindMissingKey}}}, "instance_name"), "")
	state := &wachat.InstanceState{Name: store, DisplayName: "Jakarta store", ShownState: "close", RawState: "connecting"}
	write("two states differ, and neither is open", warnings([]*wachat.InstanceState{state}, "instance_name"), "")
	write("it happens to instances of a fleet", providerData.errors(fleetFailures(), "instance_names"), "")
	write("two names of a fleet contain the API key", providerData.errors([]failure{
		{"t1_b", &wachat.Error{Kind: wachat.KindNotFound}},
		{"t1_" + providerData.config.Key, &wachat.Error{Kind: wachat.KindExposedKey, Reason: "the instance name or the required state contains the API key"}},
		{"t2_" + providerData.config.Key, &wachat.Error{Kind: wachat.KindExposedKey, Reason: "the instance name or the required state contains the API key"}},
	}, "instance_names"), "")
	if *update {
		if err := os.WriteFile(file, []byte(page.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if page.String() != read(t, file) {
		t.Errorf("%s is out of date: run go test ./internal/instancestate -run TestMessages -update, and read the difference", file)
	}
}

// fleetFailures have one error for each cause, whatever the display names and what the
// answers repeat.
func fleetFailures() []failure {
	notFound := func(name string) failure {
		return failure{name, &wachat.Error{Kind: wachat.KindNotFound, Instance: name, Status: 404, Message: "No instance " + name, Answer: name, RequestID: "r-" + name}}
	}
	both := func(err error) []failure { return []failure{{"t1_b", err}, {"t1_a", err}} }
	return slices.Concat(
		[]failure{
			notFound("t1_b"), notFound("t1_a"),
			{"t1_d", wrongState(wachat.StateError{DisplayName: "Bandung store", Found: "close"})},
			{"t1_c", wrongState(wachat.StateError{Found: "close", Waited: time.Second})},
			{"t1_g", wrongState(wachat.StateError{DisplayName: "Medan store", Found: "connecting", Waited: 19 * time.Second, Held: 2 * time.Second, StableFor: 10 * time.Second, Changes: 1})},
			{"t1_h", wrongState(wachat.StateError{Found: "close", Waited: 20 * time.Second, Held: time.Second, StableFor: 10 * time.Second, Changes: 2})},
			{"t1_i", wrongState(wachat.StateError{Found: "close", Timeout: time.Minute, Waited: time.Minute, Changes: 3})},
			{"t1_j", wrongState(wachat.StateError{Found: "connecting", Waited: time.Minute, Changes: 7})},
			{"t1_o", wrongState(wachat.StateError{Waited: time.Minute, Last: &wachat.Error{Kind: wachat.KindRateLimited, Status: 429, RetryAfter: 60 * time.Second}})},
			{"t1_p", wrongState(wachat.StateError{Waited: time.Minute, Last: &wachat.Error{Kind: wachat.KindRateLimited, Status: 429, RetryAfter: 59 * time.Second}})},
			{"t1_k", &wachat.Error{Kind: wachat.KindNoState, Instance: "t1_k", DisplayName: "Jakarta store", Attempts: 4}},
			{"t1_l", &wachat.Error{Kind: wachat.KindNoState, Instance: "t1_l", DisplayName: "Medan store", Attempts: 4}},
			{"t1_m", &wachat.Error{Kind: wachat.KindOtherInstance, Reason: `its unique name is "t1_e"`}},
			{"t1_n", &wachat.Error{Kind: wachat.KindOtherInstance, Reason: `its unique name is "t1_f"`}},
		},
		both(&wachat.Error{Kind: wachat.KindConnection, Instance: "t1_b", Attempts: 4}),
		both(&wachat.Error{Kind: wachat.KindMissingKey, Instance: "t1_b"}),
		both(UnknownProviderData([]string{"api_key"}).refused),
		both(wachat.ErrNotRead),
	)
}

// Each kind of the client's errors has a cause, which the golden file shows.
func TestMessages_everyKind(t *testing.T) {
	kinds := strings.Count(read(t, "../wachat/error.go"), "= Kind{name:")
	if kinds < 20 || kinds != len(causes) {
		t.Errorf("%d kinds, and causes of %d", kinds, len(causes))
	}
	shown := map[wachat.Kind]bool{}
	for _, s := range messageCases() {
		shown[wachat.KindOf(s.err)] = true
	}
	for kind, c := range causes {
		if c.title == "" || c.advice == "" || !shown[kind] {
			t.Errorf("kind %q: the cause %+v, in the golden file: %t", kind, c, shown[kind])
		}
	}
}

// The troubleshooting guide has an answer to each summary, and to nothing else.
func TestMessages_guide(t *testing.T) {
	guide, golden := read(t, "../../templates/guides/troubleshooting.md.tmpl"), read(t, "testdata/messages.golden")
	_, answers, _ := strings.Cut(guide, "\n## Errors\n")
	answers, _, _ = strings.Cut(answers, "\nWarnings:\n")
	for line := range strings.Lines(answers) {
		titles, _, _ := strings.Cut(line, "`: ")
		for title := range strings.SplitSeq(strings.TrimPrefix(titles, "- `"), "`, `") {
			if strings.HasPrefix(line, "- `") && !strings.Contains(golden, title+"\n") {
				t.Errorf("there is no error %q", title)
			}
		}
	}
	for line := range strings.Lines(golden) {
		summary, isError := strings.CutPrefix(line, "Error: ")
		title := strings.TrimPrefix(strings.TrimSpace(summary), "Unable to read instance state: ")
		if isError && !strings.Contains(guide, "`"+title+"`") {
			t.Errorf("the guide does not mention %q", title)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
