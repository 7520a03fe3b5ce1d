// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"errors"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// stage is where a read ends. The stages have the order of a read.
type stage int

const (
	atSettings stage = iota
	atDNS
	atConnection
	atProxy
	atTLS
	atHTTP
	atAccess
	atInstance
	atAnswer
	atState
	atEnd // the instance is open
)

// stages are those of the failures that an answer gives, or the lack of one
// without regard to the network. Every other failure is one of the network.
var stages = map[wachat.Kind]stage{
	wachat.KindMissingKey:    atSettings,
	wachat.KindProxy:         atProxy,
	wachat.KindCertificate:   atTLS,
	wachat.KindRedirect:      atHTTP,
	wachat.KindConflict:      atHTTP,
	wachat.KindRateLimited:   atHTTP,
	wachat.KindUnavailable:   atHTTP,
	wachat.KindRejected:      atHTTP,
	wachat.KindUnauthorized:  atAccess,
	wachat.KindForbidden:     atAccess,
	wachat.KindNotFound:      atInstance,
	wachat.KindMalformed:     atAnswer,
	wachat.KindStale:         atAnswer,
	wachat.KindUnsuccessful:  atAnswer,
	wachat.KindOtherInstance: atAnswer,
	wachat.KindNoState:       atState,
	wachat.KindContradiction: atState,
}

// stageOf returns where a read with that error ended.
func stageOf(err error, seen network) stage {
	var (
		failure  *wachat.Error
		mismatch *wachat.StateError
	)
	switch {
	case err == nil:
		return atEnd
	case errors.As(err, &mismatch):
		return atState
	case !errors.As(err, &failure):
		return seen.stage()
	case failure.Kind == wachat.KindBadRequest && failure.Status == 0:
		return atSettings
	case failure.Kind == wachat.KindBadRequest:
		return atHTTP
	}
	if at, ok := stages[failure.Kind]; ok {
		return at
	}
	return seen.stage()
}

// stage returns how far a request without a complete answer got.
func (n network) stage() stage {
	switch {
	case !n.ready.IsZero():
		return atHTTP
	case n.resolveErr != nil:
		return atDNS
	case n.inHandshake:
		return atTLS
	}
	return atConnection
}
