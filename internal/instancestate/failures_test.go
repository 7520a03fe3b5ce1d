// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// fleetErrors are the errors of a fleet.
func fleetErrors(failures ...failure) diag.Diagnostics {
	return ProviderData{}.errors(failures, "instance_names")
}

// pointsAt is the argument that an error points at, empty for none.
func pointsAt(d diag.Diagnostic) string {
	if at, ok := d.(diag.DiagnosticWithPath); ok {
		return at.Path().String()
	}
	return ""
}

func TestErrors_oneForEachCause(t *testing.T) {
	gone := func(name string) failure {
		return failure{name, &wachat.Error{Kind: wachat.KindNotFound, Instance: name, Status: 404, Message: `The "` + name + `" instance does not exist`, RequestID: "r-" + name}}
	}
	got := fleetErrors(gone("t1_a"), gone("t1_b"), gone("t1_c"))
	if len(got) != 1 || pointsAt(got[0]) != "instance_names" {
		t.Fatalf("got %v, want one error at instance_names", got)
	}
	want := "The provider could not read 3 instances: not found (HTTP 404: The \"(instance)\" instance does not exist).\n\n  - \"t1_a\"\n  - \"t1_b\"\n  - \"t1_c\"\n\n"
	if detail := got[0].Detail(); !strings.HasPrefix(detail, want) || strings.Contains(detail, "r-t1") {
		t.Errorf("got %q, want %q", detail, want)
	}
	one := fleetErrors(gone("t1_a"))[0].Detail()
	if !strings.Contains(one, `could not read instance "t1_a": not found (HTTP 404: The "t1_a" instance`) || !strings.Contains(one, "Request ID: r-t1_a") {
		t.Errorf("one failure says %q", one)
	}
}

func TestErrors_oneWhateverTheDisplayNames(t *testing.T) {
	got := fleetErrors(
		failure{"t1_a", &wachat.Error{Kind: wachat.KindNoState, DisplayName: "Jakarta store"}},
		failure{"t1_b", &wachat.Error{Kind: wachat.KindNoState, DisplayName: "Medan store"}},
		failure{"t1_c", &wachat.Error{Kind: wachat.KindOtherInstance, Reason: `its unique name is "t1_e"`}},
		failure{"t1_d", &wachat.Error{Kind: wachat.KindOtherInstance, Reason: `its unique name is "t1_f"`}},
	)
	if len(got) != 3 {
		t.Fatalf("%d errors, want one for the instances without a state and one for each other answer: %v", len(got), got)
	}
	if want := "\n\n  - \"t1_a\" (display name \"Jakarta store\")\n  - \"t1_b\" (display name \"Medan store\")\n\n"; !strings.Contains(got[0].Detail(), want) {
		t.Errorf("%q is not in %q", want, got[0].Detail())
	}
}

// 25 closed stores are one line each, in their order, and have several QR codes.
func TestErrors_closedStores(t *testing.T) {
	var failures []failure
	var want strings.Builder
	for i := range 25 {
		name := fmt.Sprintf("t1_%02d", (i*7)%25)
		failures = append(failures, failure{name, &wachat.StateError{Instance: name, Required: "open", Found: "close", Polls: 1}})
		fmt.Fprintf(&want, "\n  - %q", name)
	}
	got := fleetErrors(failures...)
	if len(got) != 1 {
		t.Fatalf("%d errors for one cause", len(got))
	}
	for _, want := range []string{`The state of 25 instances is "close", but "open" is required.` + "\n" + want.String() + "\n\n", "scan their QR codes"} {
		if !strings.Contains(got[0].Detail(), want) {
			t.Errorf("%q is not in %q", want, got[0].Detail())
		}
	}
}

// Which instances it was does not matter where it would be any.
func TestErrors_ofTheProviderListNoNames(t *testing.T) {
	for _, err := range []error{&wachat.Error{Kind: wachat.KindMissingKey}, wachat.ErrNotRead, UnknownProviderData([]string{"api_key"}).refused} {
		if got := fleetErrors(failure{"t1_a", err}, failure{"t1_b", err})[0].Detail(); strings.Contains(got, "t1_a") || !strings.Contains(got, "could not read 2 instances: ") {
			t.Errorf("got %s", got)
		}
	}
	if got := fleetErrors(failure{"t1_a", &wachat.Error{Kind: wachat.KindConnection}}, failure{"t1_b", &wachat.Error{Kind: wachat.KindConnection}})[0].Detail(); !strings.Contains(got, "\n  - \"t1_b\"\n") {
		t.Errorf("got %s", got)
	}
}

