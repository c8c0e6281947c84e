package house

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// groups are the beginnings of rule ids, in the order of the method.
var groups = []string{"REF", "INT", "VOL", "TRA", "PRI", "TOO", "CON", "SIG", "PRV", "FIG"}

var (
	ruleID   = regexp.MustCompile(`\b(?:` + strings.Join(groups, "|") + `)-[0-9]+\b`)
	ruleHead = regexp.MustCompile(`\*\*((?:` + strings.Join(groups, "|") + `)-[0-9]+) ([^*]+)\.\*\*`)
	ruleTest = regexp.MustCompile(`^Test(` + strings.Join(groups, "|") + `)([0-9]+)_`)
)

// Rule is a rule of the method, as docs/method.md tells it.
type Rule struct{ ID, Title string }

// Rules are the rules that docs/method.md tells, in its order.
func Rules(tree Tree) []Rule {
	page := tree.Find("docs/method.md")
	if page == nil {
		return nil
	}
	var all []Rule
	for _, m := range ruleHead.FindAllStringSubmatch(page.Text, -1) {
		all = append(all, Rule{m[1], m[2]})
	}
	return all
}

// MethodComplete finds gaps in the numbering of docs/method.md: every group is there and counts from one.
func MethodComplete(tree Tree) []string {
	next := map[string]int{}
	var found []string
	for _, r := range Rules(tree) {
		group, number, _ := strings.Cut(r.ID, "-")
		next[group]++
		if number != strconv.Itoa(next[group]) {
			found = append(found, fmt.Sprintf("docs/method.md: %s stands where %s-%d belongs", r.ID, group, next[group]))
		}
	}
	for _, g := range groups {
		if next[g] == 0 {
			found = append(found, "docs/method.md: tells no rule of "+g)
		}
	}
	return found
}

// MethodTells finds rule ids in the source that docs/method.md does not tell.
func MethodTells(tree Tree) []string {
	told := map[string]bool{}
	for _, r := range Rules(tree) {
		told[r.ID] = true
	}
	var found []string
	for _, f := range tree {
		if f.Generated || below(f.Path, "internal/app/house") || !slices.Contains([]string{".go", ".templ", ".sql"}, path.Ext(f.Path)) {
			continue
		}
		for _, id := range idsIn(f.Text) {
			if !told[id] {
				found = append(found, f.Path+": docs/method.md does not tell "+id)
			}
		}
	}
	return found
}

// RuleTests finds rules that a rules.go names in a comment, and that no test beside it carries in its name.
func RuleTests(tree Tree) []string {
	tested := map[string]bool{} // by folder and id
	for _, f := range tree.goFiles() {
		for _, fn := range functions(f) {
			if id := testedRule(f, fn); id != "" {
				tested[f.Dir()+" "+id] = true
			}
		}
	}
	var found []string
	for _, f := range tree.goFiles() {
		if path.Base(f.Path) != "rules.go" {
			continue
		}
		for _, id := range commentIDs(f) {
			if !tested[f.Dir()+" "+id] {
				name := "Test" + strings.Replace(id, "-", "", 1) + "_"
				found = append(found, f.Path+": "+id+" has no test beside it; name one "+name+"...")
			}
		}
	}
	return found
}

// testedRule is the id in the name of a test function: INT-4 for TestINT4_BlocksTheStart.
func testedRule(f *File, fn *ast.FuncDecl) string {
	m := ruleTest.FindStringSubmatch(fn.Name.Name)
	if !f.Test || m == nil {
		return ""
	}
	return m[1] + "-" + m[2]
}

func functions(f *File) []*ast.FuncDecl {
	var all []*ast.FuncDecl
	for _, d := range f.Go.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			all = append(all, fn)
		}
	}
	return all
}

func commentIDs(f *File) []string {
	var text strings.Builder
	for _, c := range f.Go.Comments {
		text.WriteString(c.Text() + "\n")
	}
	return idsIn(text.String())
}

// idsIn are the rule ids in a text, each once, in order of appearance.
func idsIn(text string) []string {
	var all []string
	for _, id := range ruleID.FindAllString(text, -1) {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}
