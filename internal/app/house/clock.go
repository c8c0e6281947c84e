package house

import (
	"go/ast"
	"path"
	"slices"
	"strings"
)

// Allowance lets one file or folder reach for the clock, for chance or for the environment.
type Allowance struct {
	Path string // a file or a folder
	What string // "time.Now", "crypto/rand", "os.Getenv" ...
	Why  string
}

// reached are the functions, and chance the packages, that make an answer differ from one run to the next. They belong
// to app and cmd, which hand the instant down as an argument.
var (
	reached = []string{
		"time.Now", "time.Since", "time.Until", "os.Getenv", "os.LookupEnv", "os.Environ", "os.ExpandEnv",
	}
	chance = []string{"math/rand", "math/rand/v2", "crypto/rand"}
)

// Clock finds bare use of time, chance and environment outside app, cmd and tests, and allowances
// that what lies there does not need.
func Clock(tree Tree, allowed []Allowance) []string {
	var found []string
	used := make([]bool, len(allowed))
	for _, f := range tree.goFiles() {
		if f.Test || below(f.Path, "internal/app") || below(f.Path, "cmd") {
			continue
		}
		for _, node := range reaching(f) {
			i := slices.IndexFunc(allowed, func(a Allowance) bool { return below(f.Path, a.Path) && a.What == node.what })
			if i < 0 {
				found = append(found, f.at(node.at.Pos(), "%s belongs to app; take what it gives as an argument", node.what))
				continue
			}
			used[i] = true
		}
	}
	for i, a := range allowed {
		lies := func(f *File) bool { return below(f.Path, a.Path) }
		if !used[i] && slices.ContainsFunc(tree, lies) {
			found = append(found, a.Path+": does not need its allowance for "+a.What+"; take it out")
		}
	}
	return found
}

type reach struct {
	what string
	at   ast.Node
}

func reaching(f *File) []reach {
	var all []reach
	names := map[string]string{} // the name in this file of an imported package
	for _, spec := range f.Go.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if slices.Contains(chance, imported) {
			all = append(all, reach{imported, spec})
		}
		names[path.Base(imported)] = imported
		if spec.Name != nil {
			names[spec.Name.Name] = imported
		}
	}
	ast.Inspect(f.Go, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && slices.Contains(reached, names[x.Name]+"."+s.Sel.Name) {
				all = append(all, reach{names[x.Name] + "." + s.Sel.Name, s})
			}
		}
		return true
	})
	return all
}