// Terraform would print the line of the argument, and with it the key.
func TestErrors_exposedKeyPointsAtNothing(t *testing.T) {
	const key = "wk_test_3f9c1e7a5b2d"
	got := fleetErrors(
		failure{"t1_a", &wachat.Error{Kind: wachat.KindNotFound, Instance: "t1_a"}},
		failure{"t1_" + key, &wachat.Error{Kind: wachat.KindExposedKey, Reason: "the instance name contains the API key"}},
		failure{"t2_" + key, &wachat.Error{Kind: wachat.KindExposedKey, Reason: "the instance name contains the API key"}},
	)
	if len(got) != 2 {
		t.Fatalf("%d errors for 2 causes", len(got))
	}
	for _, d := range got {
		if pointsAt(d) != "" || strings.Contains(d.Detail(), key) {
			t.Errorf("the error points at %q and says %s", pointsAt(d), d.Detail())
		}
	}
	if one := (failure{key, &wachat.Error{Kind: wachat.KindExposedKey}}); strings.Contains(fleetErrors(one)[0].Detail(), key) {
		t.Error("one error quotes the key")
	}
}

func TestFailure_isTolerable(t *testing.T) {
	for _, tt := range []struct {
		name      string
		err       error
		tolerable bool
	}{
		{"an instance that is not there", &wachat.Error{Kind: wachat.KindNotFound}, true},
		{"an API that is down", &wachat.Error{Kind: wachat.KindUnavailable}, true},
		{"no connection", &wachat.Error{Kind: wachat.KindConnection}, true},
		{"an answer without a state", &wachat.Error{Kind: wachat.KindNoState}, true},
		{"an invalid name", &wachat.Error{Kind: wachat.KindInvalidName}, true},
		{"an instance that was not read", wachat.ErrNotRead, true},
		{"a wait in which nothing could be read", &wachat.StateError{Required: "open", Last: &wachat.Error{Kind: wachat.KindConnection}}, false},
		{"an instance in another state", &wachat.StateError{Required: "open", Found: "close"}, false},
		{"no key", &wachat.Error{Kind: wachat.KindMissingKey}, false},
		{"a key in another value", &wachat.Error{Kind: wachat.KindExposedKey}, false},
		{"a refused key", &wachat.Error{Kind: wachat.KindUnauthorized}, false},
		{"a certificate that does not verify", &wachat.Error{Kind: wachat.KindCertificate}, false},
		{"a client certificate that is required", &wachat.Error{Kind: wachat.KindClientCertificate}, false},
		{"a redirect", &wachat.Error{Kind: wachat.KindRedirect}, false},
		{"a proxy that refuses", &wachat.Error{Kind: wachat.KindProxy}, false},
		{"an interrupt", context.Canceled, false},
		{"a configuration that is not known yet", UnknownProviderData([]string{"api_key"}).refused, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := (failure{"t1_a", tt.err}).isTolerable(); got != tt.tolerable {
				t.Errorf("it is tolerable: %t", got)
			}
		})
	}
}

// One clean line.
func TestOneLine(t *testing.T) {
	for want, err := range map[string]error{
		"Wachat is not available (HTTP 500: Internal error)": &wachat.Error{Kind: wachat.KindUnavailable, Status: 500, Message: "Internal error", Attempts: 1},
		"not found (HTTP 404)":                               &wachat.Error{Kind: wachat.KindNotFound, Status: 404, Answer: "text/html: <h1>Not found</h1>"},
		"no state yet":                                       &wachat.Error{Kind: wachat.KindNoState, Status: 200, Attempts: 4},
		wachat.ErrNotRead.Error():                            wachat.ErrNotRead,
	} {
		if got := oneLine(err); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
