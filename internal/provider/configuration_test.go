// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

func TestModel_everyArgument(t *testing.T) {
	got := model{
		APIKey: types.StringValue("wk_test"), BaseURL: types.StringValue("https://wachat.test"), RequestTimeout: types.StringValue("1s"),
		MaxRetries: types.Int64Value(2), RetryWaitMin: types.StringValue("3s"), RetryWaitMax: types.StringValue("4s"),
		MaxConcurrentRequests: types.Int64Value(5), RequestsPerSecond: types.Float64Value(6.5), CACertPEM: types.StringValue("pem"),
	}.config()
	want := wachat.Config{
		Key: "wk_test", BaseURL: "https://wachat.test", RequestTimeout: time.Second,
		MaxRetries: 2, RetryWaitMin: 3 * time.Second, RetryWaitMax: 4 * time.Second,
		MaxConcurrentRequests: 5, RequestsPerSecond: 6.5, CACertPEM: "pem",
	}
	got.DialContext, got.Jitter = nil, nil // functions cannot be compared
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestModel_nullIsTheDefault(t *testing.T) {
	t.Setenv(KeyVariable, "")
	t.Setenv(BaseURLVariable, "")
	got := model{}.config()
	want := wachat.Config{
		BaseURL: "https://app.wachat.net/api/v1", RequestTimeout: 15 * time.Second,
		MaxRetries: 3, RetryWaitMin: 500 * time.Millisecond, RetryWaitMax: 30 * time.Second,
		MaxConcurrentRequests: 10,
	}
	got.DialContext, got.Jitter = nil, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// An empty text is not null: it does not make the provider use the variable.
func TestModel_emptyKeyIsNotNull(t *testing.T) {
	t.Setenv(KeyVariable, "wk_test")
	if got := (model{APIKey: types.StringValue("")}).config(); got.Key != "" {
		t.Errorf("the key is %q", got.Key)
	}
}

func TestEnvironmentConfig(t *testing.T) {
	t.Setenv(KeyVariable, " wk_test\n")
	t.Setenv(BaseURLVariable, "\thttps://wachat.test ")
	config := EnvironmentConfig("1.0.0", "abc")
	if config.Key != "wk_test" || config.BaseURL != "https://wachat.test" || !strings.HasPrefix(config.UserAgent, "terraform-provider-wachat/1.0.0 (abc;") {
		t.Errorf("got %+v", config)
	}
}
