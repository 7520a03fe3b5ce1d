// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
	"github.com/wachat-net/terraform-provider-wachat/internal/wachattest"
)

const (
	// apiWork is the time that the API takes for an answer.
	apiWork = 20 * time.Millisecond

	// Of stallEvery instances, one gets no answer to its first request.
	stallEvery = 100

	// A plan that takes longer than longPlan is not repeated.
	longPlan = 15 * time.Second
)

// peers are the addresses of the providers that a user could pick instead.
var peers = map[string]string{"http": "hashicorp/http", "restful": "magodo/restful"}

// BenchmarkPlan measures whole plans, from the start of Terraform to its end.
// Each reads instances of an embedded API that is a round trip of 50 ms away and
// works for 20 ms on an answer. "no provider" is a plan of as many resources
// that read nothing.
//
// BENCH_PEERS names other providers to measure at the same work ("http=path
// restful=path"), and BENCH_FILE the file for the figures. With -short it leaves
// the largest plans out.
func BenchmarkPlan(b *testing.B) {
	if os.Getenv("TF_ACC") == "" {
		b.Skip("acceptance tests run only with TF_ACC set")
	}
	workspace, readers := installProviders(b)
	var plans []plan
	for _, stalls := range []bool{false, true} {
		for _, instances := range []int{1, 10, 100, 1_000} {
			if stalls && instances < stallEvery || testing.Short() && instances > 100 {
				continue
			}
			for _, reader := range readers {
				p := plan{Reader: reader, Instances: instances, Stalls: stalls}
				if !b.Run(p.name(), func(b *testing.B) { p.measure(b, workspace) }) {
					return
				}
				if len(p.Runs) > 0 { // the flag -bench may leave it out
					plans = append(plans, p)
				}
			}
		}
	}
	if len(plans) == 0 {
		return
	}
	printPlans(b, plans)
	if file := os.Getenv("BENCH_FILE"); file != "" {
		writeFigures(b, file, workspace, plans)
	}
}

// installProviders installs this provider, built as a release is, and the
// peers. It returns what all plans have in common, and the names of what reads
// the instances: each has a configuration in testdata/bench.
func installProviders(b *testing.B) (acctest.Workspace, []string) {
	b.Helper()
	cli, err := acctest.Find(b.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		b.Fatal(err)
	}
	var (
		dir       = b.TempDir()
		binary    = filepath.Join(dir, "terraform-provider-")
		readers   = []string{"no provider", "wachat for_each", "wachat fleet"}
		providers = map[string]string{"wachat-net/wachat": dir}
	)
	if err := acctest.BuildProvider(b.Context(), binary+"wachat", "", "-trimpath", "-ldflags=-s -w"); err != nil {
		b.Fatal(err)
	}
	for _, peer := range strings.Fields(os.Getenv("BENCH_PEERS")) {
		name, path, _ := strings.Cut(peer, "=")
		if peers[name] == "" {
			b.Fatalf("BENCH_PEERS has %q, want name=path with a name of %v", peer, peers)
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join("..", "..", path) // from where make runs
		}
		content, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		writeFile(b, binary+name, content, 0o700)
		readers = append(readers, name)
		providers[peers[name]] = dir
	}
	configFile, err := acctest.WriteOverrides(dir, providers)
	if err != nil {
		b.Fatal(err)
	}
	return acctest.Workspace{CLI: cli, ConfigFile: configFile}, readers
}

// plan is what was measured of one plan.
type plan struct {
	Reader     string    `json:"reader"`
	Instances  int       `json:"instances"`
	Stalls     bool      `json:"stalls"`            // 1 in stallEvery instances gets no answer to its first request
	Seconds    float64   `json:"seconds,omitempty"` // the median; 0 where a run did not finish
	Runs       []float64 `json:"runs"`              // in seconds
	Unfinished bool      `json:"did_not_finish,omitempty"`
	Requests   float64   `json:"requests_per_instance"` // of the run that sent most
}

