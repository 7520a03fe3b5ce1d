#!/usr/bin/env bash
# Writes the license texts and notices of all that the binaries of a release
# contain, for every operating system: what the licenses ask for.
# google/go-licenses leaves out notices, or adds the whole source of modules
# under the MPL.
set -euo pipefail

show() { # TITLE FILE...
	printf '================================================================================\n%s\n' "$1"
	printf -- '--------------------------------------------------------------------------------\n\n'
	shift
	cat -- "$@"
	printf '\n'
}

show "Go $(go env GOVERSION)" "$(go env GOROOT)/LICENSE"
for goos in darwin freebsd linux windows; do
	GOOS=$goos CGO_ENABLED=0 go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' .
done | LC_ALL=C sort -u | while read -r path version dir; do
	files=$(find "$dir" -maxdepth 1 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'patents*' \) | LC_ALL=C sort)
	if [ -z "$files" ]; then
		echo "$path $version has no license" >&2
		exit 1
	fi
	# shellcheck disable=SC2086 # one argument for each file
	show "$path $version" $files
done
