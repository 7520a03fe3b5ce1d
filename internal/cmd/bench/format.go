// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// seconds is a time that is written in seconds, to the millisecond.
type seconds time.Duration

// MarshalJSON writes a number.
func (s seconds) MarshalJSON() ([]byte, error) {
	return json.Marshal(json.Number(strconv.FormatFloat(time.Duration(s).Seconds(), 'f', 3, 64)))
}

// UnmarshalJSON reads a number.
func (s *seconds) UnmarshalJSON(text []byte) error {
	value, err := strconv.ParseFloat(string(text), 64)
	*s = seconds(math.Round(value*1_000)) * seconds(time.Millisecond)
	return err
}

func (s seconds) String() string { return fmt.Sprintf("%.2f s", time.Duration(s).Seconds()) }

func milliseconds(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }

var english = message.NewPrinter(language.English)

// grouped is a number as it is read: 10,000.
func grouped(n int) string { return english.Sprint(n) }

func plural(noun string, n int) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// mebibytes is empty for memory that is not known.
func mebibytes(bytes int64) string {
	if bytes == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20))
}
