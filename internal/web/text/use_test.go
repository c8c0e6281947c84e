package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is what the product's own files say: every file's bytes, the string literals of the Go files, and the
// messages they give to core.Fail.
type source struct {
	files    [][]byte
	literals map[string]bool
	messages map[string]token.Position
}

// readSource walks the module without tests and generated files.
func readSource(t *testing.T, root string) source {
	t.Helper()
	s := source{literals: map[string]bool{}, messages: map[string]token.Position{}}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != root && (name == "node_modules" || name == "testdata" || strings.HasPrefix(name, ".")) {
			return filepath.SkipDir
		}
		isGo := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go")
		if d.IsDir() || name == "text_gen.go" || !isGo && !strings.HasSuffix(name, ".templ") {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s.files = append(s.files, b)
		if isGo {
			return s.read(path, b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// messageArgument says which argument of core's constructors is the message.
var messageArgument = map[string]int{"Refuse": 1, "Invalid": 1, "Conflict": 0, "Busy": 0}

func (s *source) read(path string, b []byte) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, b, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if text, ok := literal(n); ok {
				s.literals[text] = true
			}
		case *ast.CallExpr:
			if i, ok := messageArgument[ofCore(n.Fun, file.Name.Name)]; ok && i < len(n.Args) {
				s.message(fset, n.Args[i])
			}
		case *ast.CompositeLit:
			if ofCore(n.Type, file.Name.Name) == "Fail" {
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok && isNamed(kv.Key, "Message") {
						s.message(fset, kv.Value)
					}
				}
			}
		}
		return true
	})
	return nil
}

func (s *source) message(fset *token.FileSet, e ast.Expr) {
	if text, ok := literal(e); ok {
		s.messages[text] = fset.Position(e.Pos())
	}
}

// ofCore is the name behind "core.", or a bare name inside package core itself.
func ofCore(e ast.Expr, pkg string) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		if isNamed(e.X, "core") {
			return e.Sel.Name
		}
	case *ast.Ident:
		if pkg == "core" {
			return e.Name
		}
	}
	return ""
}

func isNamed(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

const moduleRoot = "../../.."

func TestEveryTextIsUsed(t *testing.T) {
	s := readSource(t, moduleRoot)
	used := map[string]bool{}
	call := regexp.MustCompile(`\.([A-Z][A-Za-z0-9]*)\b`)
	for _, b := range s.files {
		for _, m := range call.FindAllSubmatch(b, -1) {
			used[string(m[1])] = true
		}
	}
	for _, name := range generatedMethods(t) {
		if !used[name] {
			t.Errorf("no page uses the text of l.%s(): use it or take it out of nl.txt and en.txt", name)
		}
	}
}

// generatedMethods lists the methods made from the catalogue, without those of [codes] sections.
func generatedMethods(t *testing.T) (names []string) {
	t.Helper()
	b, err := os.ReadFile("text_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	lang := reflect.TypeFor[Lang]()
	for _, m := range regexp.MustCompile(`(?m)^func \(l Lang\) ([A-Z]\w*)\(`).FindAllStringSubmatch(string(b), -1) {
		if _, ok := lang.MethodByName(m[1]); !ok {
			t.Fatalf("%s is no method of Lang", m[1])
		}
		if !strings.Contains(string(b), "func "+m[1]+"Codes()") {
			names = append(names, m[1])
		}
	}
	if len(names) < 5 {
		t.Fatalf("found %d texts only: the test does not see the catalogue", len(names))
	}
	return names
}

func TestEveryFailHasASentence(t *testing.T) {
	s := readSource(t, moduleRoot)
	keys := FailKeys()
	for message, at := range s.messages {
		if !slices.Contains(keys, message) {
			t.Errorf("%s: %q has no sentence under [fail] in nl.txt and en.txt", at, message)
		}
	}
	for _, key := range keys {
		if !s.literals[key] {
			t.Errorf("no Go file names the fail %q: use it or take it out of nl.txt and en.txt", key)
		}
	}
	if _, ok := s.messages["not_found"]; !ok {
		t.Error("does not see core's own not_found: the test looks in the wrong place")
	}
}
