// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// summary is the one form of every error's first line, to be searched for.
func summary(title string) string { return "Unable to read instance state: " + title }

// Diagnose says what an error of the client means to somebody who runs
// Terraform. The detail stands by itself: Terraform replaces the summary of an
// action's error.
func Diagnose(err error, name string) diag.Diagnostic {
	return explain(err, quoted(name)).diagnostic()
}

// explanation is an error in the provider's words.
type explanation struct {
	title    string // ends the summary
	detail   string
	argument string // the one to look at; empty if it is none of the read's
}

func (e explanation) diagnostic() diag.Diagnostic {
	if e.argument == "" {
		return diag.NewErrorDiagnostic(summary(e.title), e.detail)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(e.argument), summary(e.title), e.detail)
}

func quoted(name string) string { return fmt.Sprintf("instance %q", name) }

func explain(err error, subject string) explanation {
	var (
		failure  *wachat.Error
		mismatch *wachat.StateError
	)
	switch {
	case errors.As(err, &failure):
		return explainFailure(failure, subject)
	case errors.As(err, &mismatch):
		return explainMismatch(mismatch, subject)
	case errors.Is(err, wachat.ErrNotRead):
		return explanation{title: "gave up", detail: paragraphs(
			"Wachat was not asked about "+subject+", or not to the end, because the reads of other instances failed in a way that this would have failed in too.",
			"Mend what the other error tells of, and run the command again.")}
	case errors.Is(err, context.Canceled):
		return explanation{title: "interrupted", detail: paragraphs(
			"Reading the state of "+subject+" was interrupted before it came to its end.",
			"Run the command again.")}
	}
	return explanation{title: "unexpected error", detail: paragraphs(
		fmt.Sprintf("Reading the state of %s failed: %s.", subject, err),
		"This is a bug in the provider: please report it.")}
}

func explainFailure(e *wachat.Error, subject string) explanation {
	v := errorTexts[e.Kind]
	told := explanation{
		title: v.title,
		detail: paragraphs(
			happened(e, v, subject),
			answered(e),
			attempts(e),
			tooLong(e),
			v.advice,
			quote("Request ID: ", e.RequestID),
		),
	}
	if v.aboutInstance {
		told.argument = instanceNameAttribute
	}
	return told
}

// explainMismatch tells of an instance that is not in the required state, and
// of what there was to see of it.
func explainMismatch(e *wachat.StateError, subject string) explanation {
	found := fmt.Sprintf("The state of %s is %q, but %q is required.", subject, e.Found, e.Required)
	if e.Found == "" {
		found = fmt.Sprintf("The state of %s is not known, but %q is required.", subject, e.Required)
	}
	told := explanation{
		title:    "the instance is not in the required state",
		argument: requiredStateAttribute,
		detail:   paragraphs(found, waited(e), lastPoll(e), whatToDo(e)),
	}
	return told
}

