// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// summary is the first line of the error of a read that failed.
func summary(title string) string { return "Unable to read instance state: " + title }

// Diagnose returns the provider's message for an error of the client's read of
// the instance called name. The detail is complete without the summary, which
// Terraform replaces for an action.
func Diagnose(err error, name string) diag.Diagnostic {
	return explain(err, quoted(name)).diagnostic()
}

// explanation is an error in the provider's words.
type explanation struct {
	summary  string
	detail   string
	argument string // that the error is about; empty if it is none of the surface's
}

func (e explanation) diagnostic() diag.Diagnostic {
	if e.argument == "" {
		return diag.NewErrorDiagnostic(e.summary, e.detail)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(e.argument), e.summary, e.detail)
}

func quoted(name string) string { return fmt.Sprintf("instance %q", name) }

// explain takes the subject of the error: the instance, or several.
func explain(err error, subject string) explanation {
	var (
		failure  *wachat.Error
		shared   sharedStateError
		mismatch *wachat.StateError
	)
	switch {
	case errors.As(err, &failure):
		return explainFailure(failure, subject)
	case errors.As(err, &shared):
		return explainMismatch(shared.StateError, foundInSeveral(shared.StateError, subject))
	case errors.As(err, &mismatch):
		return explainMismatch(mismatch, found(mismatch, subject))
	case errors.Is(err, wachat.ErrNotRead):
		return explanation{summary: summary("not read"), detail: paragraphs(
			"The provider did not finish reading "+subject+", because other reads failed for a reason that affects all instances.",
			"Fix the other error, and create a new plan.")}
	case errors.Is(err, context.Canceled):
		return explanation{summary: summary("interrupted"), detail: paragraphs(
			"An interrupt stopped the provider before it had read "+subject+".",
			"Create a new plan.")}
	}
	return explanation{summary: summary("unexpected error"), detail: paragraphs(
		fmt.Sprintf("The provider could not read %s: %s.", subject, err),
		"This is a bug in the provider. Please report it.")}
}

func explainFailure(e *wachat.Error, subject string) explanation {
	text := errorTexts[e.Kind]
	told := explanation{
		summary: summary(text.title),
		detail: paragraphs(
			happened(e, text, subject),
			answered(e),
			attempts(e),
			advice(e),
			labeled("Request ID: ", e.RequestID),
		),
	}
	if text.aboutInstance {
		told.argument = instanceNameAttribute
	}
	return told
}

// happened is the first paragraph: what happened, and to which instance.
func happened(e *wachat.Error, t errorText, subject string) string {
	text := fmt.Sprintf(t.happened, subject)
	switch {
	case e.Kind == wachat.KindContradiction:
		text += fmt.Sprintf(" instance.state is %q, data.instance.state is %q.", e.State, e.RawState)
	case e.Kind == wachat.KindOtherInstance && e.OtherName == "":
		text += fmt.Sprintf(" The answer has no unique name, only the display name %q.", e.DisplayName)
	case e.Kind == wachat.KindOtherInstance:
		text += fmt.Sprintf(" Its unique name is %q, its display name is %q.", e.OtherName, e.DisplayName)
	case e.Kind == wachat.KindRedirect:
		text += " It leads " + e.Reason + "."
	case e.Reason != "":
		text += " Reason: " + e.Reason + "."
	}
	if e.Kind != wachat.KindOtherInstance {
		text += shownAs(e.DisplayName)
	}
	return text
}

// shownAs is the sentence with the instance's name in the dashboard, if that is
// known.
func shownAs(displayName string) string {
	if displayName == "" {
		return ""
	}
	return fmt.Sprintf(" The Wachat dashboard shows the instance as %q.", displayName)
}

// answered is the API's answer, in the API's own words if it has any.
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

// status leaves out a success, which explains no error.
func status(e *wachat.Error) string {
	if e.Status == 0 || e.Status/100 == 2 {
		return ""
	}
	return fmt.Sprintf(" (HTTP status %d)", e.Status)
}

// attempts says how often the provider tried, or why it did not retry.
func attempts(e *wachat.Error) string {
	switch {
	case e.TooLong:
		return fmt.Sprintf("Wachat requires a pause of %s before the next request (Retry-After). That is longer than retry_wait_max, which is %s, so the provider did not wait.", e.RetryAfter, e.RetryWaitMax)
	case e.Transient():
		return "The provider tried " + times(e.Attempts) + "."
	}
	return ""
}

func advice(e *wachat.Error) string {
	if e.TooLong {
		return fmt.Sprintf("Create a new plan after the pause, or raise retry_wait_max in the provider's configuration to at least %s.", e.RetryAfter)
	}
	return errorTexts[e.Kind].advice
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func labeled(label, text string) string {
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
