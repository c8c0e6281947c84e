package house

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
)

// How large something may grow before it is cut in two; in lines.
const (
	fileLines         = 500
	packageLines      = 4000 // without tests and generated files
	functionLines     = 60
	testFunctionLines = 120
)

var measured = []string{".go", ".templ", ".ts", ".mjs", ".css", ".sql"}

// Sizes finds files, packages and functions that have grown too large.
func Sizes(tree Tree) []string {
	var found []string
	packages := map[string]int{}
	for _, f := range tree {
		if f.Generated || !slices.Contains(measured, path.Ext(f.Path)) {
			continue
		}
		lines := f.lines()
		if lines > fileLines {
			found = append(found, fmt.Sprintf("%s: %d lines; a file has at most %d", f.Path, lines, fileLines))
		}
		if !f.Test {
			packages[f.Dir()] += lines
		}
		if f.Go != nil {
			found = append(found, longFunctions(f)...)
		}
	}
	for p, lines := range packages {
		if lines > packageLines {
			found = append(found, fmt.Sprintf("%s: %d lines; a package has at most %d", p, lines, packageLines))
		}
	}
	slices.Sort(found)
	return found
}

func longFunctions(f *File) []string {
	most := functionLines
	if f.Test {
		most = testFunctionLines
	}
	var found []string
	for _, d := range f.Go.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			lines := f.positions.Position(fn.End()).Line - f.positions.Position(fn.Pos()).Line + 1
			if lines > most {
				found = append(found, f.at(fn.Pos(), "%s has %d lines; at most %d", fn.Name.Name, lines, most))
			}
		}
	}
	return found
}
