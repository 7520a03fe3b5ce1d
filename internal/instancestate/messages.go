// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import "github.com/wachat-net/terraform-provider-wachat/internal/wachat"

// aboutInstance is the argument that names the instance.
const aboutInstance = "instance_name"

// cause is why a read failed. The sentence around it is the same for all.
type cause struct {
	title    string // completes "The provider could not read instance X: "
	argument string // that the error points at, empty for none
	advice   string
}

const (
	aliasAdvice   = "If the key is in a provider block with an alias, refer to that block: provider = wachat.<alias>."
	baseURLAdvice = "Check base_url: it must be the API's address, such as https://app.wachat.net/api/v1"
	timeoutAdvice = "Wait a few minutes and create a new plan. If the network is slow, raise request_timeout in the provider's configuration."
)

// causes are what can go wrong with a read, by the kind of the client's error.
var causes = map[wachat.Kind]cause{
	wachat.KindMissingKey:        {"no API key", "", "Set the environment variable WACHAT_API_KEY, or set api_key in the provider \"wachat\" block from a sensitive variable. The Wachat dashboard shows the key. " + aliasAdvice},
	wachat.KindExposedKey:        {"the API key is in the wrong place", "", "No request was sent. Remove the key from that value: it belongs in WACHAT_API_KEY or api_key only. If the value was printed, stored or committed, replace the key in the Wachat dashboard."},
	wachat.KindInvalidName:       {"the name is not valid", aboutInstance, "No request was sent. Use " + uniqueName + ". A name with white space looks like the display name, which the Wachat dashboard shows."},
	wachat.KindConnection:        {"no connection to Wachat", "", "Check that this machine can reach base_url: its scheme and port, name resolution, firewall, and the proxy in HTTPS_PROXY and NO_PROXY. If it can, Wachat may be down: wait a few minutes and create a new plan."},
	wachat.KindCertificate:       {"the certificate is not trusted", "", "Check base_url, the proxy in HTTPS_PROXY, and this machine's clock. If a proxy in your network inspects TLS, set ca_cert_pem to its CA certificate."},
	wachat.KindClientCertificate: {"the server requires a client certificate", "", "The provider cannot present one. Check base_url: Wachat's API requires an API key only. If a proxy in your network requires the certificate, have the network's operator exempt Wachat."},
	wachat.KindProxy:             {"the proxy refused", "", "Check the proxy in HTTPS_PROXY or HTTP_PROXY, its user name and password, and NO_PROXY."},
	wachat.KindTimeout:           {"no answer in time", "", timeoutAdvice},
	wachat.KindRedirect:          {"the answer was a redirect", "", "The provider follows no redirect, because another host could report a wrong state. " + baseURLAdvice + ". If the redirect leads to a login page, something between this machine and Wachat requires a login."},
	wachat.KindBadRequest:        {"the request was refused", aboutInstance, "Check that the name is " + uniqueName + ", and that base_url is correct."},
	wachat.KindUnauthorized:      {"the API key was not accepted", "", "Check that the key is complete and valid, and belongs to the account of the instance. " + aliasAdvice},
	wachat.KindForbidden:         {"access was denied", aboutInstance, "Check that the API key belongs to the account of the instance, and that the account is in good standing. A firewall in front of Wachat may also block the address of this machine."},
	wachat.KindNotFound:          {"not found", aboutInstance, "Either there is no such instance in the account of the API key: check that the name is " + uniqueName + " and not the display name, and that the instance still exists. Or the address is wrong. " + baseURLAdvice + "."},
	wachat.KindConflict:          {"there is a conflict", aboutInstance, "Another operation is in progress. Look at the instance in the Wachat dashboard, wait until the operation has finished, and create a new plan."},
	wachat.KindRateLimited:       {"too many requests", "", "Wait a few minutes, or as long as Wachat requires, and create a new plan. To send fewer requests, lower max_concurrent_requests or set requests_per_second in the provider's configuration."},
	wachat.KindUnavailable:       {"Wachat is not available", "", "Wait a few minutes, or as long as Wachat requires, and create a new plan. If the error persists, contact Wachat's support."},
	wachat.KindRejected:          {"the request was refused", "", baseURLAdvice + ". If it is, contact Wachat's support."},
	wachat.KindMalformed:         {"the answer is not valid", "", baseURLAdvice + ", and no proxy or login page may answer in its place."},
	wachat.KindNoState:           {"no state yet", aboutInstance, "Wachat has not loaded the instance yet, for example because it has just restarted. Wait a moment and create a new plan, or let the provider wait for longer with required_state and wait_timeout. If this does not change, restart the instance in the Wachat dashboard."},
	wachat.KindStale:             {"the answer is out of date", "", "It came from a cache. Check the proxies and caches between this machine and Wachat: they must not store the API's answers."},
	wachat.KindUnsuccessful:      {"Wachat reported a failure", aboutInstance, "Look at the instance in the Wachat dashboard, and create a new plan."},
	wachat.KindOtherInstance:     {"the answer is about another instance", aboutInstance, "Use the unique API name of the instance that you mean. A display name is not unique and cannot be used."},
	wachat.KindContradiction:     {"the answer contradicts itself", aboutInstance, "The instance may be connecting or disconnecting: wait a moment and create a new plan."},
}

// The causes that are not the client's.
var (
	unknownConfiguration = cause{"the provider's configuration is not known yet", "", "Do one of the following: set values that are known when the plan is created; create the resources that the values come from first (terraform apply -target=...); or defer this read until apply too, with an argument that is known only then."}
	invalidConfiguration = cause{"the provider's configuration is invalid", "", "Correct api_key, base_url or ca_cert_pem in the provider \"wachat\" block. Where the block does not set them, correct WACHAT_API_KEY or WACHAT_BASE_URL."}
	notRead              = cause{"not read", "", "Fix the other error, and create a new plan."}
	interrupted          = cause{"interrupted", "", "Create a new plan."}
)
