// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"testing"
	"time"
)

func TestHedgeBudget_delay(t *testing.T) {
	var b hedgeBudget
	if got := b.countRequest(); got != 500*time.Millisecond {
		t.Errorf("before the first answer a request is late after %s, want 500ms", got)
	}
	for i := range 20 {
		b.addAnswer(time.Duration(20-i) * time.Second)
	}
	if got, want := b.countRequest(), 3*19*time.Second; got != want {
		t.Errorf("after answers in 1s to 20s it is late after %s, want %s: three times what 95 of 100 took", got, want)
	}
	for range latestAnswers {
		b.addAnswer(time.Millisecond)
	}
	if got := b.countRequest(); got != 300*time.Millisecond {
		t.Errorf("after short answers it is late after %s, want 300ms", got)
	}
}

// One in twenty requests, hedges included, and two more.
func TestHedgeBudget_take(t *testing.T) {
	var b hedgeBudget
	for range 18 {
		b.countRequest()
	}
	taken := 0
	for b.take() {
		taken++
	}
	if taken != 3 {
		t.Errorf("%d of 21 requests are hedges, want 3", taken)
	}
	for range 20 {
		b.giveBack()
		if !b.take() {
			t.Fatal("a hedge that was not sent counts")
		}
	}
	if b.take() {
		t.Error("hedges that were not sent count as requests")
	}
}
