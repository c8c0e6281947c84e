package house

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// RuleTablePath is where the rule table stands.
const RuleTablePath = "docs/rules.md"

// place is something with a name in a file that mentions a rule.
type place struct{ name, path string }

func (p place) link() string { return "[" + p.name + "](../" + p.path + ")" }

// traces are the places of one rule.
type traces struct{ code, tests, screens []place }

// RuleTable writes docs/rules.md: for every rule of the method the code that holds it, the tests that carry its id, and
// the screens that show it. It names functions and not lines, so that it changes only when the answer does.
func RuleTable(tree Tree) string {
	found := map[string]*traces{}
	for _, r := range Rules(tree) {
		found[r.ID] = &traces{}
	}
	for _, f := range tree {
		if !f.Generated && below(f.Path, "internal") && !below(f.Path, "internal/app/house") && !below(f.Path, "internal/core") {
			trace(f, found)
		}
	}
	var b strings.Builder
	b.WriteString("<!-- Written by go generate ./internal/app/house; do not edit. -->\n\n# Rules: where each one lives\n\n" +
		"The rules are told in [method.md](method.md). A dash means: not yet.\n\n" +
		"| Rule | About | Code | Tests | Screens |\n|---|---|---|---|---|\n")
	for _, r := range Rules(tree) {
		t := found[r.ID]
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.ID, r.Title, cell(t.code), cell(t.tests), cell(t.screens))
	}
	return b.String()
}

func cell(places []place) string {
	if len(places) == 0 {
		return "–"
	}
	links := make([]string, len(places))
	for i, p := range places {
		links[i] = p.link()
	}
	return strings.Join(links, "<br>")
}

// trace adds what one file says about rules.
func trace(f *File, found map[string]*traces) {
	add := func(id string, to func(*traces) *[]place, name string) {
		t := found[id]
		if t == nil {
			return
		}
		p := place{name, f.Path}
		if places := to(t); !slices.Contains(*places, p) {
			*places = append(*places, p)
		}
	}
	code := func(t *traces) *[]place { return &t.code }
	screens := func(t *traces) *[]place { return &t.screens }
	tests := func(t *traces) *[]place { return &t.tests }
	switch {
	case f.Test:
		for _, fn := range functions(f) {
			add(testedRule(f, fn), tests, fn.Name.Name)
		}
	case path.Ext(f.Path) == ".templ":
		eachPart(f, templPart, func(name, id string) { add(id, screens, name) })
	case path.Base(f.Path) == "web.go":
		eachPart(f, goPart, func(name, id string) { add(id, screens, name) })
	case f.Go != nil:
		eachPart(f, goPart, func(name, id string) { add(id, code, name) })
	}
}

var (
	goPart    = regexp.MustCompile(`^(?:func (?:\([^)]*\) )?|type |var |const )(\w+)`)
	templPart = regexp.MustCompile(`^(?:templ (?:\([^)]*\) )?|func |type )(\w+)`)
)

// eachPart reads a file line by line and gives every rule id with the declaration it stands in, or with the one below
// when it stands in the comment above it. What belongs to no declaration goes under the package's name.
func eachPart(f *File, part *regexp.Regexp, give func(name, id string)) {
	pkg := path.Base(f.Dir())
	name, waiting := pkg, []string(nil)
	for line := range strings.Lines(f.Text) {
		if strings.HasPrefix(line, "//") {
			waiting = append(waiting, idsIn(line)...)
			continue
		}
		if m := part.FindStringSubmatch(line); m != nil {
			name = pkg + "." + m[1]
		} else if strings.HasPrefix(line, "package ") {
			name = pkg
		}
		for _, id := range append(waiting, idsIn(line)...) {
			give(name, id)
		}
		waiting = nil
		if strings.HasPrefix(line, "}") || strings.HasPrefix(line, ")") {
			name = pkg
		}
	}
}
