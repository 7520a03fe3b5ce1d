// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"strings"
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
			wants: []string{`The state of instance "t1_mq9r2jov_jakarta_store" was "open" for `, `s, then "connecting", but "open" is required for 5s.`, "set a longer wait_timeout to give the instance more time to become stable"},
		},
		{name: "settles", waitTimeout: 20 * time.Second, stableFor: 2 * time.Second, states: []string{"close", "connecting", "open"}},
		{
			name: "flaps", waitTimeout: 6 * time.Second, stableFor: 3 * time.Second, repeat: true, states: []string{"close", "connecting", "open"},
			wants: []string{"the instance keeps reconnecting.", "Another device or server may be using the same session."},
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

// The streaks of a fleet run at the same time, and each on its own.
func TestAccStableFor_fleetWithFlappingInstances(t *testing.T) {
	t.Parallel()
	const waitTimeout, stableFor = 8 * time.Second, 3 * time.Second
	api := acctest.StartAPI(t)
	var names []string
	var requests [100]requestTimes
	for i := range 100 {
		name := fmt.Sprintf("t1_%02d", i)
		instance := api.Create(name)
		names = append(names, name)
		if i%20 == 7 {
			requests[i].follow(instance, true, "close", "connecting", "open")
		} else {
			requests[i].follow(instance, false, "open")
		}
	}
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + fleetOf(names, `required_state = "open"`,
		fmt.Sprintf("wait_timeout = %q", waitTimeout), fmt.Sprintf("stable_for = %q", stableFor), `poll_interval = "1s"`)})
	output := tf.MustFail("plan")
	expect(t, output, "The state of 5 instances (", `did not stay "open" for 3s: the instances keep reconnecting.`, "Another device or server may be using the same session.")
	if n := strings.Count(output, "Error: "); n != 1 {
		t.Errorf("%d errors for one cause", n)
	}
	var steady, flaps time.Duration
	for i, name := range names {
		isFlapping := i%20 == 7
		if mentioned := strings.Contains(output, fmt.Sprintf("%q", name)); mentioned != isFlapping {
			t.Errorf("%s is in the error: %t", name, mentioned)
		}
		span := requests[i].span()
		if isFlapping {
			flaps = max(flaps, span)
			continue
		}
		if steady = max(steady, span); span < stableFor {
			t.Errorf("%s was read for %s, want %s at least", name, span, stableFor)
		}
	}
	t.Logf("at most %s for a steady instance and %s for a flapping one; the bound is %s and two reads",
		steady.Round(time.Millisecond), flaps.Round(time.Millisecond), waitTimeout+stableFor)
}
