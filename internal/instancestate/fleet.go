// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// fleet is what the read of many instances has found, in the order of their
// names.
type fleet struct {
	states   []*wachat.InstanceState
	failures []failure
}

type failure struct {
	name string
	err  error
}

func newFleet(names []string, results []wachat.Result) fleet {
	var f fleet
	for i, result := range results {
		if result.Err != nil {
			f.failures = append(f.failures, failure{names[i], result.Err})
		} else {
			f.states = append(f.states, result.State)
		}
	}
	return f
}

// values are the attributes that the data source computes.
func (f fleet) values() map[string]attr.Value {
	errs := make(map[string]attr.Value, len(f.failures))
	var notConnected []string
	for _, state := range f.states {
		if !state.Connected() {
			notConnected = append(notConnected, state.Name)
		}
	}
	for _, failed := range f.failures {
		errs[failed.name] = types.StringValue(oneLine(explain(failed.err, quoted(failed.name)).detail))
		notConnected = append(notConnected, failed.name)
	}
	slices.Sort(notConnected)
	values := f.answers()
	values["all_connected"] = types.BoolValue(len(notConnected) == 0)
	values["not_connected"] = listOf(notConnected)
	values["errors"] = types.MapValueMust(types.StringType, errs)
	return values
}

// answers are the attributes of all instances: a map of objects, and a map of its
// own for each sensitive attribute.
func (f fleet) answers() map[string]attr.Value {
	plain, sensitive := plainAttributes(), sensitiveAttributes()
	object := objectOf(plain)
	instances := make(map[string]attr.Value, len(f.states))
	for _, state := range f.states {
		instances[state.Name] = types.ObjectValueMust(object.AttrTypes, valuesOf(plain, state))
	}
	values := map[string]attr.Value{"instances": types.MapValueMust(object, instances)}
	for _, a := range sensitive {
		byName := make(map[string]attr.Value, len(f.states))
		for _, state := range f.states {
			byName[state.Name] = a.value(state)
		}
		values[a.name] = types.MapValueMust(a.typ, byName)
	}
	return values
}

// objectOf is the type of an object with the attributes.
func objectOf(attributes []attribute) types.ObjectType {
	attributeTypes := map[string]attr.Type{}
	for _, a := range attributes {
		attributeTypes[a.name] = a.typ
	}
	return types.ObjectType{AttrTypes: attributeTypes}
}

// oneLine makes a text one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func listOf(texts []string) types.List {
	values := make([]attr.Value, len(texts))
	for i, text := range texts {
		values[i] = types.StringValue(text)
	}
	return types.ListValueMust(types.StringType, values)
}

// diagnostics are one error for each cause, with the names of the instances
// that it is about, except for tolerated ones.
func (f fleet) diagnostics(tolerate bool) diag.Diagnostics {
	diags := warnings(path.Root(instanceNamesAttribute), f.states...)
	for _, g := range f.byCause(tolerate) {
		e := explain(g.err, g.subject())
		if e.argument == instanceNameAttribute {
			e.argument = instanceNamesAttribute
		}
		diags.Append(e.diagnostic())
	}
	return diags
}

// group are the failures with one cause.
type group struct {
	err   error
	names []string
}

// byCause groups the failures whose messages differ only in the instance.
func (f fleet) byCause(tolerate bool) []*group {
	var groups []*group
	index := map[explanation]*group{}
	for _, failed := range f.failures {
		if tolerate && isTolerable(failed.err) {
			continue
		}
		shared := withoutInstance(failed.err, failed.name)
		key := explain(shared, "")
		if index[key] == nil {
			index[key] = &group{err: failed.err}
			groups = append(groups, index[key])
		} else {
			index[key].err = shared
		}
		index[key].names = append(index[key].names, failed.name)
	}
	return groups
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
	}
	return true
}

// withoutInstance removes what differs between failures with the same cause:
// the request ID, and the name, also in the API's own words.
func withoutInstance(err error, name string) error {
	var (
		failure  *wachat.Error
		mismatch *wachat.StateError
	)
	switch {
	case errors.As(err, &failure):
		bare := *failure
		bare.Instance, bare.RequestID = "", ""
		for _, text := range []*string{&bare.Message, &bare.Answer, &bare.Reason} {
			*text = strings.ReplaceAll(*text, name, "(instance)")
		}
		return &bare
	case errors.As(err, &mismatch):
		bare := *mismatch
		bare.Instance, bare.Polls, bare.Waited = "", 0, bare.Waited.Round(time.Second)
		return &bare
	}
	return err
}

// listed is how many names an error lists at most.
const listed = 100

// subject lists the instances, but only counts those that were not read.
func (g *group) subject() string {
	if len(g.names) > 1 && errors.Is(g.err, wachat.ErrNotRead) {
		return fmt.Sprintf("%d instances", len(g.names))
	}
	return listOfInstances(g.names)
}

// listOfInstances is how an error refers to the instances.
func listOfInstances(names []string) string {
	if len(names) == 1 {
		return quoted(names[0])
	}
	shown := make([]string, 0, listed)
	for _, name := range names[:min(len(names), listed)] {
		shown = append(shown, fmt.Sprintf("%q", name))
	}
	list := strings.Join(shown, ", ")
	if more := len(names) - len(shown); more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("%d instances (%s)", len(names), list)
}
