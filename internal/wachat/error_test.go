// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"errors"
	"fmt"
	"testing"
)

func TestError_whatAKindMeansForOtherAttemptsAndReads(t *testing.T) {
	for _, tt := range []struct {
		failure       Error
		retryable     bool
		everyInstance bool
	}{
		{Error{Kind: KindUnknown}, false, false},
		{Error{Kind: KindMissingKey}, false, false},
		{Error{Kind: KindConnection}, true, true},
		{Error{Kind: KindCertificate}, false, true},
		{Error{Kind: KindProxy, Status: 407}, false, true},
		{Error{Kind: KindProxy, Status: 429}, true, true},
		{Error{Kind: KindProxy, Status: 502}, true, true},
		{Error{Kind: KindTimeout}, true, true},
		{Error{Kind: KindRedirect}, false, true},
		{Error{Kind: KindBadRequest}, false, false},
		{Error{Kind: KindUnauthorized}, false, false},
		{Error{Kind: KindForbidden}, false, false},
		{Error{Kind: KindNotFound}, false, false},
		{Error{Kind: KindConflict}, false, false},
		{Error{Kind: KindRateLimited}, true, true},
		{Error{Kind: KindRateLimited, TooLong: true}, false, true},
		{Error{Kind: KindUnavailable}, true, true},
		{Error{Kind: KindUnavailable, TooLong: true}, false, true},
		{Error{Kind: KindRejected}, false, false},
		{Error{Kind: KindMalformed}, false, false},
		{Error{Kind: KindNoState}, true, false},
		{Error{Kind: KindStale}, true, false},
		{Error{Kind: KindUnsuccessful}, false, false},
		{Error{Kind: KindOtherInstance}, false, false},
		{Error{Kind: KindContradiction}, true, false},
	} {
		if got := tt.failure.Retryable(); got != tt.retryable {
			t.Errorf("%s: retryable is %t", tt.failure.Kind, got)
		}
		if got := tt.failure.affectsAllInstances(); got != tt.everyInstance {
			t.Errorf("%s: affects all instances is %t", tt.failure.Kind, got)
		}
	}
}

func TestKind_everyOneHasAName(t *testing.T) {
	names := map[string]Kind{}
	for kind := KindUnknown; kind <= KindContradiction; kind++ {
		if other, taken := names[kind.String()]; taken || kind.String() == "" {
			t.Errorf("kind %d is called %q, as is kind %d", kind, kind, other)
		}
		names[kind.String()] = kind
	}
}

func TestKindOf_findsTheKindInAnyError(t *testing.T) {
	if kind := KindOf(fmt.Errorf("outer: %w", &Error{Kind: KindStale})); kind != KindStale {
		t.Errorf("got %q", kind)
	}
	if kind := KindOf(errors.New("other")); kind != KindUnknown {
		t.Errorf("got %q", kind)
	}
}

func TestError_oneLine(t *testing.T) {
	e := &Error{Kind: KindUnavailable, Instance: shop, Status: 503, Reason: "a reason", Message: "a message"}
	if got, want := e.Error(), `instance "`+shop+`": unavailable (HTTP status 503): a reason: a message`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	e = &Error{Kind: KindTimeout, Instance: shop}
	if got, want := e.Error(), `instance "`+shop+`": attempt timed out`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
