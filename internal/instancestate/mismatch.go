// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// flapping is how many changes of the state in one wait show a reconnect loop.
// An instance that connects once changes twice: close, connecting, open.
const flapping = 3

// explainMismatch is about an instance that is not in the required state, or was
// not in it for long enough.
func explainMismatch(e *wachat.StateError, what string) explanation {
	return explanation{
		summary:  "Instance not in the required state",
		argument: requiredStateAttribute,
		detail:   paragraphs(what, waited(e), lastPoll(e), mismatchAdvice(e)),
	}
}

// isUnsteady reports whether the instance was in the required state and left it, or
// keeps changing.
func isUnsteady(e *wachat.StateError) bool {
	return e.Held > 0 && e.Found != e.Required || e.Changes >= flapping
}

// found is what was required and what the provider found.
func found(e *wachat.StateError, subject string) string {
	var text string
	switch {
	case e.Found == "":
		text = fmt.Sprintf("The state of %s was still unknown when the wait ended, but %q is required.", subject, e.Required)
	case e.Held > 0 && e.Found != e.Required:
		text = fmt.Sprintf("The state of %s was %q for %s, then %q, but %q is required for %s.", subject, e.Required, rounded(e.Held), e.Found, e.Required, e.StableFor)
	case e.Found == e.Required:
		text = fmt.Sprintf("The state of %s was %q for %s, but %q is required for %s.", subject, e.Required, rounded(e.Held), e.Required, e.StableFor)
	default:
		text = fmt.Sprintf("The state of %s is %q, but %q is required.", subject, e.Found, e.Required)
	}
	if e.Changes >= flapping {
		text += fmt.Sprintf(" It changed %s in %s: the instance keeps reconnecting.", times(e.Changes), rounded(e.Waited))
	}
	return text + shownAs(e.DisplayName)
}

// foundInSeveral is found for several instances, without numbers.
func foundInSeveral(e *wachat.StateError, subject string) string {
	if !isUnsteady(e) {
		return found(e, subject)
	}
	text := fmt.Sprintf("The state of %s did not stay %q", subject, e.Required)
	if e.StableFor > 0 {
		text += fmt.Sprintf(" for %s", e.StableFor)
	}
	if e.Changes >= flapping {
		text += ": the instances keep reconnecting"
	}
	return text + "."
}

// rounded is a duration as a person reads it.
func rounded(d time.Duration) string {
	return cmp.Or(d.Round(time.Second), d.Round(time.Millisecond)).String()
}

func waited(e *wachat.StateError) string {
	if e.Waited == 0 {
		return ""
	}
	text := "The provider waited " + rounded(e.Waited)
	switch {
	case e.Polls > 0:
		text += " and polled " + times(e.Polls) + "."
	case e.Found == "" && e.Last == nil:
		text += ", but no poll ended in time."
	default:
		text += "."
	}
	if e.Stopped {
		text += " The wait ended early, because another instance failed permanently."
	}
	return text
}

// lastPoll is why the last poll failed, or was not sent.
func lastPoll(e *wachat.StateError) string {
	switch {
	case e.Last == nil:
		return ""
	case e.Last.Attempts == 0:
		return fmt.Sprintf("Wachat requires a pause of %s before the next request (Retry-After), which does not end in time, so the provider did not poll again.", e.Last.RetryAfter)
	}
	text := "The last poll failed: " + errorTexts[e.Last.Kind].title + status(e.Last)
	if reason := cmp.Or(e.Last.Message, e.Last.Reason); reason != "" {
		text += ": " + reason
	}
	text += "."
	if e.Last.RetryAfter > 0 {
		text += fmt.Sprintf(" Wachat requires a pause of %s before the next request (Retry-After).", e.Last.RetryAfter)
	}
	return text
}

// mismatchAdvice fits what was last seen.
func mismatchAdvice(e *wachat.StateError) string {
	switch {
	case e.Stopped:
		return "Fix the other error, and create a new plan."
	case e.Changes >= flapping:
		return "Restart the instance in the Wachat dashboard, or log out and scan the QR code again. Another device or server may be using the same session. Then create a new plan."
	case e.Found == "" && e.Held > 0:
		return adviceToSettle
	case e.Last != nil && (e.Found == "" || e.Found == e.Required):
		return adviceAfterFailure(e.Last)
	case e.Found == "":
		return "Raise wait_timeout, or max_concurrent_requests and requests_per_second in the provider's configuration, and create a new plan."
	case e.Found != e.Required && strings.EqualFold(e.Found, e.Required):
		return fmt.Sprintf("States are compared exactly, in upper and lower case too: set required_state to %q.", e.Found)
	case e.Held > 0 || e.Found == e.Required:
		return adviceToSettle
	case e.Required != wachat.StateOpen:
		return fmt.Sprintf("Bring the instance into the state %q, or change required_state. Then create a new plan.", e.Required)
	}
	return adviceToConnect(e)
}

// adviceAfterFailure is the failure's own advice, for a wait that ended with it.
func adviceAfterFailure(last *wachat.Error) string {
	if last.Kind == wachat.KindNoState {
		return "Restart the instance in the Wachat dashboard and create a new plan, or raise wait_timeout."
	}
	return errorTexts[last.Kind].advice
}

const adviceToSettle = "Check the instance in the Wachat dashboard, and create a new plan, or set a longer wait_timeout to give the instance more time to become stable."

// adviceToConnect depends on the state that has to become open.
func adviceToConnect(e *wachat.StateError) string {
	wait := "set wait_timeout to let the provider wait"
	if e.Waited > 0 {
		wait = "raise wait_timeout"
	}
	switch e.Found {
	case "connecting":
		return "The instance is connecting. Wait a moment and create a new plan, or " + wait + "."
	case "close":
		return "Open the Wachat dashboard, choose the instance and scan its QR code with the phone. Then create a new plan. " +
			"If Wachat has just restarted, the instance reconnects by itself: " + wait + "."
	case "refused":
		return "The QR code was not scanned in time. Open the Wachat dashboard, restart the instance and scan the new QR code with the phone. Then create a new plan."
	}
	return "Check the instance in the Wachat dashboard. When it is connected, create a new plan."
}
