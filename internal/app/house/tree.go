// Package house reads the product's own source and says where it leaves the rules of the house: what may import what,
// where the clock stands, how large things may grow, and that every rule of the method has its test. The tests of
// package app ask it about the real source; its own tests show that it can say no.
//
// A finding is a sentence that begins with the file it is about and says what to do.
package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

//go:generate go run ./ruletable

// Module is the name under which the product imports itself.
const Module = "maatje"

// File is one text file of the source. Go is nil for a file in another language.
type File struct {
	Path      string // from the root, with slashes
	Text      string
	Test      bool
	Generated bool
	Go        *ast.File
	positions *token.FileSet
}

// Tree is the whole source, by path.
type Tree []*File

var read = []string{".go", ".templ", ".ts", ".mjs", ".css", ".sql", ".md", ".mod", ".json", ".csv"}

var passedOver = []string{".git", "node_modules", "bin", "dist", "tmp", "shots", "testdata"}

var generatedMark = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// Load reads the source below the root, which is where go.mod lies.
func Load(root string) (Tree, error) {
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		return nil, err
	}
	texts := map[string]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains(passedOver, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if slices.Contains(read, path.Ext(p)) || path.Dir(p) == "scripts" {
			text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(p)))
			texts[p] = string(text)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return Parse(texts)
}

// Parse makes a tree of texts by path.
func Parse(texts map[string]string) (Tree, error) {
	var tree Tree
	for p, text := range texts {
		f := &File{Path: p, Text: text, Test: strings.HasSuffix(p, "_test.go"), Generated: generatedMark.MatchString(text)}
		if path.Ext(p) == ".go" {
			f.positions = token.NewFileSet()
			var err error
			if f.Go, err = parser.ParseFile(f.positions, p, text, parser.ParseComments); err != nil {
				return nil, err
			}
		}
		tree = append(tree, f)
	}
	slices.SortFunc(tree, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	return tree, nil
}

// Find gives the file with that path, or nil.
func (t Tree) Find(p string) *File {
	for _, f := range t {
		if f.Path == p {
			return f
		}
	}
	return nil
}

// goFiles are the files written in Go by a person.
func (t Tree) goFiles() Tree {
	return t.only(func(f *File) bool { return f.Go != nil && !f.Generated })
}

func (t Tree) only(keep func(*File) bool) Tree {
	var kept Tree
	for _, f := range t {
		if keep(f) {
			kept = append(kept, f)
		}
	}
	return kept
}

// Dir is the folder of the file, which is its package.
func (f *File) Dir() string { return path.Dir(f.Path) }

// Imports are the paths that a Go file imports.
func (f *File) Imports() []string {
	var all []string
	for _, spec := range f.Go.Imports {
		all = append(all, strings.Trim(spec.Path.Value, `"`))
	}
	return all
}

// at begins a finding about a place in the file.
func (f *File) at(pos token.Pos, format string, values ...any) string {
	return fmt.Sprintf("%s:%d: %s", f.Path, f.positions.Position(pos).Line, fmt.Sprintf(format, values...))
}

// lines counts as an editor does.
func (f *File) lines() int {
	return strings.Count(strings.TrimSuffix(f.Text, "\n"), "\n") + 1
}

// below says whether a path is that file or folder, or lies in it.
func below(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }
