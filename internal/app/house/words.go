package house

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
)

// empty are names that say nothing of what is inside.
var empty = []string{"util", "utils", "helper", "helpers", "manager", "managers", "model", "models", "common", "misc"}

// Names finds files, packages and functions whose names are not words of the method.
func Names(tree Tree) []string {
	var found []string
	for _, f := range tree {
		stem, _, _ := strings.Cut(path.Base(f.Path), ".")
		for _, word := range append(strings.Split(f.Dir(), "/"), strings.Split(stem, "_")...) {
			if slices.Contains(empty, word) {
				found = append(found, fmt.Sprintf("%s: %q says nothing; use a word of the method", f.Path, word))
			}
		}
		if f.Go == nil {
			continue
		}
		for _, d := range f.Go.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(strings.ToLower(fn.Name.Name), "setstatus") {
				found = append(found, f.at(fn.Pos(), "%s hides what happens; use the method's verb", fn.Name.Name))
			}
		}
	}
	return found
}

// refusal is a piece of text that may not stand in some files.
type refusal struct {
	pattern *regexp.Regexp
	in      []string
	why     string
}

// sinks are where a script could make markup or script of a text (Trusted Types).
var sinks = regexp.MustCompile(`\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|srcdoc|DOMParser|parseHTMLUnsafe|setHTMLUnsafe|importScripts|createPolicy)\b|` +
	`\bdocument\.write(ln)?\b|\beval\s*\(|\bnew\s+Function\b|\b[sS]et(Timeout|Interval)\(\s*["'` + "`" + `]|(?i)javascript:|\bsetAttribute\(\s*["']on|\bimport\s*\(`)

var refusals = []refusal{
	{regexp.MustCompile(`\sstyle\??=|<style\b`), []string{".templ"}, "the page's security policy refuses inline styles; use a class"},
	{regexp.MustCompile(`<script\b[^>]*>\s*[^<\s]`), []string{".templ"}, "the page's security policy refuses inline scripts"},
	{regexp.MustCompile(`<[^>]*\son[a-z]+\??=`), []string{".templ"}, "the page's security policy refuses inline handlers"},
	{regexp.MustCompile(`(?i)<(iframe|object|embed|base|applet)\b|\bsrcdoc\b|javascript:|http-equiv|@templ\.Raw|templ\.JS`), []string{".templ"}, "it lets others into the page"},
	{sinks, []string{".ts"}, "text that becomes markup or script: make elements and give them textContent, or let page.ts read a page"},
	{regexp.MustCompile(`\b[tbf]\.Skip(f|Now)?\(`), []string{".go"}, "a test that is skipped holds nothing"},
	{regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`), append(measured, ""), "do it now, or make it an issue"},
}

// Texts finds what may not stand in the text of a file.
func Texts(tree Tree) []string {
	var found []string
	for _, f := range tree {
		for _, r := range refusals {
			if f.Generated || !slices.Contains(r.in, path.Ext(f.Path)) {
				continue
			}
			for _, at := range r.pattern.FindAllStringIndex(f.Text, -1) {
				line := strings.Count(f.Text[:at[0]], "\n") + 1
				found = append(found, fmt.Sprintf("%s:%d: %.40q: %s", f.Path, line, f.Text[at[0]:at[1]], r.why))
			}
		}
	}
	return found
}
