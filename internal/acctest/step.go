// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"

	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// Step is a command that a user runs, and what it has to do.
type Step struct {
	Before   func(*wachattest.Server) // what happens at Wachat before it, nil for nothing
	Config   string                   // what main.tf is from now on, empty for no change
	Command  string
	Exit     int      // its exit code
	Prints   []string // in this order, on one line
	Omits    string
	Requests int // that it sends: NoRequests, or 0 for any number
}

// NoRequests are the requests of a step that must not send any.
const NoRequests = -1

// ShopOpens is what happens before a step: the instance [Shop] connects.
func ShopOpens(api *wachattest.Server) { api.Instance(Shop).Open() }

// ShopCloses is what happens before a step: the instance [Shop] is logged out.
func ShopCloses(api *wachattest.Server) { api.Instance(Shop).Close() }

// Take runs steps one after the other, with the API that the configuration reads.
// An exit code other than the wanted one ends the test.
func (tf *Terraform) Take(api *wachattest.Server, steps ...Step) {
	tf.t.Helper()
	for _, s := range steps {
		if s.Before != nil {
			s.Before(api)
		}
		if s.Config != "" {
			tf.Write("main.tf", s.Config)
		}
		earlier := api.Requests()
		result := tf.Run(strings.Fields(s.Command)...)
		sent := api.Requests() - earlier
		if result.ExitCode != s.Exit {
			tf.t.Fatalf("%s ended with exit code %d, want %d:\n%s", s.Command, result.ExitCode, s.Exit, result.Output)
		}
		rest := OneLine(result.Output)
		if s.Omits != "" && strings.Contains(rest, s.Omits) {
			tf.t.Errorf("%s printed %q:\n%s", s.Command, s.Omits, result.Output)
		}
		for _, text := range s.Prints {
			_, after, printed := strings.Cut(rest, text)
			if !printed {
				tf.t.Fatalf("%s did not print %q:\n%s", s.Command, text, result.Output)
			}
			rest = after
		}
		if want := max(s.Requests, 0); s.Requests != 0 && sent != want {
			tf.t.Errorf("%s sent %d requests, want %d", s.Command, sent, want)
		}
	}
}
