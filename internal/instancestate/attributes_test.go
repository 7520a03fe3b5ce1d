// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"maps"
	"os"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// readAnswer has the client read an answer of the API's.
func readAnswer(t *testing.T, name, answer string) *wachat.InstanceState {
	t.Helper()
	api := wachattest.New()
	t.Cleanup(api.Close)
	api.Create(name).SetFault(wachattest.JSON(answer))
	config := wachat.DefaultConfig()
	config.BaseURL, config.Key = api.BaseURL(), api.Key()
	client, err := wachat.New(config)
	if err != nil {
		t.Fatal(err)
	}
	state, err := client.Require(t.Context(), name, wachat.Requirement{})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func reference(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile("../wachat/testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// with returns the values of an answer that has nothing but its state and name,
// with some of them changed.
func with(changes map[string]attr.Value) map[string]attr.Value {
	values := map[string]attr.Value{
		"state": types.StringValue("close"), "connected": types.BoolValue(false), "api_instance_name": types.StringNull(),
		"display_name": types.StringNull(), "internal_name": types.StringNull(), "profile_name": types.StringNull(),
		"profile_picture_url": types.StringNull(), "number": types.StringNull(), "owner": types.StringNull(), "integration": types.StringNull(),
	}
	maps.Copy(values, changes)
	return values
}

func TestAnswerAttributes_values(t *testing.T) {
	const first, second = "t1_mq9r2jov_jakarta_store", "t1_mqc3zame_jakarta_store"
	connected := func(name, picture string) map[string]attr.Value {
		return map[string]attr.Value{
			"state": types.StringValue("open"), "connected": types.BoolValue(true), "display_name": types.StringValue("jakarta_store"),
			"api_instance_name": types.StringValue(name), "internal_name": types.StringValue(name), "profile_name": types.StringValue("jakarta_store"),
			"profile_picture_url": types.StringValue(picture), "number": types.StringValue("628123456789"),
			"owner": types.StringValue("628123456789@s.whatsapp.net"), "integration": types.StringValue("WHATSAPP-BAILEYS"),
		}
	}
	onlyInternal := map[string]attr.Value{"internal_name": types.StringValue(first)}
	onlyAPI := map[string]attr.Value{"api_instance_name": types.StringValue(first)}
	for _, tt := range []struct {
		name, instance, answer string
		want                   map[string]attr.Value
	}{
		{"the reference page's example", first, reference(t, "reference-example.json"), connected(first, "https://pps.whatsapp.net/v/t61.24694-24/example.jpg")},
		{"the reference page's response", second, reference(t, "reference-response.json"), connected(second, "https://pps.whatsapp.net/...")},
		{"all that may be missing is", first, `{"success":true,"instance":{"state":"close","apiInstanceName":"` + first + `"}}`, with(onlyAPI)},
		{"all that may be null is", first, `{"success":true,"data":null,"instance":{"state":"close","apiInstanceName":null,"internalName":"` + first + `",
			"instanceName":null,"profileName":null,"profilePictureUrl":null,"profilePicUrl":null,"number":null,"owner":null,"integration":null}}`, with(onlyInternal)},
		{"all that may be empty is", first, `{"success":true,"data":{"instance":{"instanceName":"","state":""}},"instance":{"state":"close","apiInstanceName":"` + first + `","internalName":"",
			"instanceName":"","profileName":"","profilePictureUrl":"","profilePicUrl":"","number":"","owner":"","integration":""}}`, with(onlyAPI)},
		{"all that may be of another type is", first, `{"success":true,"data":7,"instance":{"state":"close","apiInstanceName":"` + first + `","internalName":[],
			"instanceName":1,"profileName":true,"profilePictureUrl":{},"profilePicUrl":[""],"number":{},"owner":false,"integration":2}}`, with(onlyAPI)},
		{
			"two pictures differ", first, `{"success":true,"instance":{"state":"close","apiInstanceName":"` + first + `","profilePictureUrl":"https://one.example","profilePicUrl":"https://two.example"}}`,
			with(map[string]attr.Value{"api_instance_name": types.StringValue(first), "profile_picture_url": types.StringValue("https://one.example")}),
		},
		{
			"only the second picture is there", first, `{"success":true,"instance":{"state":"close","apiInstanceName":"` + first + `","profilePictureUrl":null,"profilePicUrl":"https://two.example"}}`,
			with(map[string]attr.Value{"api_instance_name": types.StringValue(first), "profile_picture_url": types.StringValue("https://two.example")}),
		},
		{
			"the number is one", first, `{"success":true,"instance":{"state":"close","apiInstanceName":"` + first + `","number":628123456789}}`,
			with(map[string]attr.Value{"api_instance_name": types.StringValue(first), "number": types.StringValue("628123456789")}),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.want["raw_json"] = types.StringValue(tt.answer)
			got := fieldsOf(reflect.ValueOf(newAnswer(readAnswer(t, tt.instance, tt.answer))))
			for name, want := range tt.want {
				if !want.Equal(got[name]) {
					t.Errorf("%s is %s, want %s", name, got[name], want)
				}
			}
		})
	}
}

// A field that newAnswer forgets would be null in every plan.
func TestAnswerAttributes_complete(t *testing.T) {
	values := fieldsOf(reflect.ValueOf(newAnswer(readAnswer(t, store, reference(t, "reference-example.json")))))
	for name, attribute := range answerAttributes() {
		if value := values[name]; value == nil || value.IsNull() || value.Type(t.Context()) != attribute.GetType() {
			t.Errorf("%s is %v, want a %s", name, value, attribute.GetType())
		}
	}
	if len(values) != len(answerAttributes()) {
		t.Errorf("%d values of %d attributes", len(values), len(answerAttributes()))
	}
}
