// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// message is an error in the provider's words. It is itself the error of a read that
// did not begin. It is complete without the summary, which Terraform replaces for an
// action.
type message struct {
	summary  string
	text     string // with subject in the place of the instance
	argument string // that the error points at, empty for none
}

const subject = "{instance}"

// message is the one form of all reads that failed.
func (c cause) message(details, facts string) message {
	happened := "The provider could not read " + subject + ": " + c.title + details + "."
	return message{"Unable to read instance state: " + c.title, paragraphs(happened, facts, c.advice), c.argument}
}

func (m message) Error() string { return m.summary }

// explain returns the message for an error of a read. Several leaves out what differs
// between instances for which a read failed in the same way.
func (d ProviderData) explain(err error, several bool) message {
	if e, ok := errors.AsType[*wachat.StateError](err); ok {
		return explainMismatch(e, several)
	}
	if e, ok := errors.AsType[*wachat.Error](err); ok {
		return d.explainFailure(*e, several)
	}
	if m, ok := errors.AsType[message](err); ok {
		return m
	}
	if errors.Is(err, wachat.ErrNotRead) {
		return notRead.message(" (other reads failed for a reason that affects all instances)", "")
	}
	return interrupted.message("", "") // all else is the cause of the context's end
}

func (d ProviderData) explainFailure(e wachat.Error, several bool) message {
	if several && e.Instance != "" { // without one, nothing was sent
		e.RequestID = ""
		e.Message = strings.ReplaceAll(e.Message, e.Instance, "(instance)")
		e.Answer = strings.ReplaceAll(e.Answer, e.Instance, "(instance)")
	}
	c, tried := causes[e.Kind], ""
	switch {
	case e.Transient():
		tried = "The provider tried " + times(e.Attempts) + "."
	case e.TooLong:
		tried = fmt.Sprintf("Wachat requires a pause of %s before the next request (Retry-After). That is longer than retry_wait_max, which is %s, so the provider did not wait.", e.RetryAfter, d.config.RetryWaitMax)
		c.advice = fmt.Sprintf("Create a new plan after the pause, or raise retry_wait_max in the provider's configuration to at least %s.", e.RetryAfter)
	}
	return c.message(details(e), paragraphs(d.known(e.Kind), prefixed("The answer was ", e.Answer), tried, prefixed("Request ID: ", e.RequestID)))
}

// oneLine says in one line why a read failed.
func oneLine(err error) string {
	if e, ok := errors.AsType[*wachat.Error](err); ok {
		return causes[e.Kind].title + details(*e)
	}
	return err.Error()
}

// details are the status of the answer and what is wrong, in parentheses. A success
// explains no error, and the reason of a malformed answer has the status.
func details(e wachat.Error) string {
	text := strings.TrimSuffix(cmp.Or(e.Reason, e.Message), ".")
	if e.Status >= 300 && e.Kind != wachat.KindMalformed {
		text = fmt.Sprintf("HTTP %d", e.Status) + prefixed(": ", text)
	}
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// known is what the provider knows about a cause.
func (d ProviderData) known(kind wachat.Kind) string {
	switch {
	case kind == wachat.KindNotFound:
		return "The provider asked " + strings.TrimRight(d.config.BaseURL, "/") + "/instance/state."
	case kind == wachat.KindUnauthorized:
		return fmt.Sprintf("The key comes from %s and has %d characters.", d.keySource, utf8.RuneCountInString(d.config.Key))
	case kind == wachat.KindMissingKey && d.keySource == "api_key":
		return "api_key is empty, which is not the same as null: the provider does not use WACHAT_API_KEY then. Remove api_key, or give it the key."
	}
	return ""
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// prefixed is empty if the text is.
func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// paragraphs joins those that are not empty.
func paragraphs(texts ...string) string {
	texts = slices.DeleteFunc(texts, func(text string) bool { return text == "" })
	return strings.Join(texts, "\n\n")
}
