// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// actionOn is a resource that is replaced when replace changes, and that an
// action gates on an event.
func actionOn(event, replace, count string, lifecycle ...string) string {
	return `
action "wachat_require_instance_state" "shop" {
  config {
    instance_name = "t1_mq9r2jov_jakarta_store"
  }
}
resource "terraform_data" "notices" {
  count            = ` + count + `
  triggers_replace = "` + replace + `"
  lifecycle {
    ` + strings.Join(lifecycle, "\n    ") + `
    action_trigger {
      events  = [` + event + `]
      actions = [action.wachat_require_instance_state.shop]
    }
  }
}
`
}

const createFirst = "create_before_destroy = true"

func (s scene) hasNotices() bool {
	return strings.Contains(s.MustRun("state", "list"), "terraform_data.notices")
}

// applyChange plans a change while the instance is open, and applies it when
// the instance is closed. It returns what a failed apply printed.
func (s scene) applyChange(config string) (output string, failed bool) {
	s.Write("main.tf", acctest.Provider(s.api)+config)
	s.MustRun("plan", "-out=saved")
	s.instance.Close()
	result := s.Run("apply", "saved")
	return result.Output, result.ExitCode != 0
}

// Terraform 1.14 runs the action before the old resource is destroyed, and 1.16
// between its end and the start of the new one.
func TestAccAction_replacement(t *testing.T) {
	for _, tt := range []struct {
		name      string
		lifecycle []string
	}{
		{"create_before_destroy", []string{createFirst}},
		{"destroy first", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newScene(t, actionOn("before_create", "one", "1", tt.lifecycle...), acctest.Actions)
			s.MustRun("apply", "-auto-approve")
			output, failed := s.applyChange(actionOn("before_create", "two", "1", tt.lifecycle...))
			if !failed {
				t.Error("the apply succeeded")
			}
			expect(t, output, notOpen)
			want := tt.lifecycle != nil || !acctest.Supports(acctest.DestroyEvents)
			if got := s.hasNotices(); got != want {
				t.Errorf("the old resource is there: %t, want %t", got, want)
			}
		})
	}
}

// An action before_destroy keeps what a normal apply would destroy, as long as
// its block is still in the configuration.
func TestAccAction_beforeDestroy(t *testing.T) {
	const event = "before_destroy"
	for _, tt := range []struct {
		name, change string
		stops, stays bool
	}{
		{"replaced", actionOn(event, "two", "1"), true, true},
		{"replaced, new one first", actionOn(event, "two", "1", createFirst), true, true},
		{"count reduced", actionOn(event, "one", "0"), true, true},
		{"block removed", "", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newScene(t, actionOn(event, "one", "1"), acctest.Actions, acctest.DestroyEvents)
			s.MustRun("apply", "-auto-approve")
			output, failed := s.applyChange(tt.change)
			if failed != tt.stops || strings.Contains(acctest.OneLine(output), notOpen) != tt.stops {
				t.Errorf("the apply is stopped: %t, want %t:\n%s", failed, tt.stops, output)
			}
			if got := s.hasNotices(); got != tt.stays {
				t.Errorf("the resource is there: %t, want %t", got, tt.stays)
			}
			created := strings.Contains(output, "Creation complete")
			if want := strings.Contains(tt.change, createFirst); created != want {
				t.Errorf("the new resource is made before the action runs: %t, want %t", created, want)
			}
		})
	}
}

// In `destroy` a failed action is a warning, whatever on_failure says.
func TestAccAction_beforeDestroyOnlyWarnsAtDestroy(t *testing.T) {
	config := strings.Replace(actionOn("before_destroy", "one", "1"), "action_trigger {", "action_trigger {\n on_failure = halt", 1)
	s := newScene(t, config, acctest.Actions, acctest.DestroyEvents)
	s.MustRun("apply", "-auto-approve")
	s.instance.Close()
	expect(t, s.MustRun("destroy", "-auto-approve"), "Warning: ", notOpen, "1 destroyed")
	if s.hasNotices() {
		t.Error("the resource is still there")
	}
}

func TestAccAction_onFailureContinue(t *testing.T) {
	config := strings.Replace(actionOn("before_create", "one", "1"), "action_trigger {", "action_trigger {\n on_failure = continue", 1)
	s := newScene(t, config, acctest.Actions, acctest.DestroyEvents)
	s.instance.Close()
	expect(t, s.MustRun("apply", "-auto-approve"), "Warning: ", notOpen, "1 added")
}
