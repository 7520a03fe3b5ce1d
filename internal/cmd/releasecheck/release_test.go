// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"
)

func TestCollect_missesTheManifest(t *testing.T) {
	clone := t.TempDir()
	write(t, filepath.Join(clone, manifestFile), `{"metadata": {"protocol_versions": ["6.0"]}}`)
	write(t, filepath.Join(clone, "dist", "metadata.json"), `{"version": "1.2.3"}`)
	write(t, filepath.Join(clone, "dist", "terraform-provider-wachat_1.2.3_linux_amd64.zip"), "")
	write(t, filepath.Join(clone, "dist", "config.yaml"), "release:\n  draft: true\n")
	if r, err := collect(clone, filepath.Join(t.TempDir(), "release"), "linux_amd64"); err == nil {
		t.Errorf("collect() = %+v, though the manifest would not be uploaded", r)
	}
}

func TestCollect_takesWhatIsUploaded(t *testing.T) {
	clone := t.TempDir()
	write(t, filepath.Join(clone, manifestFile), `{"metadata": {"protocol_versions": ["6.0"]}}`)
	write(t, filepath.Join(clone, "dist", "metadata.json"), `{"version": "1.2.3", "commit": "0123456789abcdef", "tag": "v1.2.2"}`)
	write(t, filepath.Join(clone, "dist", "config.yaml"), "release:\n  extra_files:\n    - glob: "+manifestFile+
		"\n      name_template: '{{ .ProjectName }}_{{ .Version }}_manifest.json'\n")
	write(t, filepath.Join(clone, "dist", "terraform-provider-wachat_linux_amd64_v1", "terraform-provider-wachat_v1.2.3"), "the binary")
	for _, suffix := range []string{"linux_amd64.zip", "linux_amd64.cdx.json", "SHA256SUMS", "SHA256SUMS.sig"} {
		write(t, filepath.Join(clone, "dist", "terraform-provider-wachat_1.2.3_"+suffix), suffix)
	}

	r, err := collect(clone, filepath.Join(t.TempDir(), "release"), "linux_amd64")
	if err != nil {
		t.Fatal(err)
	}
	files, err := r.files()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{r.sums(), r.signature(), r.sbom(), r.archive(), r.manifest()}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Errorf("the release has %q, want %q", got, want)
	}
	if r.version != "1.2.3" || r.commit != "0123456789abcdef" || r.shasum != files[r.archive()] || !slices.Equal(r.protocol, []string{"6.0"}) {
		t.Errorf("the registry notes %+v", r)
	}
}

func TestSums_areReadAsTheyAreWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "SHA256SUMS")
	want := sums{"b.zip": "02", "a.zip": "01"}
	if err := want.write(path); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "01  a.zip\n02  b.zip\n" {
		t.Errorf("the file is %q", got)
	}
	if got, err := readSums(path); err != nil || !maps.Equal(got, want) {
		t.Errorf("readSums() = %v, %v, want %v", got, err, want)
	}
	write(t, path, "01 a.zip\n")
	if got, err := readSums(path); err == nil {
		t.Errorf("readSums() = %v of a file with one space", got)
	}
}
