// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Each argument sets one field of the client's configuration, and no two the
// same one.
func TestArguments_eachSetsAFieldOfItsOwn(t *testing.T) {
	samples := map[attr.Type]attr.Value{
		types.StringType: types.StringValue("7s"), types.Int64Type: types.Int64Value(7), types.Float64Type: types.Float64Value(7),
	}
	setBy := map[string]string{}
	for _, a := range arguments {
		config := defaults
		a.set(&config, samples[a.attribute.GetType()])
		before, after := reflect.ValueOf(defaults), reflect.ValueOf(config)
		for i := range before.NumField() {
			field := before.Type().Field(i)
			if field.Type.Kind() == reflect.Func || before.Field(i).Equal(after.Field(i)) {
				continue
			}
			if other := setBy[field.Name]; other != "" {
				t.Errorf("%s is set by %s and by %s", field.Name, other, a.name)
			}
			setBy[field.Name] = a.name
		}
	}
	if len(setBy) != len(arguments) {
		t.Errorf("%d arguments set the fields %v", len(arguments), setBy)
	}
}

func TestArguments_nullAndUnknownKeepTheDefault(t *testing.T) {
	nothing := map[attr.Type][]attr.Value{
		types.StringType:  {types.StringNull(), types.StringUnknown()},
		types.Int64Type:   {types.Int64Null(), types.Int64Unknown()},
		types.Float64Type: {types.Float64Null(), types.Float64Unknown()},
	}
	for _, a := range arguments {
		for _, value := range nothing[a.attribute.GetType()] {
			config := defaults
			a.set(&config, value)
			if !reflect.DeepEqual(config, defaults) {
				t.Errorf("%s = %s changes the configuration", a.name, value)
			}
		}
	}
}

func TestArguments_durationExamplesAreValid(t *testing.T) {
	example := regexp.MustCompile(`such as "(.*)"`)
	found := 0
	for _, a := range arguments {
		text, ok := a.attribute.(schema.StringAttribute)
		if !ok {
			continue
		}
		for _, v := range text.Validators {
			match := example.FindStringSubmatch(v.Description(t.Context()))
			if match == nil {
				continue
			}
			found++
			var response validator.StringResponse
			v.ValidateString(t.Context(), validator.StringRequest{ConfigValue: types.StringValue(match[1])}, &response)
			if response.Diagnostics.HasError() {
				t.Errorf("the example of %s is invalid: %v", a.name, response.Diagnostics)
			}
		}
	}
	if found != 3 {
		t.Errorf("%d arguments have an example, want 3", found)
	}
}
