// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/faulttable"
	"github.com/wachat-net/terraform-provider-wachat/internal/instancestate"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachat"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

// The API speaks HTTP/2. A Retry-After holds for all reads of a provider, so that the
// client's tests have these rows for themselves.
func faultsOfOnePlan() []faulttable.Row {
	return slices.DeleteFunc(faulttable.Rows(), func(row faulttable.Row) bool {
		return row.HTTP1 || strings.HasPrefix(row.Name, "retry-after-")
	})
}

// planFaults plans with an instance for each fault, and returns what the plan printed,
// as JSON, and what the provider logged, at the most detailed level.
func planFaults(t *testing.T) (output, log string) {
	t.Helper()
	api := acctest.StartAPI(t, wachattest.WithTLS())
	var names []string
	for _, row := range faultsOfOnePlan() {
		row.Apply(api.Create(row.Name))
		names = append(names, row.Name)
	}
	provider := acctest.Provider(api, fmt.Sprintf("max_retries = %d", faulttable.Retries), `request_timeout = "3s"`, `retry_wait_min = "0s"`, "max_concurrent_requests = 200")
	tf := acctest.NewTerraform(t, map[string]string{"main.tf": provider + fmt.Sprintf(`
data "wachat_instance_state" "all" {
  for_each      = toset(split(" ", %q))
  instance_name = each.key
}
`, strings.Join(names, " "))})
	tf.Setenv("TF_LOG_PROVIDER", "TRACE")
	tf.Setenv("TF_LOG_PATH", tf.Path("trace.log"))
	output = tf.Run("plan", "-json", "-parallelism=200").Output
	return output, acctest.ReadFile(t, tf.Path("trace.log"))
}

type diagnostic struct{ Severity, Summary, Detail, Address string }

// readDiagnostics returns those of a plan by instance.
func readDiagnostics(output string) map[string]diagnostic {
	found := map[string]diagnostic{}
	for line := range strings.Lines(output) {
		var message struct{ Diagnostic diagnostic }
		_ = json.Unmarshal([]byte(line), &message) // a line that is no message has none
		_, name, _ := strings.Cut(message.Diagnostic.Address, `["`)
		found[strings.TrimSuffix(name, `"]`)] = message.Diagnostic
	}
	return found
}

func TestAccFaults_onePlan(t *testing.T) {
	output, log := planFaults(t)
	diagnostics := readDiagnostics(output)
	for _, row := range faultsOfOnePlan() {
		got, failed := diagnostics[row.Name]
		switch {
		case row.Kind == wachat.Kind{}:
			if failed {
				t.Errorf("%s: %s", row.Name, got.Summary)
			}
		case got.Severity != "error" || got.Summary != instancestate.Summary(row.Kind):
			t.Errorf("%s: got %s %q, want %q", row.Name, got.Severity, got.Summary, instancestate.Summary(row.Kind))
		case !strings.Contains(got.Detail, row.WantText) && !row.Hangs:
			t.Errorf("%s: %q is not in\n%s", row.Name, row.WantText, got.Detail)
		}
	}
	if n := strings.Count(log, "Read an instance state from Wachat"); n < len(faultsOfOnePlan()) {
		t.Errorf("%d attempts are in the log, want one for each fault at least", n)
	}
	for _, secret := range []string{wachattest.DefaultKey, "628123456789"} {
		if strings.Contains(output+log, secret) {
			t.Errorf("%q is in the output or in the log", secret)
		}
	}
}

// What an ephemeral resource reads is nowhere on disk. What a data source reads
// is, which shows that the test can find it.
func TestAccEphemeralResource_nothingOnDisk(t *testing.T) {
	acctest.Needs(t, acctest.Ephemeral)
	for config, want := range map[string]bool{preconditionOnly: true, ephemeralGate: false} {
		api := acctest.StartAPI(t)
		api.Instance(acctest.Shop).Set("profileName", "profile of the shop")
		tf := acctest.NewTerraform(t, map[string]string{"main.tf": acctest.Provider(api) + config})
		tf.MustRun("plan", "-out=saved")
		plan := tf.MustRun("show", "-json", "saved")
		tf.MustRun("apply", "saved")
		onDisk := plan + acctest.ReadFile(t, tf.Path("saved")) + acctest.ReadFile(t, tf.Path("terraform.tfstate"))
		for _, secret := range []string{"628123456789", "profile of the shop", "pps.whatsapp.net"} {
			if got := strings.Contains(onDisk, secret); got != want {
				t.Errorf("%q is on disk: %t, want %t", secret, got, want)
			}
		}
	}
}
