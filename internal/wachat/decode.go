// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import (
	"bytes"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// StateOpen is the state of an instance that is connected. It is the only one
// that counts as connected; the API's other states are passed on as they come.
const StateOpen = "open"

// InstanceState is the API's answer about one instance, as the page "Get Instance
// State" of its reference describes it. Reads that share a call share it: it must
// not be changed.
type InstanceState struct {
	// Name is the unique API name of the request.
	Name string

	// State is instance.state, the normalized state: "open" when connected. It has
	// no control characters. ShownState is State fit to be shown in a message.
	State, ShownState string

	// RawState is data.instance.state if it differs from State, else empty.
	// Neither of two that differ is "open". It is fit to be shown.
	RawState string

	// Raw is the whole answer, JSON in valid UTF-8, without the API key.
	Raw string

	// DisplayName is the name in the Wachat dashboard, fit to be shown in a
	// message; empty if there is none.
	DisplayName string

	instance            map[string]any
	clean               cleaner
	requested, answered time.Time // before the request was sent, and after its answer was complete
}

// Connected reports whether the instance is connected: its state is [StateOpen].
func (s *InstanceState) Connected() bool { return s.State == StateOpen }

// Text returns the first of the named members of the answer's instance object
// that is a string and not empty; "" if there is none. What the API knows only
// of a connected instance is missing, null or empty for any other. The text has
// no control characters, none that change the direction of text, and not the
// API key.
func (s *InstanceState) Text(members ...string) string {
	for _, member := range members {
		text, _ := s.instance[member].(string)
		if text = s.clean.value(text); text != "" {
			return text
		}
	}
	return ""
}

// Number returns the connected WhatsApp number in digits, also where the API
// sends a JSON number; "" if there is none.
func (s *InstanceState) Number() string {
	number, ok := s.instance["number"].(float64)
	if !ok {
		return s.Text("number")
	}
	// E.164 allows 15 digits, which a float64 represents exactly.
	if number != math.Trunc(number) || number <= 0 || number >= 1e15 {
		return ""
	}
	return s.clean.value(strconv.FormatFloat(number, 'f', -1, 64))
}

// maxBody is the most that is read of an answer, in bytes after decompression.
const maxBody = 1 << 20

