// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// failure is a read of one instance that failed.
type failure struct {
	name string
	err  error
}

// errors returns one error for each cause, in the order of the failures. NameArgument
// is the argument of the surface that names the instances.
func (d ProviderData) errors(failures []failure, nameArgument string) (diags diag.Diagnostics) {
	var order []message
	groups := map[message][]failure{}
	for _, f := range failures {
		if wachat.KindOf(f.err) == wachat.KindExposedKey {
			nameArgument = "" // of all failures: Terraform would print the line with the key
		}
		m := d.explain(f.err, true)
		if groups[m] == nil {
			order = append(order, m)
		}
		groups[m] = append(groups[m], f)
	}
	for _, m := range order {
		detail := d.detail(m, groups[m])
		if m.argument == aboutInstance {
			m.argument = nameArgument
		}
		if m.argument == "" {
			diags.AddError(m.summary, detail)
		} else {
			diags.AddAttributeError(path.Root(m.argument), m.summary, detail)
		}
	}
	return diags
}

func (d ProviderData) detail(m message, group []failure) string {
	if len(group) == 1 {
		return strings.Replace(d.explain(group[0].err, false).text, subject, "instance "+group[0].label(), 1)
	}
	happened, rest, _ := strings.Cut(m.text, "\n\n")
	happened = strings.Replace(happened, subject, fmt.Sprintf("%d instances", len(group)), 1)
	var names string
	if m.argument != "" || group[0].isTolerable() && !errors.Is(group[0].err, wachat.ErrNotRead) {
		names = list(group) // a failure of the provider is about no instance
	}
	return paragraphs(happened, names, strings.ReplaceAll(rest, "its QR code", "their QR codes"))
}

// list names the instances, one a line. Terraform does not break lines that begin with
// a space.
func list(group []failure) string {
	var lines []string
	for _, f := range group {
		lines = append(lines, "  - "+f.label())
	}
	return strings.Join(lines, "\n")
}

func (f failure) label() string {
	if e, ok := errors.AsType[*wachat.StateError](f.err); ok {
		return label(f.name, e.DisplayName)
	}
	if wachat.KindOf(f.err) == wachat.KindExposedKey {
		return "(the name is not shown)"
	}
	if e, ok := errors.AsType[*wachat.Error](f.err); ok {
		return label(f.name, e.DisplayName)
	}
	return label(f.name, "")
}

// label is an instance's name, and the one in the dashboard if that is known and
// another one.
func label(name, displayName string) string {
	if displayName == "" || displayName == name {
		return fmt.Sprintf("%q", name)
	}
	return fmt.Sprintf("%q (display name %q)", name, displayName)
}

// isTolerable reports whether the failure is that of an instance, which
// tolerate_errors accepts. A wrong or unknown state is not tolerable where one is
// required, nor is a failure of the provider or an interrupt.
func (f failure) isTolerable() bool {
	switch wachat.KindOf(f.err) {
	case wachat.Kind{}:
		return errors.Is(f.err, wachat.ErrNotRead)
	case wachat.KindMissingKey, wachat.KindExposedKey, wachat.KindUnauthorized, wachat.KindCertificate,
		wachat.KindClientCertificate, wachat.KindRedirect, wachat.KindProxy:
		return false
	}
	return true
}
