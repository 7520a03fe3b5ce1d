// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/faulttable"
	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// faultyPlan is a plan over the whole table of faults, an instance each.
type faultyPlan struct {
	output, log string
	diagnostics map[string]diagnostic // by instance
}

type diagnostic struct{ Severity, Summary, Detail, Address string }

// http2Rows are the faults that the API, which speaks HTTP/2, can have.
func http2Rows() []faulttable.Row {
	return slices.DeleteFunc(faulttable.Rows(), func(row faulttable.Row) bool { return row.HTTP1 })
}

// needsOwnProvider reports whether the fault is a Retry-After, which holds for all
// reads of a provider.
func needsOwnProvider(row faulttable.Row) bool { return strings.HasPrefix(row.Name, "retry-after-") }

func planFaults(t *testing.T) faultyPlan {
	t.Helper()
	api := acctest.StartAPI(t, wachattest.WithTLS())
	arguments := []string{
		fmt.Sprintf("max_retries = %d", faulttable.Retries),
		`request_timeout = "3s"`, `retry_wait_min = "0s"`, `retry_wait_max = "2s"`, "max_concurrent_requests = 200",
	}
	var names []string
	var config strings.Builder
	config.WriteString(acctest.Provider(api, arguments...))
	for _, row := range http2Rows() {
		row.Apply(api.Create(row.Name))
		if !needsOwnProvider(row) {
			names = append(names, fmt.Sprintf("%q", row.Name))
			continue
		}
		config.WriteString(acctest.Provider(api, append(arguments, fmt.Sprintf("alias = %q", row.Name))...))
		fmt.Fprintf(&config, `
data "wachat_instance_state" %[1]q {
  provider      = wachat.%[1]s
  for_each      = toset([%[1]q])
  instance_name = each.key
}
`, row.Name)
	}
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": config.String() + `
data "wachat_instance_state" "all" {
  for_each      = toset([` + strings.Join(names, ", ") + `])
  instance_name = each.key
}
`})
	tf.Setenv("TF_LOG", "TRACE")
	tf.Setenv("TF_LOG_PATH", tf.Path("trace.log"))
	result := tf.Run("plan", "-json", "-parallelism=200")
	log, err := os.ReadFile(tf.Path("trace.log"))
	if err != nil {
		t.Fatal(err)
	}
	return faultyPlan{output: result.Output, log: string(log), diagnostics: readDiagnostics(t, result.Output)}
}

func readDiagnostics(t *testing.T, output string) map[string]diagnostic {
	t.Helper()
	found := map[string]diagnostic{}
	for line := range strings.Lines(output) {
		var message struct{ Diagnostic *diagnostic }
		if err := json.Unmarshal([]byte(line), &message); err != nil || message.Diagnostic == nil {
			continue
		}
		_, name, _ := strings.Cut(message.Diagnostic.Address, `["`)
		found[strings.TrimSuffix(name, `"]`)] = *message.Diagnostic
	}
	return found
}

func TestAccFaults_onePlan(t *testing.T) {
	plan := planFaults(t)
	for _, row := range http2Rows() {
		got, failed := plan.diagnostics[row.Name]
		switch {
		case row.Kind == wachat.Kind{}:
			if failed {
				t.Errorf("%s: %s", row.Name, got.Summary)
			}
		case !failed:
			t.Errorf("%s is no error", row.Name)
		case got.Severity != "error" || got.Summary != instancestate.Summary(row.Kind):
			t.Errorf("%s: got %s %q, want %q", row.Name, got.Severity, got.Summary, instancestate.Summary(row.Kind))
		case !strings.Contains(got.Detail, row.WantText) && !row.Hangs:
			t.Errorf("%s: %q is not in\n%s", row.Name, row.WantText, got.Detail)
		}
	}
	t.Run("no secret is shown", func(t *testing.T) { keepsSecrets(t, plan) })
}

// keepsSecrets searches what the provider wrote, at the most detailed log level.
// It skips the lines that Terraform itself wrote.
func keepsSecrets(t *testing.T, plan faultyPlan) {
	t.Helper()
	attempts := 0
	for line := range strings.Lines(plan.log) {
		if !strings.Contains(line, "provider.terraform-provider-wachat") {
			continue
		}
		if strings.Contains(line, "Read an instance state from Wachat") {
			attempts++
		}
		for _, secret := range []string{wachattest.DefaultKey, "628123456789"} {
			if strings.Contains(line, secret) {
				t.Errorf("%q is in the log: %s", secret, line)
			}
		}
	}
	if attempts < len(http2Rows()) {
		t.Errorf("%d attempts are in the log, want one for each fault at least", attempts)
	}
	for _, secret := range []string{wachattest.DefaultKey, "628123456789"} {
		if strings.Contains(plan.output, secret) {
			t.Errorf("%q is in the plan's output", secret)
		}
	}
}

// The key is in no value, although the API repeats it in a valid answer.
func TestAccFaults_keyInNoValue(t *testing.T) {
	s := newScene(t, preconditionOnly)
	s.instance.Set("profileName", "it is "+wachattest.DefaultKey)
	s.instance.Set("echo", "Bearer "+wachattest.DefaultKey)
	s.MustRun("apply", "-auto-approve")
	state, err := os.ReadFile(s.Path("terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(state), wachattest.DefaultKey) {
		t.Errorf("the key is in the state:\n%s", state)
	}
	if n := strings.Count(string(state), "…"); n != 3 {
		t.Errorf("the key is replaced in %d places, want the profile's name and two of raw_json", n)
	}
}

// Terraform prints a text of several lines without escapes. The account's owner
// chooses the profile's name.
func TestAccFaults_controlCharactersInValues(t *testing.T) {
	s := newScene(t, shop+`
output "profile" {
  value = data.wachat_instance_state.shop.profile_name
}
`)
	s.instance.Set("profileName", "one\ntwo\x1b[31m\u202ethree \U0001F468\u200d\U0001F469")
	output := s.MustRun("plan")
	for _, not := range []string{"\x1b", "\u202e", "one\ntwo", "EOT"} {
		if strings.Contains(output, not) {
			t.Errorf("%q is in %q", not, output)
		}
	}
	s.MustRun("apply", "-auto-approve")
	if got, want := s.MustRun("output", "-raw", "profile"), "one two[31mthree \U0001F468\u200d\U0001F469"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
