// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// surfaces are those that a plan reads, with a place for arguments.
func surfaces() map[string]string {
	found := map[string]string{
		"data source": "data \"wachat_instance_state\" \"shop\" {\n  instance_name = \"t1_mq9r2jov_jakarta_store\"\n  %s\n}\n",
		"fleet":       "data \"wachat_instance_states\" \"shop\" {\n  instance_names = [\"t1_mq9r2jov_jakarta_store\"]\n  %s\n}\n",
	}
	if acctest.Supports(acctest.Ephemeral) {
		found["ephemeral resource"] = strings.Replace(found["data source"], "data", "ephemeral", 1)
	}
	return found
}

// The action's waits are in its own test, in virtual time.
func TestAccWait_everySurface(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, arguments string
		states          []string // one for each request, and then the last one
		wants           []string
	}{
		{"a wait ends", `wait_timeout = "1500ms"`, []string{"connecting"}, []string{
			"Error: Instance not in the required state", `required_state = "open"`, `is "connecting", but "open" is required.`,
			"The provider waited 2s and polled 2 times.", "or raise wait_timeout to let the provider wait.",
		}},
		{"the state does not hold", "stable_for = \"4s\"\npoll_interval = \"1s\"", []string{"open", "open", "connecting"}, []string{
			`was not seen to stay "open" for 4s.`, "polled 3 times.", `It changed once, and was last "connecting".`, "or set wait_timeout to give it time to become stable.",
		}},
		{"the state holds after a wait", "wait_timeout = \"20s\"\nstable_for = \"2s\"\npoll_interval = \"1s\"", []string{"close", "connecting", "open"}, nil},
	} {
		for surface, config := range surfaces() {
			t.Run(tt.name+" in "+surface, func(t *testing.T) {
				t.Parallel() // it waits most of the time
				api := acctest.StartAPI(t)
				api.Instance(acctest.Shop).OnRequest(func() {
					n := min(api.Requests(), len(tt.states))
					api.Instance(acctest.Shop).SetState(tt.states[n-1])
				})
				config := acctest.Provider(api) + fmt.Sprintf(config, "required_state = \"open\"\n"+tt.arguments)
				if tt.wants != nil {
					planFails(t, config, tt.wants...)
					return
				}
				acctest.NewTerraform(t, map[string]string{"main.tf": config}).MustRun("plan")
				times := api.RequestTimes(acctest.Shop)
				if took := times[len(times)-1].Sub(times[2]); len(times) < 5 || took < 2*time.Second {
					t.Errorf("%d requests, and the state was read for %s, want 2s at least", len(times), took)
				}
			})
		}
	}
}

func TestAccValidate_invalidArguments(t *testing.T) {
	for _, tt := range []struct{ arguments, want string }{
		{`wait_timeout = "1m"`, `wait_timeout has no effect without required_state.`},
		{"required_state = \"open\"\npoll_interval = \"5s\"", `poll_interval has no effect without wait_timeout or stable_for.`},
		{`stable_for = "1m"`, `stable_for has no effect without required_state.`},
		{"required_state = \"open\"\nstable_for = \"-1s\"", `-1s is too short. It must be a duration with a unit, of at least 0s, such as "30s".`},
		{`required_state = ""`, `Attribute required_state string length must be at least 1`},
		{"required_state = \"open\"\nwait_timeout = \"60\"", `it is not a duration. It must be a duration with a unit, of at least 0s, such as "2m".`},
		{"required_state = \"open\"\nwait_timeout = \"1m\"\npoll_interval = \"999ms\"", `999ms is too short. It must be a duration with a unit, of at least 1s, such as "10s".`},
	} {
		var config strings.Builder
		var wants []string
		for _, surface := range surfaces() {
			fmt.Fprintf(&config, surface, tt.arguments)
			wants = append(wants, tt.want)
		}
		planFails(t, config.String(), wants...)
	}
}

func TestAccValidate_invalidNames(t *testing.T) {
	for _, tt := range []struct{ argument, want string }{
		{`instance_name = ""`, "The value of instance_name is invalid: the instance name is empty. It must be the unique API name, which looks like t1_mq9r2jov_jakarta_store"},
		{`instance_name = "Jakarta Store"`, "contains white space or a control character. It looks like the display name, which the Wachat dashboard shows. It must be the unique API name, which looks like t1_mq9r2jov_jakarta_store"},
		{`instance_name = "a\u0007"`, "contains white space or a control character. It must be the unique API name"},
		{`instance_names = []`, "list must contain at least 1 elements"},
		{`instance_names = ["a", null]`, "Error: Null List Value"},
		{`instance_names = ["a", "b", "a"]`, `instance_names[2] is the same name as an earlier one. Remove it here.`},
		{`instance_names = ["a", "Jakarta Store"]`, "The value of instance_names[1] is invalid: the instance name contains white space"},
	} {
		source := "wachat_instance_state"
		if strings.Contains(tt.argument, "names") {
			source = "wachat_instance_states"
		}
		planFails(t, fmt.Sprintf("data %q \"shop\" {\n  %s\n}\n", source, tt.argument), tt.want)
	}
	output := acctest.NewTerraform(t, map[string]string{"main.tf": strings.Replace(fleetOf(), `split(" ", "")`, "[null, null]", 1)}).MustFail("validate")
	if strings.Contains(output, "an earlier one") {
		t.Errorf("a null counts as a name:\n%s", output)
	}
}

// An unknown value may become null, or be set.
func TestAccValidate_unknownValues(t *testing.T) {
	var config strings.Builder
	config.WriteString(`
variable "wanted" {
  type = string
}
data "wachat_instance_states" "fleet" {
  instance_names = ["a", var.wanted, var.wanted]
}
`)
	for i, arguments := range []string{
		"required_state = var.wanted\nwait_timeout = var.wanted\nstable_for = var.wanted\npoll_interval = var.wanted",
		"wait_timeout = var.wanted",
		"stable_for = var.wanted",
		"poll_interval = var.wanted",
		"required_state = var.wanted\nstable_for = \"10s\"",
		"required_state = \"open\"\nwait_timeout = var.wanted\npoll_interval = \"2s\"",
		"required_state = \"open\"\nstable_for = \"10s\"\npoll_interval = \"2s\"",
	} {
		fmt.Fprintf(&config, "data \"wachat_instance_state\" \"shop%d\" {\n  instance_name = var.wanted\n  %s\n}\n", i, arguments)
	}
	acctest.NewTerraform(t, map[string]string{"main.tf": config.String()}).MustRun("validate")
}