// parse returns the state that an answer gives, or the error that it is.
func (c *Client) parse(ctx context.Context, response *http.Response, what call) (*InstanceState, error) {
	status, header := response.StatusCode, response.Header
	if status != http.StatusOK && (status < 300 || status == http.StatusNotModified) {
		// The body stays unread: after a switch of protocols it never ends, and
		// net/http has taken the request's deadline off the connection.
		return nil, malformed("its HTTP status is %d, not 200", status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	var state *InstanceState
	var failure *Error
	switch age := answerAge(header); {
	case status != http.StatusOK:
		failure = c.statusError(status, header, body, what.name) // whatever could be read
	case len(body) > maxBody:
		failure = malformed("it is larger than 1 MiB")
	case isCorrupt(err):
		failure = malformed("its compression is broken")
	case err != nil:
		return nil, c.transportError(ctx, err)
	case age > what.maxAge:
		failure = &Error{Kind: KindStale, Reason: "its Age is " + age.String()}
	default:
		state, failure = decode(body, what.name, c.clean)
	}
	if failure == nil {
		return state, nil
	}
	if failure.Message == "" && (status != http.StatusOK || failure.Kind == KindMalformed || failure.Kind == KindUnsuccessful) {
		failure.Answer = c.describeAnswer(header, body, what.name)
	}
	return nil, failure
}

func isCorrupt(err error) bool {
	_, ok := errors.AsType[flate.CorruptInputError](err)
	return ok || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum)
}

// describeAnswer shows what came: the content type and how the body begins.
func (c *Client) describeAnswer(h http.Header, body []byte, name string) string {
	start := c.clean.show(string(body), answerLimit, name)
	if start == "" {
		return "an empty body"
	}
	kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	return cmp.Or(c.clean.show(kind, answerLimit), "of no content type") + ": " + start
}

// decode turns the body of an answer of status 200 into the state of the instance
// called name. This is where the gate fails closed: the first thing that the
// answer must say to be believed, and does not, is the error.
func decode(body []byte, name string, clean cleaner) (*InstanceState, *Error) {
	answer, err := parseObject(body)
	if err != nil {
		return nil, malformed("%s", err)
	}
	if answer["success"] != true {
		return nil, &Error{Kind: KindUnsuccessful, Message: clean.show(apiMessage(answer), messageLimit, name)}
	}
	instance, ok := answer["instance"].(map[string]any)
	if !ok {
		return nil, malformed("it has no instance.state, since instance is not an object")
	}
	state, failure := decidingText(instance, "state")
	switch {
	case failure != nil:
		return nil, failure
	case strings.Map(withoutInvisible, state) != state:
		return nil, malformed("its instance.state has a control or invisible character")
	case clean.contains(state):
		return nil, malformed("its instance.state repeats the API key")
	}
	display, _ := instance["instanceName"].(string)
	display, shown := clean.showName(display), clean.showName(state)
	// A display name never counts.
	unique, failure := decidingText(instance, "apiInstanceName", "internalName")
	switch {
	case failure != nil:
		return nil, failure
	case unique != name:
		return nil, &Error{Kind: KindOtherInstance, Reason: fmt.Sprintf("its unique name is %q, its display name is %q", clean.showName(unique), display)}
	case state == "":
		return nil, &Error{Kind: KindNoState, DisplayName: display}
	}
	raw, differs := rawState(answer, state)
	if differs && (state == StateOpen || raw == StateOpen) {
		reason := fmt.Sprintf("instance.state is %q, data.instance.state is %q", shown, clean.show(raw, answerLimit))
		return nil, &Error{Kind: KindContradiction, Reason: reason, DisplayName: display}
	}
	result := &InstanceState{
		Name: name, State: state, ShownState: shown, DisplayName: display, instance: instance, clean: clean,
		Raw: clean.json(strings.ToValidUTF8(string(body), "\uFFFD")),
	}
	if differs {
		result.RawState = clean.show(raw, answerLimit)
	}
	return result, nil
}

// parseObject parses one JSON object with nothing after it. Names match exactly,
// and a name that comes twice is an error: two readers could read it in two ways.
func parseObject(body []byte) (map[string]any, error) {
	body = bytes.Trim(body, " \t\r\n")
	switch {
	case len(body) == 0:
		return nil, errors.New("it is empty")
	case body[0] != '{':
		return nil, errors.New("it is not a JSON object")
	}
	var object map[string]any
	err := json.Unmarshal(body, &object, jsontext.AllowInvalidUTF8(true))
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return nil, errors.New("it has an object with the same name twice")
	case err != nil:
		// The library's own words quote the input, which may contain a phone number.
		return nil, errors.New("it is not valid JSON")
	}
	return object, nil
}

// decidingText returns the first of the named members that is not missing, null or
// empty; "" if there is none. One that is no string is an error, and so is invalid
// UTF-8, which the parser has replaced: it could produce the expected text.
func decidingText(object map[string]any, members ...string) (string, *Error) {
	for _, member := range members {
		text, ok := object[member].(string)
		if object[member] != nil && (!ok || strings.Contains(text, "\uFFFD")) {
			return "", malformed("its instance.%s is not a string of valid UTF-8", member)
		}
		if text != "" {
			return text, nil
		}
	}
	return "", nil
}

// rawState returns data.instance.state, and whether it differs from the normalized
// state. It does not if any of the three is missing, null or empty. If one of them
// has another type, that one differs from "open" only.
func rawState(answer map[string]any, normalized string) (raw string, differs bool) {
	var value any = answer
	for _, member := range []string{"data", "instance", "state"} {
		object, ok := value.(map[string]any)
		if !ok {
			return fmt.Sprint(value), normalized == StateOpen
		}
		value = object[member]
		if value == nil {
			return "", false
		}
	}
	raw, isText := value.(string)
	if !isText {
		return fmt.Sprint(value), normalized == StateOpen
	}
	return raw, raw != "" && raw != normalized
}