func (p *plan) name() string {
	return fmt.Sprintf("instances=%d/stalls=%t/reader=%s", p.Instances, p.Stalls, p.Reader)
}

// timeout is far above what a plan takes where nothing stalls. A plan that takes
// longer did not finish.
func (p *plan) timeout() time.Duration {
	return 30*time.Second + time.Duration(p.Instances)*150*time.Millisecond
}

// measure repeats the plan, unless it takes long.
func (p *plan) measure(b *testing.B, workspace acctest.Workspace) {
	b.Helper()
	api := wachattest.New(wachattest.WithTLS())
	b.Cleanup(api.Close)
	api.SetDelay(apiWork)
	for i := range p.Instances {
		api.Create(instanceName(i))
	}
	workspace = p.configure(b, workspace, api)
	var elapsed time.Duration
	for b.Loop() {
		if elapsed < longPlan {
			elapsed = p.run(b, workspace, api)
		}
	}
	b.ReportMetric(0, "ns/op") // the median says more
	b.ReportMetric(p.Requests, "requests/instance")
	if p.Unfinished {
		b.Logf("did not finish in %s", p.timeout())
		return
	}
	p.Seconds = slices.Sorted(slices.Values(p.Runs))[len(p.Runs)/2]
	b.ReportMetric(p.Seconds, "s/plan")
}

func instanceName(i int) string { return fmt.Sprintf("t1_bench_%04d", i) }

// configure makes a working directory with what Terraform needs for the plan.
func (p *plan) configure(b *testing.B, workspace acctest.Workspace, api *wachattest.Server) acctest.Workspace {
	b.Helper()
	workspace.Dir = b.TempDir()
	for _, name := range []string{"variables.tf", strings.ReplaceAll(p.Reader, " ", "_") + ".tf"} {
		content, err := os.ReadFile(filepath.Join("testdata", "bench", name))
		if err != nil {
			b.Fatal(err)
		}
		writeFile(b, filepath.Join(workspace.Dir, name), content, 0o600)
	}
	authority := filepath.Join(workspace.Dir, "authority.pem")
	writeFile(b, authority, []byte(api.CACertPEM()), 0o600)
	workspace.Env = []string{
		"SSL_CERT_FILE=" + authority, // for the peers
		"TF_VAR_base_url=" + distant(b, api.BaseURL()),
		"TF_VAR_api_key=" + api.Key(),
		"TF_VAR_ca_cert_pem=" + api.CACertPEM(),
		fmt.Sprintf("TF_VAR_instances=%d", p.Instances),
	}
	return workspace
}

func writeFile(b *testing.B, path string, content []byte, mode os.FileMode) {
	b.Helper()
	if err := os.WriteFile(path, content, mode); err != nil {
		b.Fatal(err)
	}
}

// run plans once.
func (p *plan) run(b *testing.B, workspace acctest.Workspace, api *wachattest.Server) time.Duration {
	b.Helper()
	for i := stallEvery / 2; p.Stalls && i < p.Instances; i += stallEvery {
		api.Instance(instanceName(i)).Enqueue(stall)
	}
	ctx, cancel := context.WithTimeout(b.Context(), p.timeout())
	defer cancel()
	requests, begin := api.Requests(), time.Now()
	_, err := workspace.Output(ctx, "plan", "-lock=false")
	elapsed := time.Since(begin).Round(time.Millisecond)
	p.Runs = append(p.Runs, elapsed.Seconds())
	p.Requests = max(p.Requests, float64(api.Requests()-requests)/float64(p.Instances))
	if errors.Is(err, context.DeadlineExceeded) {
		p.Unfinished = true
	} else if err != nil {
		b.Fatal(err)
	}
	return elapsed
}

// stall answers nothing until the client leaves.
func stall(_ http.ResponseWriter, r *http.Request, _ http.Handler) { <-r.Context().Done() }