func waited(e *wachat.StateError) string {
	switch {
	case e.Waited == 0:
		return ""
	case e.Polls == 0:
		return fmt.Sprintf("The provider waited %s.", e.Waited.Round(time.Second))
	}
	return fmt.Sprintf("The provider waited %s and looked %s.", e.Waited.Round(time.Second), times(e.Polls))
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// lastPoll is what was wrong with the last look, without its advice: the
// waiting has already done what there is to do.
func lastPoll(e *wachat.StateError) string {
	if e.Last == nil {
		return ""
	}
	text := "The last look failed: " + errorTexts[e.Last.Kind].title + status(e.Last)
	if because := cmp.Or(e.Last.Message, e.Last.Reason); because != "" {
		text += ": " + because
	}
	text += "."
	if e.Last.HasRetryAfter {
		text += fmt.Sprintf(" Wachat asked to wait %s before the next one.", e.Last.RetryAfter)
	}
	return text
}

func whatToDo(e *wachat.StateError) string {
	if e.Required == wachat.StateOpen {
		return "Open the Wachat dashboard, choose the instance and scan its QR code with the phone. Then run the command again."
	}
	return "Look at the instance in the Wachat dashboard, bring it into that state, and run the command again."
}

// errorText is what the provider says of one kind of error.
type errorText struct {
	title         string
	happened      string // %s is the subject
	advice        string
	aboutInstance bool
}

var errorTexts = map[wachat.Kind]errorText{
	wachat.KindMissingKey: {
		title:    "no API key",
		happened: "There is no API key to ask for the state of %s with.",
		advice:   "Set the environment variable WACHAT_API_KEY, or api_key in the provider \"wachat\" block from a sensitive variable. The key is in the Wachat dashboard.",
	},
	wachat.KindConnection: {
		title:    "no connection to Wachat",
		happened: "Wachat could not be asked for the state of %s.",
		advice:   "Check that this machine reaches base_url: name resolution, firewall, and the proxy in HTTPS_PROXY and NO_PROXY. If it does, Wachat may be down: try again later.",
	},
	wachat.KindCertificate: {
		title:    "the server's certificate is not trusted",
		happened: "The server at base_url was not asked for the state of %s, because its certificate does not verify.",
		advice:   "Check base_url. Where a proxy of your own opens TLS connections, give its CA certificate in ca_cert_pem.",
	},
	wachat.KindProxy: {
		title:    "the proxy refused",
		happened: "Wachat could not be asked for the state of %s through the proxy.",
		advice:   "Check the proxy in HTTPS_PROXY or HTTP_PROXY, its user name and password, and NO_PROXY.",
	},
	wachat.KindTimeout: {
		title:    "no answer in time",
		happened: "Asking Wachat about %s took longer than request_timeout allows.",
		advice:   "Try again later, or raise request_timeout in the provider's configuration if the network is slow.",
	},
	wachat.KindRedirect: {
		title:    "the answer was a redirect",
		happened: "The server redirected the request about %s. A redirect is never followed, since another host would then say what state the instance is in.",
		advice:   "Check base_url: it must be the API's own address, such as https://app.wachat.net/api/v1. A redirect to a login page means that something between this machine and Wachat wants you to log in.",
	},
	wachat.KindBadRequest: {
		title:         "the request was refused",
		happened:      "Wachat refused the request about %s as invalid.",
		advice:        "Check that the name is the unique API name, such as t1_mq9r2jov_jakarta_store, and that base_url is the API's.",
		aboutInstance: true,
	},
	wachat.KindUnauthorized: {
		title:    "the API key was not accepted",
		happened: "Wachat did not accept the API key with which it was asked about %s.",
		advice:   "Check api_key in the provider's configuration, or WACHAT_API_KEY where api_key is not set: whether the key is complete, still valid, and of the account that the instance belongs to.",
	},
	wachat.KindForbidden: {
		title:         "access was denied",
		happened:      "Wachat denied access to %s.",
		advice:        "Check that the API key belongs to the account that the instance belongs to, and that the account is in good standing. A firewall in front of the API may also deny this machine's address.",
		aboutInstance: true,
	},
	wachat.KindNotFound: {
		title:         "there is no such instance",
		happened:      "Wachat does not know %s.",
		advice:        "Check that the name is the unique API name (apiInstanceName, such as t1_mq9r2jov_jakarta_store), not the display name, that the instance still exists in the account of the API key, and that base_url is the API's.",
		aboutInstance: true,
	},
	wachat.KindConflict: {
		title:         "there is a conflict",
		happened:      "Wachat answered that the request about %s conflicts with what goes on at the instance.",
		advice:        "Look at the instance in the Wachat dashboard, wait until what goes on there has ended, and try again.",
		aboutInstance: true,
	},
	wachat.KindRateLimited: {
		title:    "too many requests",
		happened: "Wachat answered that it gets too many requests, when it was asked about %s.",
		advice:   "Lower max_concurrent_requests or set requests_per_second in the provider's configuration, or try again later.",
	},
	wachat.KindUnavailable: {
		title:    "Wachat is not available",
		happened: "Wachat answered that it cannot give the state of %s now.",
		advice:   "Try again later. If it stays so, ask Wachat's support.",
	},
	wachat.KindRejected: {
		title:    "the request was refused",
		happened: "The server refused the request about %s.",
		advice:   "Check that base_url is the API's address, such as https://app.wachat.net/api/v1. If it is, ask Wachat's support.",
	},
	wachat.KindMalformed: {
		title:    "the answer makes no sense",
		happened: "The server's answer about %s is not one that Wachat's API gives, so the instance's state is not known.",
		advice:   "Check that base_url is the API's address, such as https://app.wachat.net/api/v1, and that nothing between this machine and Wachat answers in its place.",
	},
	wachat.KindNoState: {
		title:         "no state yet",
		happened:      "Wachat reports no state for %s now: it has not loaded the instance yet, for example because it has just restarted.",
		advice:        "Try again in a moment, or set wait_timeout. If this does not change, restart the instance in the Wachat dashboard.",
		aboutInstance: true,
	},
	wachat.KindStale: {
		title:    "the answer is out of date",
		happened: "The answer about %s comes from a cache, so it does not say what the state is now.",
		advice:   "Check the proxies and caches between this machine and Wachat: they must not store the API's answers.",
	},
	wachat.KindUnsuccessful: {
		title:         "Wachat could not tell",
		happened:      "Wachat's answer about %s does not say that it succeeded (success is not true), so the instance's state is not known.",
		advice:        "Look at the instance in the Wachat dashboard, and try again.",
		aboutInstance: true,
	},
	wachat.KindOtherInstance: {
		title:         "the answer is about another instance",
		happened:      "Wachat was asked about %s and answered about another one.",
		advice:        "Use the unique API name of the instance that you mean. A display name is not unique and cannot be used.",
		aboutInstance: true,
	},
	wachat.KindContradiction: {
		title:         "the answer contradicts itself",
		happened:      "Wachat's answer gives two states of %s, and one of them is open, so it is not known whether the instance is connected.",
		advice:        "The instance may be connecting or dropping just now: try again in a moment.",
		aboutInstance: true,
	},
}

// happened is the first paragraph: what happened, and to which instance.
func happened(e *wachat.Error, v errorText, subject string) string {
	text := fmt.Sprintf(v.happened, subject)
	switch {
	case e.Kind == wachat.KindContradiction:
		text += fmt.Sprintf(" instance.state is %q, data.instance.state is %q.", e.State, e.RawState)
	case e.Kind == wachat.KindOtherInstance && e.OtherName == "":
		text += fmt.Sprintf(" It gives no unique name at all, and the display name %q.", e.DisplayName)
	case e.Kind == wachat.KindOtherInstance:
		text += fmt.Sprintf(" Its unique name is %q, its display name is %q.", e.OtherName, e.DisplayName)
	case e.Kind == wachat.KindRedirect:
		text += " It leads " + e.Reason + "."
	case e.Reason != "":
		text += " The reason: " + e.Reason + "."
	}
	return text
}

// answered is what came from the API, in its own words where it has some.
func answered(e *wachat.Error) string {
	switch {
	case e.Status == 0 || e.Kind == wachat.KindProxy:
		return ""
	case e.Message != "":
		return "Wachat says" + status(e) + ": " + e.Message
	case e.Answer != "":
		return "The answer" + status(e) + " was " + e.Answer
	case e.Status/100 == 2:
		return ""
	}
	return fmt.Sprintf("The answer had HTTP status %d.", e.Status)
}

// status leaves out a success, which says nothing about an error.
func status(e *wachat.Error) string {
	if e.Status == 0 || e.Status/100 == 2 {
		return ""
	}
	return fmt.Sprintf(" (HTTP status %d)", e.Status)
}

// attempts counts where there could have been more than one.
func attempts(e *wachat.Error) string {
	if !e.Retryable() {
		return ""
	}
	return "It was tried " + times(e.Attempts) + "."
}

func tooLong(e *wachat.Error) string {
	if !e.TooLong {
		return ""
	}
	return fmt.Sprintf("It asked to wait %s before the next request, which is longer than retry_wait_max allows, so it was not asked again.", e.RetryAfter)
}

func quote(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

// paragraphs joins those that are not empty.
func paragraphs(texts ...string) string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, "\n\n")
}