// apiMessage finds the text that says most in an answer about a failure: the
// engine's response.message, Wachat's own message, or else error, which is a text
// or an object with a message.
func apiMessage(answer map[string]any) string {
	response, _ := answer["response"].(map[string]any)
	failure, _ := answer["error"].(map[string]any)
	for _, value := range []any{response["message"], answer["message"], answer["error"], failure["message"]} {
		if text := strings.Join(texts(value), "; "); text != "" {
			return text
		}
	}
	return ""
}

// texts returns the strings that value is or, as an array, has; blank ones are left
// out.
func texts(value any) []string {
	if text, ok := value.(string); ok && strings.TrimSpace(text) != "" {
		return []string{text}
	}
	var found []string
	elements, _ := value.([]any)
	for _, element := range elements {
		found = append(found, texts(element)...)
	}
	return found
}

// statusError says what an answer of status 300 and more means.
func (c *Client) statusError(status int, h http.Header, body []byte, name string) *Error {
	answer, _ := parseObject(body) // nil if it is none
	failure := &Error{
		Kind:    cmp.Or(statusKinds[status], statusKinds[status/100], KindRejected),
		Message: c.clean.show(apiMessage(answer), messageLimit, name),
	}
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		failure.RetryAfter = retryAfter(h)
		failure.TooLong = failure.RetryAfter > c.config.RetryWaitMax
	}
	if failure.Kind == KindRedirect {
		failure.Reason, failure.Message = c.clean.show(h.Get("Location"), answerLimit, c.endpoint.Hostname()), ""
	}
	return failure
}

// statusKinds has the kinds of statuses, and of first digits of other ones.
var statusKinds = map[int]Kind{
	3:                          KindRedirect,
	http.StatusBadRequest:      KindBadRequest,
	http.StatusUnauthorized:    KindUnauthorized,
	http.StatusForbidden:       KindForbidden,
	http.StatusNotFound:        KindNotFound,
	http.StatusRequestTimeout:  KindUnavailable,
	http.StatusConflict:        KindConflict,
	http.StatusTooManyRequests: KindRateLimited,
	http.StatusNotImplemented:  KindRejected,
	5:                          KindUnavailable,
}

// answerAge returns how long an answer was in a cache, 0 if in none. Of several
// values the longest counts, and one that does not begin with a digit counts as
// none (RFC 9111, section 5.1).
func answerAge(h http.Header) time.Duration {
	var age time.Duration
	for value := range strings.SplitSeq(strings.Join(h["Age"], ","), ",") {
		value = strings.TrimSpace(value)
		rest := strings.TrimLeft(value, "0123456789")
		age = max(age, seconds(strings.TrimSuffix(value, rest)))
	}
	return age
}

// maxRetryAfter is the longest Retry-After that is believed.
const maxRetryAfter = 365 * 24 * time.Hour

// retryAfter reads the header of the same name (RFC 9110, section 10.2.3):
// seconds, or a date, which counts from the answer's own Date where it has one,
// so that a clock that is off does not turn a second into an hour. It returns 0
// for a date that has passed, for more than a year, and for anything else.
func retryAfter(h http.Header) time.Duration {
	after := seconds(h.Get("Retry-After"))
	if until, err := http.ParseTime(h.Get("Retry-After")); err == nil {
		now, err := http.ParseTime(h.Get("Date"))
		if err != nil {
			now = time.Now()
		}
		after = until.Sub(now)
	}
	if after > maxRetryAfter {
		return 0
	}
	return max(after, 0)
}

// seconds returns 0 for what is no number, and at most 68 years.
func seconds(digits string) time.Duration {
	n, _ := strconv.ParseUint(digits, 10, 31)
	return time.Duration(n) * time.Second
}
