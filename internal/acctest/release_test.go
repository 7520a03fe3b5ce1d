// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// TestAccRelease shows that a release of the last commit would work. The CLI
// itself judges it: it installs the release from a registry on loopback.
//
// https://developer.hashicorp.com/terraform/registry/providers/publishing
func TestAccRelease(t *testing.T) {
	if os.Getenv("TF_ACC_RELEASE") == "" {
		t.Skip("it builds a release, which takes minutes: run make release-check")
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		t.Fatal("on this system SSL_CERT_FILE has no effect, and without it the CLI does not trust a registry on loopback")
	}
	acctest.Needs(t)
	cli, err := acctest.Find(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	if err := os.Chmod(home, 0o700); err != nil { // or gpg warns
		t.Fatal(err)
	}
	t.Setenv("GNUPGHOME", home)
	t.Cleanup(func() { // gpg starts an agent, which does not end by itself
		_ = exec.CommandContext(context.WithoutCancel(t.Context()), "gpgconf", "--kill", "all").Run()
	})
	publisher, stranger := newKey(t, "publisher"), newKey(t, "stranger")
	r := newRelease(t, cli.Platform, publisher)
	command(t, r.dir, "gpg", "--batch", "--local-user="+stranger, "--output=stranger.sig", "--detach-sign", r.file("SHA256SUMS"))
	registry := startRegistry(t, r, publisher)

	t.Run("files", r.testFiles)
	t.Run("install", func(t *testing.T) {
		w := r.newWorkspace(t, cli, registry, "publisher")
		output, err := w.Output(t.Context(), "init")
		if want := "signed, key ID " + publisher; err != nil || !strings.Contains(output, want) {
			t.Fatalf("init: error %v; want %q in the output:\n%s", err, want, output)
		}
		t.Log(regexp.MustCompile(`Installed .*`).FindString(output))
		output, err = w.Output(t.Context(), "plan")
		if want := `+ state = "open"`; err != nil || !strings.Contains(output, want) {
			t.Errorf("plan: error %v; want %q in the output:\n%s", err, want, output)
		}
		printed := command(t, "", r.installed(t, w)[0], "-version")
		if want := fmt.Sprintf("%s %s (%.12s)\n", project, r.Version, r.Commit); printed != want {
			t.Errorf("-version prints %q, want %q", printed, want)
		}
	})
	t.Run("signature of a stranger", func(t *testing.T) {
		w := r.newWorkspace(t, cli, registry, "stranger")
		result, err := w.Run(t.Context(), "init")
		output := acctest.OneLine(result.Output)
		if want := "authentication signature from unknown issuer"; err != nil || result.ExitCode == 0 || !strings.Contains(output, want) {
			t.Errorf("init: error %v, exit code %d; want a failure with %q: %s", err, result.ExitCode, want, output)
		}
		if files := r.installed(t, w); len(files) > 0 {
			t.Errorf("init installed %q", files)
		}
	})
}

const project = "terraform-provider-wachat"

// release is what goreleaser made for one platform.
type release struct {
	dir, platform   string
	Version, Commit string // as goreleaser's metadata.json has them
}

func (r release) file(suffix string) string { return project + "_" + r.Version + "_" + suffix }
func (r release) archive() string           { return r.file(r.platform + ".zip") }

// newRelease makes a snapshot in a new clone, with the configuration of a
// release but for the other platforms. `goreleaser release` has no option for
// that.
func newRelease(t *testing.T, platform, publisher string) release {
	t.Helper()
	clone := filepath.Join(t.TempDir(), "clone")
	command(t, "", "git", "clone", "--quiet", acctest.Root(t), clone)

	config := acctest.ReadFile(t, filepath.Join(clone, ".goreleaser.yml"))
	goos, goarch, _ := strings.Cut(platform, "_")
	config = regexp.MustCompile(`goos: \[.*\]`).ReplaceAllString(config, `goos: ["`+goos+`"]`)
	config = regexp.MustCompile(`goarch: \[.*\]`).ReplaceAllString(config, `goarch: ["`+goarch+`"]`)
	configFile := filepath.Join(t.TempDir(), "goreleaser.yml")
	if err := os.WriteFile(configFile, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}

	t.Setenv("GPG_FINGERPRINT", publisher)
	begin := time.Now()
	command(t, clone, "go", "tool", "-modfile=tools/go.mod", "goreleaser", "release", "--snapshot", "--skip=sbom", "--config="+configFile)
	r := release{dir: filepath.Join(clone, "dist"), platform: platform}
	if err := json.Unmarshal([]byte(acctest.ReadFile(t, filepath.Join(r.dir, "metadata.json"))), &r); err != nil {
		t.Fatal(err)
	}
	t.Logf("version %s of commit %s: goreleaser took %.0fs", r.Version, r.Commit, time.Since(begin).Seconds())
	return r
}

// uploadedManifest matches goreleaser's configuration where a release has the
// manifest among its files. A snapshot uploads nothing.
var uploadedManifest = regexp.MustCompile(`(?m)^release:\n(?: .*\n)*? +- glob: terraform-registry-manifest\.json\n` +
	` +name_template: '\{\{ \.ProjectName \}\}_\{\{ \.Version \}\}_manifest\.json'$`)

func (r release) testFiles(t *testing.T) {
	manifest := acctest.ReadFile(t, filepath.Join(r.dir, "..", "terraform-registry-manifest.json"))
	var protocols struct {
		Metadata struct {
			Versions []string `json:"protocol_versions"`
		}
	}
	if err := json.Unmarshal([]byte(manifest), &protocols); err != nil || !slices.Equal(protocols.Metadata.Versions, []string{"6.0"}) {
		t.Errorf("the manifest has protocols %q (error %v), want 6.0", protocols.Metadata.Versions, err)
	}
	if config := acctest.ReadFile(t, filepath.Join(r.dir, "config.yaml")); !uploadedManifest.MatchString(config) {
		t.Errorf("the manifest is not among the files of a release:\n%s", config)
	}
	want := []string{
		sum(acctest.ReadFile(t, filepath.Join(r.dir, r.archive()))) + "  " + r.archive(),
		sum(manifest) + "  " + r.file("manifest.json"),
	}
	got := strings.Split(strings.TrimSpace(acctest.ReadFile(t, filepath.Join(r.dir, r.file("SHA256SUMS")))), "\n")
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("SHA256SUMS is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// startRegistry serves the release with the provider registry protocol, and says
// that it is signed with the publisher's key. In the namespace "stranger",
// another key has signed it.
//
// https://developer.hashicorp.com/terraform/internals/provider-registry-protocol
func startRegistry(t *testing.T, r release, publisher string) *httptest.Server {
	t.Helper()
	goos, goarch, _ := strings.Cut(r.platform, "_")
	protocols := []string{"6.0"}
	key := map[string]string{"key_id": publisher, "ascii_armor": command(t, "", "gpg", "--armor", "--export", publisher)}
	platform := map[string]string{"os": goos, "arch": goarch}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/terraform.json", answer(map[string]any{"providers.v1": "/v1/providers/"}))
	mux.Handle("/files/", http.StripPrefix("/files/", http.FileServer(http.Dir(r.dir))))
	for namespace, signature := range map[string]string{"publisher": r.file("SHA256SUMS.sig"), "stranger": "stranger.sig"} {
		provider := "/v1/providers/" + namespace + "/wachat/"
		mux.HandleFunc(provider+"versions", answer(map[string]any{"versions": []any{
			map[string]any{"version": r.Version, "protocols": protocols, "platforms": []any{platform}},
		}}))
		mux.HandleFunc(provider+r.Version+"/download/"+goos+"/"+goarch, answer(map[string]any{
			"protocols": protocols, "os": goos, "arch": goarch, "filename": r.archive(),
			"download_url": "/files/" + r.archive(), "shasum": sum(acctest.ReadFile(t, filepath.Join(r.dir, r.archive()))),
			"shasums_url": "/files/" + r.file("SHA256SUMS"), "shasums_signature_url": "/files/" + signature,
			"signing_keys": map[string]any{"gpg_public_keys": []any{key}},
		}))
	}
	server := httptest.NewTLSServer(mux)
	t.Cleanup(server.Close)
	return server
}

func answer(body map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(body)
	}
}

// newWorkspace requires the release of a namespace of the registry, and reads an
// instance with it.
func (r release) newWorkspace(t *testing.T, cli acctest.CLI, registry *httptest.Server, namespace string) acctest.Workspace {
	t.Helper()
	dir := t.TempDir()
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: registry.Certificate().Raw})
	source := strings.TrimPrefix(registry.URL, "https://") + "/" + namespace + "/wachat"
	configuration := fmt.Sprintf("terraform {\n  required_providers {\n    wachat = { source = %q, version = %q }\n  }\n}\n", source, r.Version) +
		acctest.Provider(acctest.StartAPI(t)) +
		fmt.Sprintf("data \"wachat_instance_state\" \"shop\" {\n  instance_name = %q\n}\n", acctest.Shop) +
		"output \"state\" {\n  value = data.wachat_instance_state.shop.state\n}\n"
	for name, text := range map[string]string{"main.tf": configuration, "registry.pem": string(certificate)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return acctest.Workspace{CLI: cli, Dir: dir, Env: []string{"SSL_CERT_FILE=" + filepath.Join(dir, "registry.pem")}}
}

// installed are the provider's binaries in a workspace.
func (r release) installed(t *testing.T, w acctest.Workspace) []string {
	t.Helper()
	pattern := filepath.Join(w.Dir, ".terraform", "providers", "*", "*", "wachat", r.Version, r.platform, project+"_v"+r.Version)
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// newKey makes a key of the kind that the registries accept, RSA, and returns
// its ID.
func newKey(t *testing.T, name string) string {
	t.Helper()
	status := command(t, "", "gpg", "--batch", "--quiet", "--status-fd=1", "--passphrase=", "--quick-generate-key", name, "rsa3072", "sign", "never")
	created := regexp.MustCompile(`KEY_CREATED P [0-9A-F]{24}([0-9A-F]{16})`).FindStringSubmatch(status)
	if created == nil {
		t.Fatalf("gpg made no key: %s", status)
	}
	return created[1]
}

func sum(content string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(content))) }

// command runs a command that has to succeed, and returns its standard output.
func command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir, cmd.Stderr = dir, t.Output()
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return string(output)
}
