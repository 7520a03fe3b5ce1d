// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

// Each link of an assumption points to a file and a declaration in it.
func TestAssumptions_linksExist(t *testing.T) {
	root, err := acctest.RepositoryRoot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range assumptions() {
		if len(a.reliedOnBy) == 0 {
			t.Errorf("%s has no link", a.name)
		}
		for _, link := range a.reliedOnBy {
			path, symbol, _ := strings.Cut(link, "#")
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, path), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Errorf("%s: %v", a.name, err)
				continue
			}
			if !declares(file, symbol) {
				t.Errorf("%s: %s does not declare %s", a.name, path, symbol)
			}
		}
	}
}

func declares(file *ast.File, symbol string) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			found = found || n.Name.Name == symbol
			return false
		case *ast.TypeSpec:
			found = found || n.Name.Name == symbol
			return false
		case *ast.ValueSpec:
			found = found || slices.ContainsFunc(n.Names, func(name *ast.Ident) bool { return name.Name == symbol })
			return false
		}
		return true
	})
	return found
}

func TestDeclares(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "a.go", "package a\nconst c = 1\ntype t struct{}\nfunc (t) m() { x := 1; _ = x }", 0)
	if err != nil {
		t.Fatal(err)
	}
	for symbol, want := range map[string]bool{"c": true, "t": true, "m": true, "x": false, "missing": false} {
		if declares(file, symbol) != want {
			t.Errorf("declares(%s) = %t", symbol, !want)
		}
	}
}
