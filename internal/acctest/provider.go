// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// Shop is the instance that an API from [StartAPI] knows.
const Shop = "t1_mq9r2jov_jakarta_store"

// Factories serve the provider from the test's own process.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"wachat": providerserver.NewProtocol6WithError(provider.New("test", "none")()),
	}
}

// StartAPI starts an API that knows the instance [Shop], open, and closes it
// after the test.
func StartAPI(t *testing.T, options ...wachattest.Option) *wachattest.Server {
	t.Helper()
	api := wachattest.New(options...)
	t.Cleanup(api.Close)
	api.Create(Shop)
	return api
}

// Provider returns a provider block for the API, with further arguments, one a
// line, after those that lead to it.
func Provider(api *wachattest.Server, arguments ...string) string {
	arguments = append(arguments, fmt.Sprintf("api_key = %q", api.Key()), fmt.Sprintf("base_url = %q", api.BaseURL()))
	if pem := api.CACertPEM(); pem != "" {
		arguments = append(arguments, fmt.Sprintf("ca_cert_pem = %q", pem))
	}
	return "provider \"wachat\" {\n  " + strings.Join(arguments, "\n  ") + "\n}\n"
}

// Framed matches a text that Terraform may have broken into framed lines.
func Framed(text string) *regexp.Regexp {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = regexp.QuoteMeta(word)
	}
	return regexp.MustCompile(strings.Join(words, `[\s│]+`))
}
