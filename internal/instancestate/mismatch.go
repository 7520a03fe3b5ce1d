// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// flapping is how many changes of the state in one wait show a reconnect loop.
// An instance that connects once changes twice: close, connecting, open.
const flapping = 3

// knownStates are those that Wachat is known to report.
var knownStates = []string{wachat.StateOpen, "connecting", "close", "refused"}

// explainMismatch is about an instance that is not in the required state, or was not
// seen in it for long enough.
func explainMismatch(e *wachat.StateError, several bool) message {
	happened, advice := mismatch(e)
	sawAnother := e.Found != "" && e.Found != e.Required
	switch {
	case e.Stopped:
		advice = notRead.advice
	case e.Unanswered && !sawAnother:
		advice = timeoutAdvice
	case e.Last != nil && !sawAnother:
		advice = causes[e.Last.Kind].advice
	}
	how := measured(e)
	if several {
		how = ""
	}
	happened = "The state of " + subject + " " + happened + "."
	return message{"Instance not in the required state", paragraphs(happened, how, lastPoll(e.Last, several), advice), "required_state"}
}

// mismatch is what the provider found, without what it has measured, and advice that
// fits.
func mismatch(e *wachat.StateError) (happened, advice string) {
	switch {
	case e.Changes >= flapping:
		return fmt.Sprintf("keeps changing, but %q is required", e.Required),
			"Restart the instance in the Wachat dashboard, or log out and scan its QR code again. Another device or server may be using the same session. Then create a new plan."
	case e.Held > 0 || e.Found == e.Required:
		return fmt.Sprintf("was not seen to stay %q for %s", e.Required, e.StableFor),
			"Check the instance in the Wachat dashboard, and create a new plan, or " + longer(e) + " to give it time to become stable."
	case e.Found == "":
		return fmt.Sprintf("is not known, but %q is required", e.Required),
			"Raise wait_timeout, or max_concurrent_requests and requests_per_second in the provider's configuration, and create a new plan."
	}
	return fmt.Sprintf("is %q, but %q is required", e.Found, e.Required), adviceFor(e)
}

// measured is how the wait went, empty if one answer decided.
func measured(e *wachat.StateError) string {
	if e.Waited == 0 {
		return ""
	}
	text := fmt.Sprintf("The provider waited %s and polled %s.", rounded(e.Waited), times(e.Polls))
	if e.Polls == 0 {
		text = fmt.Sprintf("The provider waited %s, but no poll ended in time.", rounded(e.Waited))
	}
	if e.Held > 0 {
		text += fmt.Sprintf(" The state was %q for %s.", e.Required, rounded(e.Held))
	}
	if e.Changes > 0 {
		text += fmt.Sprintf(" It changed %s, and was last %q.", times(e.Changes), e.Found)
	}
	if e.Unanswered {
		text += " The last request had no answer when the wait ended."
	}
	if e.Stopped {
		text += " The wait ended early, because another instance could no longer meet the requirement."
	}
	return text
}

// lastPoll is why the last poll failed, or was not sent. The rest of a pause differs
// between instances.
func lastPoll(e *wachat.Error, several bool) string {
	if e == nil {
		return ""
	}
	text := "The last poll failed: "
	if e.Attempts == 0 {
		text = "The provider sent no further poll: "
	}
	text += oneLine(e) + "."
	if e.RetryAfter > 0 && !several {
		text += fmt.Sprintf(" Wachat requires a pause of %s before the next request (Retry-After).", e.RetryAfter)
	}
	return text
}

// rounded is a duration as a person reads it.
func rounded(d time.Duration) string {
	return cmp.Or(d.Round(time.Second), d.Round(time.Millisecond)).String()
}

// longer is how to let the provider wait for longer.
func longer(e *wachat.StateError) string {
	if e.Timeout == 0 {
		return "set wait_timeout"
	}
	return "raise wait_timeout"
}

// adviceFor fits the two states.
func adviceFor(e *wachat.StateError) string {
	switch {
	case !slices.Contains(knownStates, e.Required):
		return adviceToSpell(e.Required)
	case e.Required != wachat.StateOpen:
		return fmt.Sprintf("Bring the instance into the state %q, or change required_state. Then create a new plan.", e.Required)
	case e.Found == "connecting":
		return "Wait a moment and create a new plan, or " + longer(e) + " to let the provider wait."
	case e.Found == "close":
		return "Open the Wachat dashboard and scan its QR code with the phone. Then create a new plan. " +
			"If Wachat has just restarted, instances reconnect by themselves: " + longer(e) + " to let the provider wait."
	case e.Found == "refused":
		return "Nobody scanned its QR code in time. Restart the instance in the Wachat dashboard and scan the new code with the phone. Then create a new plan."
	}
	return "Check the instance in the Wachat dashboard. When it is connected, create a new plan."
}

// adviceToSpell is about a required state that Wachat is not known to report. The
// nearest one that it is known to report has the longest beginning in common: more
// than half of the text, or it is no misspelling. An instance that is connected is
// open.
func adviceToSpell(required string) string {
	const advice = "Wachat is known to report the states open (which means connected), connecting, close and refused. Correct required_state, and create a new plan."
	if strings.EqualFold(required, "connected") {
		required = wachat.StateOpen
	}
	for n := len(required); n > len(required)/2; n-- {
		for _, state := range knownStates {
			if strings.HasPrefix(state, strings.ToLower(required[:n])) {
				return fmt.Sprintf("Did you mean %q? %s", state, advice)
			}
		}
	}
	return advice
}
