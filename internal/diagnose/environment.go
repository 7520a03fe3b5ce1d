// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
)

var proxyVariables = []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"}

// variables names the environment variables that are set and have an effect on
// the provider's requests, without their values.
func variables() string {
	known := slices.Concat([]string{provider.KeyVariable, provider.BaseURLVariable}, proxyVariables, []string{"SSL_CERT_FILE", "SSL_CERT_DIR"})
	set := slices.DeleteFunc(known, func(name string) bool { return os.Getenv(name) == "" })
	if len(set) == 0 {
		return "no variable of the provider is set"
	}
	return "set: " + strings.Join(set, ", ")
}

// proxyOf returns the proxy that the client uses for the base URL, nil if it uses
// none.
func proxyOf(baseURL string) *url.URL {
	base, err := url.Parse(baseURL)
	if err != nil {
		return nil
	}
	address, err := httpproxy.FromEnvironment().ProxyFunc()(base)
	if err != nil {
		return nil
	}
	return address
}

// proxy describes the proxy without its user name and password.
func proxy(baseURL string) string {
	address := proxyOf(baseURL)
	switch {
	case address == nil && slices.ContainsFunc(proxyVariables[:4], func(name string) bool { return os.Getenv(name) != "" }):
		return "none: the one in the environment is not for this base URL, or its address cannot be used"
	case address == nil:
		return "none"
	case address.User != nil:
		return fmt.Sprintf("%s://%s, with a user name", address.Scheme, address.Host)
	}
	return fmt.Sprintf("%s://%s", address.Scheme, address.Host)
}
