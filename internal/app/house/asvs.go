package house

import (
	"encoding/csv"
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"strings"
)

// asvsRows is how many requirements each chapter of OWASP's Application Security Verification Standard 5.0 has. None can be
// left out of the list by forgetting it.
var asvsRows = [...]int{1: 30, 2: 13, 3: 31, 4: 16, 5: 13, 6: 47, 7: 19, 8: 13, 9: 7, 10: 36, 11: 24, 12: 12, 13: 21, 14: 13, 15: 21, 16: 17, 17: 12}

// leastL3 is the share of the applicable requirements of level 3, in percent, that need evidence; the others need a reason.
const leastL3 = 85

var asvsID = regexp.MustCompile(`^V([0-9]+)\.([0-9]+)\.[0-9]+$`)

// ASVS finds in docs/asvs.csv: requirements that are missing or stand twice; one that applies at level 1 or 2 and names no
// evidence, or none but words; evidence that is not where it says; one that does not apply, or has no evidence, without a
// reason; and too little evidence at level 3.
//
// Evidence is one or more of "path", "path:Name" (something that a Go file declares, or words that stand in another file)
// and "docs/page.md#Heading", with semicolons between. Documents alone do for what the standard itself wants documented
// (the first section of a chapter); elsewhere they need a reason beside them.
func ASVS(tree Tree) []string {
	const name = "docs/asvs.csv"
	page := tree.Find(name)
	if page == nil {
		return []string{name + " is not there"}
	}
	rows, err := csv.NewReader(strings.NewReader(page.Text)).ReadAll()
	if err != nil || len(rows) == 0 || strings.Join(rows[0], ",") != "id,level,applies,evidence,reason" {
		return []string{fmt.Sprintf("%s: cannot be read as id,level,applies,evidence,reason: %v", name, err)}
	}
	a := asvs{tree: tree, seen: map[string]bool{}, chapters: make([]int, len(asvsRows))}
	for _, r := range rows[1:] {
		a.row(r[0], r[1], r[2], r[3], r[4])
	}
	for i, want := range asvsRows {
		if a.chapters[i] != want {
			a.find(fmt.Sprintf("V%d", i), "has %d requirements, and the standard %d", a.chapters[i], want)
		}
	}
	if a.shown*100 < leastL3*a.level3 {
		a.find("level 3", "%d of %d requirements have evidence; %d %% should", a.shown, a.level3, leastL3)
	}
	return a.found
}

type asvs struct {
	tree          Tree
	seen          map[string]bool
	chapters      []int
	level3, shown int
	found         []string
}

func (a *asvs) find(about, format string, values ...any) {
	a.found = append(a.found, "docs/asvs.csv: "+about+" "+fmt.Sprintf(format, values...))
}

func (a *asvs) row(id, level, applies, evidence, reason string) {
	m := asvsID.FindStringSubmatch(id)
	var chapter int
	if m != nil {
		_, _ = fmt.Sscan(m[1], &chapter)
	}
	if m == nil || chapter >= len(asvsRows) || a.seen[id] || !strings.Contains("1 2 3", level) || applies != "yes" && applies != "no" {
		a.find(id, "stands twice, or is no requirement with a level and yes or no")
		return
	}
	a.seen[id] = true
	a.chapters[chapter]++
	if applies == "no" {
		if reason == "" {
			a.find(id, "does not apply: say why")
		}
		return
	}
	a.applies(id, level, m[2] == "1", evidence, reason)
}

func (a *asvs) applies(id, level string, documents bool, evidence, reason string) {
	if level == "3" {
		a.level3++
		if evidence != "" {
			a.shown++
		}
	}
	if evidence == "" {
		if level != "3" || reason == "" {
			a.find(id, "applies and names no test or code; at level 3 a reason may stand instead")
		}
		return
	}
	shown := documents || reason != ""
	for piece := range strings.SplitSeq(evidence, "; ") {
		file, wrong := a.look(piece)
		if wrong != "" {
			a.find(id, "names %s, %s", piece, wrong)
		}
		shown = shown || path.Ext(file) != ".md"
	}
	if !shown {
		a.find(id, "names documents alone: name the test or code, or say why there is none")
	}
}

// look gives the file of a piece of evidence, and what is wrong with it; nothing if it is there.
func (a *asvs) look(piece string) (file, wrong string) {
	file, name, isPart := strings.Cut(piece, ":")
	file, heading, isHeading := strings.Cut(file, "#")
	return file, wrongWith(a.tree.Find(file), name, isPart, heading, isHeading)
}

func wrongWith(f *File, name string, isPart bool, heading string, isHeading bool) string {
	switch {
	case f == nil:
		return "which is not there"
	case isHeading && !regexp.MustCompile(`(?m)^#+ `+regexp.QuoteMeta(heading)+`$`).MatchString(f.Text):
		return "which has no such heading"
	case isPart && f.Go != nil && !declares(f, name), isPart && f.Go == nil && !strings.Contains(f.Text, name):
		return "which does not hold that"
	}
	return ""
}

// declares says whether the file declares a function, method, type, constant or variable of that name.
func declares(f *File, name string) bool {
	for _, d := range f.Go.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.Name == name {
				return true
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if s.Name.Name == name {
						return true
					}
				case *ast.ValueSpec:
					for _, n := range s.Names {
						if n.Name == name {
							return true
						}
					}
				}
			}
		}
	}
	return false
}
