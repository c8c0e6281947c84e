package house

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// listed is a line of a table in docs/dependencies.md: the name stands first, in code marks.
var listed = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")

var required = regexp.MustCompile(`(?m)^(?:\t|require )(\S+) v\S+`)

// Dependencies holds docs/dependencies.md against what the source imports and package.json names: each third-party
// module has its line with a reason, and no line outlives its module in go.mod, which is kept tidy.
func Dependencies(tree Tree) []string {
	var found []string
	page, mod := tree.Find("docs/dependencies.md"), tree.Find("go.mod")
	if page == nil || mod == nil {
		return []string{"docs/dependencies.md and go.mod belong to the source"}
	}
	has := map[string]bool{}
	for _, m := range listed.FindAllStringSubmatch(page.Text, -1) {
		has[m[1]] = true
	}
	used := modules(tree, mod)
	if p := tree.Find("package.json"); p != nil {
		used = append(used, npmPackages(p.Text)...)
	}
	for _, name := range used {
		if !has[name] {
			found = append(found, "docs/dependencies.md: "+name+" has no line; say why it is here and what else was weighed")
		}
		delete(has, name)
	}
	for name := range has {
		if strings.Contains(mod.Text, name+" v") {
			continue
		}
		found = append(found, "docs/dependencies.md: nothing uses "+name)
	}
	slices.Sort(found)
	return found
}

// modules are those of which the source imports a package.
func modules(tree Tree, mod *File) []string {
	var direct []string
	for _, m := range required.FindAllStringSubmatch(mod.Text, -1) {
		imports := func(f *File) bool {
			return f.Go != nil && slices.ContainsFunc(f.Imports(), func(i string) bool { return below(i, m[1]) })
		}
		if slices.ContainsFunc(tree, imports) {
			direct = append(direct, m[1])
		}
	}
	return direct
}

func npmPackages(text string) []string {
	var p struct{ Dependencies, DevDependencies map[string]string }
	if json.Unmarshal([]byte(text), &p) != nil {
		return []string{"(package.json cannot be read)"}
	}
	var names []string
	for name := range p.Dependencies {
		names = append(names, name)
	}
	for name := range p.DevDependencies {
		names = append(names, name)
	}
	return names
}

// Lock finds addresses of a server in the npm lock: it names versions and checksums, wherever they come from.
func Lock(tree Tree) []string {
	lock := tree.Find("package-lock.json")
	if lock != nil && strings.Contains(lock.Text, `"resolved": "http`) {
		return []string{"package-lock.json: names the server that packages came from; .npmrc leaves it out"}
	}
	return nil
}
