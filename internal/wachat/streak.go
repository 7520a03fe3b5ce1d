// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachat

import "time"

// maxStreakFailures is how many transient failures in a row end a streak.
const maxStreakFailures = 3

// streak is a series of polls that all found the required state. It runs from
// the first answer to the last request: what the state was before that answer
// or after that request is not known.
type streak struct {
	first, last time.Time
	target      time.Duration // 0 makes the first answer complete it

	failures int // in a row
	retries  int // since the end was due
	maxRetry int
	backOff  *retryBackOff
}

func newStreak(answered time.Time, target time.Duration, config Config) *streak {
	return &streak{
		first: answered, last: answered, target: target,
		maxRetry: config.MaxRetries, backOff: newRetryBackOff(config),
	}
}

// end is when a request that finds the state completes the streak.
func (s *streak) end() time.Time { return s.first.Add(s.target) }

// held returns how long the state is known to have held; 0 without a streak.
func (s *streak) held() time.Duration {
	if s == nil {
		return 0
	}
	return s.last.Sub(s.first)
}

func (s *streak) complete() bool { return s != nil && s.held() >= s.target }

// extend takes the time of a request whose answer gave the state. The request
// may be older than the streak where another wait sent it.
func (s *streak) extend(requested time.Time) {
	if s.failures = 0; requested.After(s.last) {
		s.last = requested
	}
}

// fail takes a transient failure and reports whether it ends the streak. Once
// the end is due, there are no more retries than a read has.
func (s *streak) fail() (ended bool) {
	s.failures++
	if !time.Now().Before(s.end()) {
		s.retries++
	}
	return s.failures == maxStreakFailures || s.retries > s.maxRetry
}

// nextPoll returns when to poll next: at the end at the latest, and after a
// backoff if that poll has failed.
func (s *streak) nextPoll(now time.Time, interval time.Duration) time.Time {
	if due := now.Add(interval); due.Before(s.end()) {
		return due
	}
	if s.retries > 0 {
		return now.Add(s.backOff.NextBackOff())
	}
	return s.end()
}
