// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// stableSurfaces are the surfaces with a wait for a stable state, and the command
// that runs each of them.
var stableSurfaces = []struct {
	name, config string
	command      []string
	features     []acctest.Feature
}{
	{"data source", `
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  %s
}
`, []string{"plan"}, nil},
	{"fleet", `
data "wachat_instance_states" "shop" {
  instance_names = ["t1_mq9r2jov_jakarta_store"]
  required_state = "open"
  %s
}
`, []string{"plan"}, nil},
	{"ephemeral resource", `
ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  %s
}
`, []string{"plan"}, []acctest.Feature{acctest.Ephemeral}},
	{"action", `
action "wachat_require_instance_state" "shop" {
  config {
    instance_name = "t1_mq9r2jov_jakarta_store"
    %s
  }
}
resource "terraform_data" "notices" {
  lifecycle {
    action_trigger {
      events  = [before_create]
      actions = [action.wachat_require_instance_state.shop]
    }
  }
}
`, []string{"apply", "-auto-approve"}, []acctest.Feature{acctest.Actions}},
}

// requestTimes are the times of an instance's requests.
type requestTimes struct {
	mu    sync.Mutex
	times []time.Time
}

// follow gives the instance a state for each request: the first ones of the list,
// and then the last one, or all of them again and again.
func (r *requestTimes) follow(instance *wachattest.Instance, repeat bool, states ...string) {
	instance.OnRequest(func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		n := len(r.times)
		r.times = append(r.times, time.Now())
		if n = min(n, len(states)-1); repeat {
			n = (len(r.times) - 1) % len(states)
		}
		instance.SetState(states[n])
	})
}

// span is the time from the first to the last request.
func (r *requestTimes) span() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.times) == 0 {
		return 0
	}
	return r.times[len(r.times)-1].Sub(r.times[0])
}

func TestAccStableFor_surfaces(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                   string
		waitTimeout, stableFor time.Duration
		repeat                 bool
		states                 []string
		wants                  []string // of an error
	}{
		{name: "steady", stableFor: 2 * time.Second, states: []string{"open"}},
		{
			name: "drops", stableFor: 5 * time.Second, states: []string{"open", "open", "open", "connecting"},
			wants: []string{`was not seen to stay "open" for 5s.`, `The state was "open" for `, `It changed once, and was last "connecting".`, "or set wait_timeout to give it time to become stable."},
		},
		{name: "settles", waitTimeout: 20 * time.Second, stableFor: 2 * time.Second, states: []string{"close", "connecting", "open"}},
		{
			name: "flaps", waitTimeout: 6 * time.Second, stableFor: 3 * time.Second, repeat: true, states: []string{"close", "connecting", "open"},
			wants: []string{`keeps changing, but "open" is required.`, "Another device or server may be using the same session."},
		},
	} {
		for _, surface := range stableSurfaces {
			t.Run(tt.name+" in "+surface.name, func(t *testing.T) {
				t.Parallel() // it waits most of the time
				arguments := fmt.Sprintf("stable_for = %q\npoll_interval = \"1s\"\n", tt.stableFor)
				if tt.waitTimeout > 0 {
					arguments += fmt.Sprintf("wait_timeout = %q\n", tt.waitTimeout)
				}
				s := newScene(t, fmt.Sprintf(surface.config, arguments), surface.features...)
				var requests requestTimes
				requests.follow(s.instance, tt.repeat, tt.states...)
				if tt.wants == nil {
					s.MustRun(surface.command...)
					if took := requests.span(); took < tt.stableFor {
						t.Errorf("the state was read for %s, want %s at least", took, tt.stableFor)
					}
				} else {
					expect(t, s.MustFail(surface.command...), tt.wants...)
				}
				t.Logf("%s from the first to the last request; the bound is %s and two reads", requests.span().Round(time.Millisecond), tt.waitTimeout+tt.stableFor)
			})
		}
	}
}