// warnings are what a user should know of answers that were good enough.
func warnings(at path.Path, states ...*wachat.InstanceState) diag.Diagnostics {
	var lines []string
	for _, state := range states {
		if state.RawState != "" {
			lines = append(lines, fmt.Sprintf("Wachat's answer about %s says %q in instance.state and %q in data.instance.state.", quoted(state.Name), state.State, state.RawState))
		}
	}
	diags := withheldWarnings(at, states)
	if len(lines) == 0 {
		return diags
	}
	lines = append(lines, "Neither is open, so it is not connected; state is the first of the two.")
	return append(diags, diag.NewAttributeWarningDiagnostic(at, "An answer gives two instance states", paragraphs(lines...)))
}

// withheldWarnings lists what is null because it contains the API key.
func withheldWarnings(at path.Path, states []*wachat.InstanceState) diag.Diagnostics {
	var lines []string
	for _, state := range states {
		var left []string
		for _, name := range state.Withheld {
			left = append(left, "instance."+name)
		}
		if state.Raw == "" {
			left = append(left, "the whole answer (raw_json)")
		}
		if len(left) > 0 {
			lines = append(lines, fmt.Sprintf("Wachat's answer about %s contains the API key in an encoding that cannot be replaced. Null are therefore: %s.", quoted(state.Name), strings.Join(left, ", ")))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	lines = append(lines, "An answer should never contain the key: ask Wachat's support.")
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "An answer contains the API key", paragraphs(lines...))}
}
