// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// diagnostics are one error for each cause, with the names of the instances
// that it is about, except for tolerated ones.
func (f fleet) diagnostics(tolerate bool) diag.Diagnostics {
	diags := warnings(path.Root(instanceNamesAttribute), f.states...)
	for _, g := range f.byCause(tolerate) {
		e := g.explain()
		if e.argument == instanceNameAttribute {
			e.argument = instanceNamesAttribute
		}
		diags.Append(e.diagnostic())
	}
	return diags
}

// group are the failures with one cause.
type group struct {
	failures []failure
	shared   error // what they have in common
}

// byCause groups the failures whose messages differ only in the instance.
func (f fleet) byCause(tolerate bool) []*group {
	var groups []*group
	index := map[explanation]*group{}
	for _, failed := range f.failures {
		if tolerate && isTolerable(failed.err) {
			continue
		}
		shared := withoutInstance(failed)
		key := explain(shared, "")
		if index[key] == nil {
			index[key] = &group{shared: shared}
			groups = append(groups, index[key])
		}
		index[key].failures = append(index[key].failures, failed)
	}
	return groups
}

func (g *group) explain() explanation {
	if len(g.failures) == 1 {
		return explain(g.failures[0].err, quoted(g.failures[0].name))
	}
	if errors.Is(g.shared, wachat.ErrNotRead) {
		return explain(g.shared, fmt.Sprintf("%d instances", len(g.failures)))
	}
	labels := make([]string, len(g.failures))
	for i, failed := range g.failures {
		labels[i] = failed.label()
	}
	return explain(g.shared, instances(labels))
}

// label is the failed instance in a list of several: its name, and the display
// name if that is known and another one.
func (f failure) label() string {
	var (
		failed      *wachat.Error
		mismatch    *wachat.StateError
		displayName string
	)
	switch {
	case errors.As(f.err, &failed) && failed.Kind != wachat.KindOtherInstance:
		displayName = failed.DisplayName
	case errors.As(f.err, &mismatch):
		displayName = mismatch.DisplayName
	}
	if displayName == "" || displayName == f.name {
		return fmt.Sprintf("%q", f.name)
	}
	return fmt.Sprintf("%q, shown as %q", f.name, displayName)
}

// listed is how many instances an error lists at most.
const listed = 100

// instances is how an error refers to several instances.
func instances(labels []string) string {
	separator := ", "
	if strings.Contains(strings.Join(labels, ""), "shown as") {
		separator = "; "
	}
	list := strings.Join(labels[:min(len(labels), listed)], separator)
	if more := len(labels) - listed; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("%d instances (%s)", len(labels), list)
}

// named is how an error refers to the instances called names.
func named(names []string) string {
	if len(names) == 1 {
		return quoted(names[0])
	}
	labels := make([]string, len(names))
	for i, name := range names {
		labels[i] = fmt.Sprintf("%q", name)
	}
	return instances(labels)
}

// isTolerable reports whether the failure is that of an instance, which
// tolerate_errors accepts. A wrong or unknown state is not tolerable where one is
// required, nor is a failure of the provider or an interrupt.
func isTolerable(err error) bool {
	var failure *wachat.Error
	if !errors.As(err, &failure) {
		return errors.Is(err, wachat.ErrNotRead)
	}
	switch failure.Kind {
	case wachat.KindMissingKey, wachat.KindUnauthorized, wachat.KindCertificate, wachat.KindRedirect, wachat.KindProxy:
		return false
	default:
		return true
	}
}

// withoutInstance removes what differs between failures with the same cause.
func withoutInstance(f failure) error {
	var (
		failed   *wachat.Error
		mismatch *wachat.StateError
	)
	switch {
	case errors.As(f.err, &failed):
		bare := *failed
		bare.Instance, bare.RequestID = "", ""
		if bare.Kind != wachat.KindOtherInstance {
			bare.DisplayName = ""
		}
		for _, text := range []*string{&bare.Message, &bare.Answer, &bare.Reason} {
			*text = strings.ReplaceAll(*text, f.name, "(instance)")
		}
		return &bare
	case errors.As(f.err, &mismatch):
		return sharedStateError{withoutNumbers(mismatch)}
	}
	return f.err
}

// sharedStateError is what the mismatches of several instances have in common.
type sharedStateError struct{ *wachat.StateError }

func (e sharedStateError) Unwrap() error { return e.StateError }

// withoutNumbers removes the instance, and what was counted and measured. The last
// state of an unsteady instance is a matter of chance.
func withoutNumbers(e *wachat.StateError) *wachat.StateError {
	bare := *e
	bare.Instance, bare.DisplayName, bare.Polls = "", "", 0
	bare.Waited = bare.Waited.Round(time.Second)
	if isUnsteady(e) {
		bare.Found, bare.Last, bare.Waited = "", nil, 0
		bare.Held, bare.Changes = min(e.Held, 1), min(e.Changes, flapping)
	} else {
		bare.Changes = 0
	}
	return &bare
}
