package house

import "strings"

// owners say which package alone may import what: one place knows the engine, the others know queries.
var owners = map[string]string{
	"database/sql":       "internal/db",
	"github.com/jackc":   "internal/db",
	"github.com/ncruces": "internal/db",
	"github.com/pressly": "internal/db",
}

// Owned finds imports of something that another package owns. Tests are held to it as well.
func Owned(tree Tree) []string {
	var found []string
	for _, f := range tree.only(func(f *File) bool { return f.Go != nil }) {
		for _, spec := range f.Go.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			for what, owner := range owners {
				if imported == "database/sql/driver" || !below(imported, what) || below(f.Path, owner) {
					continue
				}
				found = append(found, f.at(spec.Pos(), "only %s may import %s", owner, imported))
			}
		}
	}
	return found
}

// world are the parts of the standard library with which a rule would no longer be a plain question with one answer.
var world = []string{"net", "os", "database", "io/fs", "log", "syscall", "math/rand", "crypto/rand", "context"}

// PureRules finds rules.go files that import more than plain parts of the standard library and core.
func PureRules(tree Tree) []string {
	var found []string
	for _, f := range tree.goFiles() {
		if !strings.HasSuffix(f.Path, "/rules.go") {
			continue
		}
		for _, spec := range f.Go.Imports {
			if imported := strings.Trim(spec.Path.Value, `"`); !plain(imported) {
				found = append(found, f.at(spec.Pos(), "a rule is pure: it may not import %s", imported))
			}
		}
	}
	return found
}

func plain(imported string) bool {
	if imported == Module+"/internal/core" {
		return true
	}
	first, _, _ := strings.Cut(imported, "/")
	if first == Module || strings.Contains(first, ".") {
		return false
	}
	for _, part := range world {
		if below(imported, part) {
			return false
		}
	}
	return true
}
