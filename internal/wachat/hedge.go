// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"context"
	"errors"
	"sync"
	"time"
)

// errOtherAnswered is the cause of the end of a request whose answer is no
// longer needed.
var errOtherAnswered = errors.New("the other request of this attempt was answered first")

// hedger makes an attempt whose answer is late send the same request a second
// time, the hedge, and takes the first answer that is believed (Dean and
// Barroso, "The Tail at Scale", 2013). Both share the attempt's timeout.
type hedger struct {
	next   handler
	limits *limits
	budget *hedgeBudget
}

func (h *hedger) handle(ctx context.Context, name string) (*InstanceState, error) {
	first, endFirst := context.WithCancelCause(ctx)
	defer endFirst(nil)
	second := &hedge{done: make(chan struct{})}
	timer := time.AfterFunc(h.budget.countRequest(), func() {
		defer close(second.done)
		if second.read(ctx, name, h); second.state != nil {
			endFirst(errOtherAnswered)
		}
	})
	state, err := h.next(first, name)
	if timer.Stop() || err == nil || second.withdraw() {
		second.end()
		return h.measured(state, err)
	}
	// A failure waits for the other request, whose time is the attempt's.
	<-second.done
	if second.state != nil || isPermanent(second.err) && !isPermanent(err) {
		return h.measured(second.state, second.err)
	}
	return nil, err
}

// measured takes the time of an answer for the delay of later hedges.
func (h *hedger) measured(state *InstanceState, err error) (*InstanceState, error) {
	if err == nil {
		h.budget.addAnswer(state.answered.Sub(state.requested))
	}
	return state, err
}

// isPermanent reports whether a failure says more than a transient one. A pause
// does not, however long: the next attempt meets it.
func isPermanent(err error) bool {
	var failure *Error
	return errors.As(err, &failure) && !failure.Retryable() && !failure.TooLong
}

// hedge is the second request of an attempt.
type hedge struct {
	done  chan struct{} // closed when state and err are set
	state *InstanceState
	err   error

	mu        sync.Mutex
	sent      bool
	withdrawn bool
	cancel    context.CancelCauseFunc
}

// read sends the request when the limits allow it, unless it was withdrawn by
// then. Both results are nil if it was not sent.
func (s *hedge) read(ctx context.Context, name string, h *hedger) {
	ctx, ok := s.begin(ctx)
	if !ok || !h.budget.take() {
		return
	}
	release, err := h.limits.acquire(ctx, name)
	if err != nil {
		h.budget.giveBack()
		return
	}
	defer release()
	if !s.send() {
		h.budget.giveBack()
		return
	}
	s.state, s.err = h.next(withHedgeMark(ctx), name)
}

// begin returns the context of the request.
func (s *hedge) begin(ctx context.Context) (context.Context, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.withdrawn {
		return nil, false
	}
	ctx, s.cancel = context.WithCancelCause(ctx)
	return ctx, true
}

// send reports whether the request may still be sent.
func (s *hedge) send() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = !s.withdrawn
	return s.sent
}

// withdraw keeps a request from being sent: what the first one has met, such as
// a Retry-After, the second would meet, too. It reports false if the request
// was sent already.
func (s *hedge) withdraw() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.withdrawn = !s.sent
	return s.withdrawn
}

// end ends the request, sent or not.
func (s *hedge) end() {
	s.withdraw()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel(errOtherAnswered)
	}
}

type hedgeKey struct{}

func withHedgeMark(ctx context.Context) context.Context {
	return context.WithValue(ctx, hedgeKey{}, true)
}

func isHedge(ctx context.Context) bool { return ctx.Value(hedgeKey{}) != nil }
