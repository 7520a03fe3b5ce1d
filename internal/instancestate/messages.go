// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import "github.com/wachat-net/terraform-provider-wachat/internal/wachat"

// errorText is the provider's message for one kind of error.
type errorText struct {
	title         string // ends the summary
	happened      string // %s is the instance or the instances: the object of the sentence
	advice        string
	aboutInstance bool // points at the argument that names the instance
}

var errorTexts = map[wachat.Kind]errorText{
	wachat.KindMissingKey: {
		title:    "no API key",
		happened: "No API key is configured, so the provider did not read %s.",
		advice:   "Set the environment variable WACHAT_API_KEY, or set api_key in the provider \"wachat\" block from a sensitive variable. The Wachat dashboard shows the key.",
	},
	wachat.KindConnection: {
		title:    "no connection to Wachat",
		happened: "The connection to Wachat failed while the provider was reading %s.",
		advice:   "Check that this machine can reach base_url: name resolution, firewall, and the proxy in HTTPS_PROXY and NO_PROXY. If it can, Wachat may be down: wait a few minutes and create a new plan.",
	},
	wachat.KindCertificate: {
		title:    "the server's certificate is not trusted",
		happened: "The certificate of the server at base_url could not be verified, so the provider did not read %s.",
		advice:   "Check base_url. If a proxy in your network inspects TLS, set ca_cert_pem to its CA certificate.",
	},
	wachat.KindProxy: {
		title:    "the proxy refused",
		happened: "The proxy did not forward the request for %s.",
		advice:   "Check the proxy in HTTPS_PROXY or HTTP_PROXY, its user name and password, and NO_PROXY.",
	},
	wachat.KindTimeout: {
		title:    "no answer in time",
		happened: "Wachat did not answer the request for %s in time.",
		advice:   "Wait a few minutes and create a new plan. If the network is slow, raise request_timeout in the provider's configuration.",
	},
	wachat.KindRedirect: {
		title:    "the answer was a redirect",
		happened: "The server redirected the request for %s. The provider does not follow redirects, because another host could report a wrong state.",
		advice:   "Check base_url: it must be the API's own address, such as https://app.wachat.net/api/v1. If the redirect leads to a login page, something between this machine and Wachat requires a login.",
	},
	wachat.KindBadRequest: {
		title:         "the request was refused",
		happened:      "Wachat refused the request for %s as invalid.",
		advice:        "Check that the name is the unique API name, such as t1_mq9r2jov_jakarta_store, and that base_url is correct.",
		aboutInstance: true,
	},
	wachat.KindUnauthorized: {
		title:    "the API key was not accepted",
		happened: "Wachat did not accept the API key, so the provider could not read %s.",
		advice:   "Check api_key in the provider's configuration, or WACHAT_API_KEY if api_key is not set: the key must be complete and valid, and belong to the account of the instance.",
	},
	wachat.KindForbidden: {
		title:         "access was denied",
		happened:      "Wachat denied access to %s.",
		advice:        "Check that the API key belongs to the account of the instance, and that the account is in good standing. A firewall in front of Wachat may also block the address of this machine.",
		aboutInstance: true,
	},
	wachat.KindNotFound: {
		title:         "there is no such instance",
		happened:      "Wachat does not know %s.",
		advice:        "Check that the name is the unique API name (apiInstanceName, such as t1_mq9r2jov_jakarta_store) and not the display name, that the instance still exists in the account of the API key, and that base_url is correct.",
		aboutInstance: true,
	},
	wachat.KindConflict: {
		title:         "there is a conflict",
		happened:      "Wachat reported a conflict with another operation on %s.",
		advice:        "Check the instance in the Wachat dashboard, wait until the operation has finished, and create a new plan.",
		aboutInstance: true,
	},
	wachat.KindRateLimited: {
		title:    "too many requests",
		happened: "Wachat received too many requests and did not report the state of %s.",
		advice:   "Wait a few minutes and create a new plan. To send fewer requests, lower max_concurrent_requests or set requests_per_second in the provider's configuration.",
	},
	wachat.KindUnavailable: {
		title:    "Wachat is not available",
		happened: "Wachat could not report the state of %s.",
		advice:   "Wait a few minutes and create a new plan. If the error persists, contact Wachat's support.",
	},
	wachat.KindRejected: {
		title:    "the request was refused",
		happened: "The server refused the request for %s.",
		advice:   "Check that base_url is the API's address, such as https://app.wachat.net/api/v1. If it is, contact Wachat's support.",
	},
	wachat.KindMalformed: {
		title:    "the answer is not valid",
		happened: "The answer about %s is not a valid answer of Wachat's API, so the state is unknown.",
		advice:   "Check that base_url is the API's address, such as https://app.wachat.net/api/v1, and that no proxy or login page answers in its place.",
	},
	wachat.KindNoState: {
		title:         "no state yet",
		happened:      "Wachat reports no state for %s now. It has not loaded the instance yet, for example because it has just restarted.",
		advice:        "Wait a moment and create a new plan, or set required_state and wait_timeout to let the provider wait. If this does not change, restart the instance in the Wachat dashboard.",
		aboutInstance: true,
	},
	wachat.KindStale: {
		title:    "the answer is out of date",
		happened: "The answer about %s came from a cache, so the current state is unknown.",
		advice:   "Check the proxies and caches between this machine and Wachat: they must not store the API's answers.",
	},
	wachat.KindUnsuccessful: {
		title:         "Wachat reported a failure",
		happened:      "Wachat's answer about %s does not report success (success is not true), so the state is unknown.",
		advice:        "Check the instance in the Wachat dashboard, and create a new plan.",
		aboutInstance: true,
	},
	wachat.KindOtherInstance: {
		title:         "the answer is about another instance",
		happened:      "Wachat answered the request for %s with the state of another instance.",
		advice:        "Use the unique API name of the instance that you mean. A display name is not unique and cannot be used.",
		aboutInstance: true,
	},
	wachat.KindContradiction: {
		title:         "the answer contradicts itself",
		happened:      "Wachat's answer gives two different states for %s, one of them \"open\", so the state is unknown.",
		advice:        "The instance may be connecting or disconnecting: wait a moment and create a new plan.",
		aboutInstance: true,
	},
}
