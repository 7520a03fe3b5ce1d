// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
)

// outcome is a read that has ended.
type outcome struct {
	network
	answer
	err      error
	proxied  bool
	sanitize func(string) string // makes text from outside fit to be shown
}

func (o *observation) outcome(client *wachat.Client, proxied bool, err error) outcome {
	o.mu.Lock()
	defer o.mu.Unlock()
	return outcome{o.network, o.answer, err, proxied, client.Sanitize}
}

// steps are the lines about a read, in the order of its stages.
var steps = []struct {
	stage stage
	name  string
	seen  func(outcome) string // what a success looked like; empty if there was nothing to do
}{
	{atDNS, "DNS", outcome.dns},
	{atConnection, "connection", outcome.connection},
	{atProxy, "proxy", outcome.throughProxy},
	{atTLS, "TLS", outcome.secure},
	{atHTTP, "HTTP", outcome.http},
	{atAccess, "access", func(outcome) string { return "the API key is accepted" }},
	{atInstance, "instance", func(outcome) string { return "known" }},
	{atAnswer, "answer", func(outcome) string { return "complete, and about this instance" }},
	{atState, "state", func(outcome) string { return wachat.StateOpen }},
}

// reportSteps reports the steps up to the one that failed.
func reportSteps(report report, o outcome) {
	failed := stageOf(o.err, o.network)
	for _, s := range steps {
		text := s.seen(o)
		switch {
		case s.stage == failed:
			report.fail(s.name, o.failure(failed))
		case s.stage < failed && text != "":
			report.ok(s.name, text)
		}
		if s.stage == atHTTP && o.header != nil {
			report.ok("latency", rounded(o.latency)+" from the request to the answer's header")
			o.reportClock(report)
			report.ok("rate limit", o.rateLimit())
		}
	}
}

func (o outcome) dns() string {
	if o.host == "" {
		return ""
	}
	return fmt.Sprintf("%s has %d addresses, in %s", o.host, o.addresses, rounded(o.resolved))
}

func (o outcome) connection() string {
	to := o.remote
	if o.proxied {
		to = "the proxy at " + to
	}
	return fmt.Sprintf("to %s in %s", to, rounded(o.connected))
}

func (o outcome) throughProxy() string {
	if !o.proxied {
		return ""
	}
	return "it connects to the API"
}

func (o outcome) secure() string {
	if o.tls == nil {
		return "none: plain HTTP to this machine"
	}
	return fmt.Sprintf("%s in %s; %s", tls.VersionName(o.tls.Version), rounded(o.handshake), o.validity())
}

// validity describes the server's certificate.
func (o outcome) validity() string {
	return fmt.Sprintf("certificate by %q, valid from %s to %s",
		o.sanitize(cmp.Or(o.certificate.Issuer.CommonName, o.certificate.Issuer.String())), utc(o.certificate.NotBefore), utc(o.certificate.NotAfter))
}

func (o outcome) http() string {
	return strings.TrimSpace(fmt.Sprintf("status %d %s", o.status, http.StatusText(o.status))) + " over " + o.proto
}

// maxClockDifference leaves room for a slow answer: Date has whole seconds and is
// set before the answer is sent.
const maxClockDifference = time.Minute

// reportClock compares this machine's clock with the server's. A wrong clock makes
// certificates invalid, and misreads a Retry-After that is a date.
func (o outcome) reportClock(report report) {
	date, err := http.ParseTime(o.header.Get("Date"))
	ahead := o.arrived.Sub(date).Round(time.Second)
	switch {
	case err != nil:
		report.note("clock", "not compared: the answer has no Date")
	case o.header.Get("Age") != "":
		report.note("clock", "not compared: the answer comes from a cache")
	case ahead.Abs() <= maxClockDifference:
		report.ok("clock", "within a minute of the server's")
	case ahead > 0:
		report.note("clock", fmt.Sprintf("%s ahead of the server's: set the clock of this machine", ahead))
	default:
		report.note("clock", fmt.Sprintf("%s behind the server's: set the clock of this machine", -ahead))
	}
}

// maxLimitHeaders bounds what is shown of a hostile answer.
const maxLimitHeaders = 8

// rateLimit lists the headers about rate limits. The provider heeds Retry-After
// only.
func (o outcome) rateLimit() string {
	var found []string
	for name, values := range o.header {
		if strings.Contains(strings.ToLower(name), "ratelimit") || name == "Retry-After" {
			found = append(found, o.sanitize(name+": "+strings.Join(values, ", ")))
		}
	}
	if len(found) == 0 {
		return "no headers about it"
	}
	slices.Sort(found)
	return strings.Join(found[:min(len(found), maxLimitHeaders)], "; ")
}

// failure says in one line what went wrong at the stage.
func (o outcome) failure(at stage) string {
	var (
		failure  *wachat.Error
		mismatch *wachat.StateError
	)
	switch {
	case errors.As(o.err, &mismatch):
		return fmt.Sprintf("%q, not %q", mismatch.Found, mismatch.Required)
	case !errors.As(o.err, &failure):
		return "interrupted"
	case at == atTLS && o.certificate != nil:
		return fmt.Sprintf("%s; %s; this machine's clock: %s", summary(failure), o.validity(), utc(time.Now()))
	}
	return summary(failure)
}

func summary(e *wachat.Error) string {
	text := e.Kind.String()
	if e.Status != 0 {
		text += fmt.Sprintf(" (HTTP status %d)", e.Status)
	}
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	return text
}

func utc(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 MST") }

// rounded leaves two or three digits.
func rounded(d time.Duration) string {
	if d < 10*time.Millisecond {
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(time.Millisecond).String()
}
