package house

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
)

// dangerous are packages and names that lead past what keeps the product safe, with what they would let in.
var dangerous = map[string]string{
	"unsafe":                     "memory that the compiler does not look after",
	"plugin":                     "code from elsewhere",
	"text/template":              "markup that nobody escapes",
	"html/template":              "a second way to make pages; templ is the one",
	"encoding/gob":               "a reader that is not made for strangers' bytes",
	"os/exec":                    "other programs",
	"crypto/md5":                 "a broken sum",
	"crypto/sha1":                "a broken sum",
	"crypto/des":                 "a broken cipher",
	"crypto/rc4":                 "a broken cipher",
	"net/http.Get":               "a request without an end, to wherever it is sent on",
	"net/http.Head":              "a request without an end",
	"net/http.Post":              "a request without an end",
	"net/http.PostForm":          "a request without an end",
	"net/http.DefaultClient":     "a request without an end",
	"net/http.Client":            "a request to elsewhere: give it a time and a policy for being sent on, and a reason here",
	"net/http.ListenAndServe":    "a server without limits",
	"net/http.HandleFunc":        "a route without a right",
	"net/http.FileServer":        "files that nobody named",
	"net/http.ServeFile":         "files that nobody named",
	"net/http/pprof":             "the program's inside",
	"expvar":                     "the program's inside",
	"templ.Raw":                  "text that becomes markup",
	"templ.JSUnsafeFuncCall":     "text that becomes script",
	"templ.JSFuncCall":           "script beside the files of ours",
	"templ.OnceHandle":           "script beside the files of ours",
	"templ.SafeCSS":              "text that becomes style",
	"regexp.Compile":             "a pattern from outside",
	"regexp.MatchString":         "a pattern that is made each time",
	"crypto/tls.Config":          "TLS that is not Go's own choice",
	"path/filepath.EvalSymlinks": "names that lead elsewhere",
}

// Habits finds dangerous habits outside tests and outside what is allowed with a reason.
func Habits(tree Tree, allowed []Allowance) []string {
	var found []string
	used := make([]bool, len(allowed))
	for _, f := range tree.goFiles() {
		if f.Test {
			continue
		}
		for _, one := range leading(f) {
			i := slices.IndexFunc(allowed, func(a Allowance) bool { return below(f.Path, a.Path) && a.What == one.what })
			if i < 0 {
				found = append(found, f.at(one.at.Pos(), "%s: %s", one.what, dangerous[one.what]))
				continue
			}
			used[i] = true
		}
	}
	for i, a := range allowed {
		if !used[i] && slices.ContainsFunc(tree, func(f *File) bool { return below(f.Path, a.Path) }) {
			found = append(found, a.Path+": does not need its allowance for "+a.What+"; take it out")
		}
	}
	return found
}

// leading are the dangerous imports and names of a file.
func leading(f *File) (all []reach) {
	names := imported(f)
	for _, spec := range f.Go.Imports {
		if what := strings.Trim(spec.Path.Value, `"`); dangerous[what] != "" {
			all = append(all, reach{what, spec})
		}
	}
	ast.Inspect(f.Go, func(n ast.Node) bool {
		if what := called(names, n); dangerous[what] != "" {
			all = append(all, reach{what, n})
		}
		return true
	})
	return all
}

// imported are the names of packages in a file.
func imported(f *File) map[string]string {
	names := map[string]string{}
	for _, spec := range f.Go.Imports {
		what := strings.Trim(spec.Path.Value, `"`)
		names[path.Base(what)] = what
		if spec.Name != nil {
			names[spec.Name.Name] = what
		}
	}
	return names
}

// called is the full name of what is taken out of a package, "net/http.Get"; templ goes by its short one.
func called(names map[string]string, n ast.Node) string {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	x, ok := s.X.(*ast.Ident)
	if !ok || names[x.Name] == "" {
		return ""
	}
	if names[x.Name] == "github.com/a-h/templ" {
		return "templ." + s.Sel.Name
	}
	return names[x.Name] + "." + s.Sel.Name
}

var (
	sqlText  = regexp.MustCompile(`(?s)^\s*(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+[a-z_]+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|DROP\s+TABLE|ALTER\s+TABLE)\s`)
	register = []string{"Q", "X", "CrossQ", "CrossX"}
)

// RegisteredSQL finds SQL outside internal/db and the scope that authz writes into it, that is not a text registered when the
// program starts: in the body of a function that is called while it runs.
func RegisteredSQL(tree Tree) []string {
	var found []string
	for _, f := range tree.goFiles() {
		if f.Test || below(f.Path, "internal/db") || f.Path == "internal/authz/scope.go" || below(f.Path, "internal/app/house") {
			continue
		}
		names := imported(f)
		for _, d := range f.Go.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			if at := makesSQL(names, fn); at != nil && !registers(tree, f, fn.Name.Name) {
				found = append(found, f.at(at.Pos(), "SQL in %s, which is called while the program runs: register the text where variables of the package are made", fn.Name.Name))
			}
		}
	}
	return found
}

// makesSQL is where a function writes or registers SQL, or nil.
func makesSQL(names map[string]string, fn *ast.FuncDecl) (at ast.Node) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		text, isText := n.(*ast.BasicLit)
		what, isDB := strings.CutPrefix(called(names, n), Module+"/internal/db.")
		if isText && text.Kind == token.STRING && sqlText.MatchString(strings.Trim(text.Value, "`\"")) || isDB && slices.Contains(register, what) {
			at = n
		}
		return at == nil
	})
	return at
}

// registers says that a function is called only where variables of its package are made.
func registers(tree Tree, at *File, name string) bool {
	outside := 0
	for _, f := range tree.goFiles() {
		if f.Dir() != at.Dir() || f.Test {
			continue
		}
		for _, d := range f.Go.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				ast.Inspect(fn.Body, func(n ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						if id, ok := call.Fun.(*ast.Ident); ok && id.Name == name {
							outside++
						}
					}
					return true
				})
			}
		}
	}
	return outside == 0
}
