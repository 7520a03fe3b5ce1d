// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
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
