// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

func TestFleet_oneErrorForEachCause(t *testing.T) {
	gone := func(name string) failure {
		return failure{name, &wachat.Error{Kind: wachat.KindNotFound, Instance: name, Status: 404, Message: `The "` + name + `" instance does not exist`, RequestID: "r-" + name}}
	}
	got := fleet{failures: []failure{gone("t1_a"), gone("t1_b"), gone("t1_c")}}.diagnostics(false)
	if len(got) != 1 {
		t.Fatalf("%d errors for one cause", len(got))
	}
	for _, want := range []string{`3 instances ("t1_a", "t1_b", "t1_c")`, `The "(instance)" instance does not exist`} {
		if !strings.Contains(got[0].Detail(), want) {
			t.Errorf("%q is not in %q", want, got[0].Detail())
		}
	}
	if one := (fleet{failures: []failure{gone("t1_a")}}).diagnostics(false); !strings.Contains(one[0].Detail(), `The "t1_a" instance`) || !strings.Contains(one[0].Detail(), "r-t1_a") {
		t.Errorf("one failure says %q", one[0].Detail())
	}
}

func TestFleet_oneErrorWhateverTheDisplayNames(t *testing.T) {
	got := fleet{failures: []failure{
		{"t1_a", &wachat.Error{Kind: wachat.KindNoState, DisplayName: "Jakarta store"}},
		{"t1_b", &wachat.Error{Kind: wachat.KindNoState, DisplayName: "Medan store"}},
		{"t1_c", &wachat.Error{Kind: wachat.KindOtherInstance, DisplayName: "Batam store"}},
		{"t1_d", &wachat.Error{Kind: wachat.KindOtherInstance, DisplayName: "Bandung store"}},
	}}.diagnostics(false)
	if len(got) != 3 {
		t.Fatalf("%d errors, want one for the instances without a state and one for each other answer: %v", len(got), got)
	}
	if want := `2 instances ("t1_a", shown as "Jakarta store"; "t1_b", shown as "Medan store")`; !strings.Contains(got[0].Detail(), want) {
		t.Errorf("%q is not in %q", want, got[0].Detail())
	}
}

func TestFleet_listsAHundredInstances(t *testing.T) {
	for n, more := range map[int]string{100: ")", 101: " and 1 more)", 250: " and 150 more)"} {
		want := fmt.Sprintf("%d instances (%q", n, "x") + strings.Repeat(`, "x"`, 99) + more
		if got := named(slices.Repeat([]string{"x"}, n)); got != want {
			t.Errorf("%d instances are listed as %s", n, got)
		}
	}
}

func TestFleet_toleratesSomeErrors(t *testing.T) {
	got := fleet{failures: []failure{
		{"t1_a", &wachat.Error{Kind: wachat.KindNotFound}},
		{"t1_b", &wachat.StateError{Required: "open", Found: "close"}},
	}}.diagnostics(true)
	if len(got) != 1 || !strings.Contains(got[0].Detail(), "t1_b") {
		t.Errorf("got %v, want the error of t1_b", got)
	}
}

func TestFleet_toleratedErrors(t *testing.T) {
	for _, tt := range []struct {
		name      string
		err       error
		tolerable bool
	}{
		{"an instance that is not there", &wachat.Error{Kind: wachat.KindNotFound}, true},
		{"an API that is down", &wachat.Error{Kind: wachat.KindUnavailable}, true},
		{"no connection", &wachat.Error{Kind: wachat.KindConnection}, true},
		{"an answer without a state", &wachat.Error{Kind: wachat.KindNoState}, true},
		{"an instance that was not read", wachat.ErrNotRead, true},
		{"a wait in which nothing could be read", &wachat.StateError{Required: "open", Last: &wachat.Error{Kind: wachat.KindConnection}}, false},
		{"an instance in another state", &wachat.StateError{Required: "open", Found: "close"}, false},
		{"no key", &wachat.Error{Kind: wachat.KindMissingKey}, false},
		{"a refused key", &wachat.Error{Kind: wachat.KindUnauthorized}, false},
		{"a certificate that does not verify", &wachat.Error{Kind: wachat.KindCertificate}, false},
		{"a redirect", &wachat.Error{Kind: wachat.KindRedirect}, false},
		{"a proxy that refuses", &wachat.Error{Kind: wachat.KindProxy}, false},
		{"an interrupt", context.Canceled, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := fleet{failures: []failure{{"t1_a", tt.err}}}.diagnostics(true)
			if got.HasError() == tt.tolerable {
				t.Errorf("got %v", got)
			}
		})
	}
}
