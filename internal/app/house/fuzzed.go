package house

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
)

// FuzzTablePath is the page that lists everything that reads bytes from outside.
const FuzzTablePath = "docs/fuzz.md"

// reading are the functions with which bytes from outside are read. Whoever calls one stands in the table.
var reading = []string{
	"encoding/json.Unmarshal", "encoding/json.NewDecoder", "encoding/hex.DecodeString", "encoding/hex.Decode", "encoding/csv.NewReader", "encoding/xml.Unmarshal",
	"encoding/xml.NewDecoder", "archive/zip.NewReader", "time.Parse", "time.ParseInLocation", "net/url.Parse", "net/url.ParseQuery", "strconv.Atoi", "strconv.ParseInt", "strconv.ParseUint",
	"strconv.ParseFloat", "strconv.ParseBool", "encoding/binary.ReadUvarint", "net/netip.ParseAddr", "net/netip.ParsePrefix", "net.ParseIP", "net.SplitHostPort", "net/mail.ParseAddress",
	"mime.ParseMediaType", "filippo.io/age.Decrypt", "filippo.io/age.ParseX25519Recipient", "github.com/klauspost/compress/gzip.NewReader", "compress/gzip.NewReader",
}

// readNothingForeign are packages that read what we ourselves wrote, while we work.
var readNothingForeign = []string{"internal/app/house", "internal/app/bench", "internal/web/text/gen", "internal/web/gallery", "internal/web/webtest", "internal/db/dbtest", "internal/account/passkey/passkeytest", "internal/account/oidc/oidctest"}

var fuzzRow = regexp.MustCompile(`(?m)^\| [^|]+ \| ([^|]+) \| ([^|]+) \|`)

var quoted = regexp.MustCompile("`([^`]+)`")

// Fuzzed holds docs/fuzz.md against the source: everything that reads bytes stands in it with its fuzz test, every fuzz test
// stands in it, and nothing else does.
func Fuzzed(tree Tree) []string {
	readers, targets := map[string]bool{}, map[string]bool{}
	if p := tree.Find(FuzzTablePath); p != nil {
		for _, m := range fuzzRow.FindAllStringSubmatch(p.Text, -1) {
			mark(readers, m[1])
			mark(targets, m[2])
		}
	}
	var found []string
	functions := map[string]bool{}
	for _, f := range tree.goFiles() {
		for _, d := range f.Go.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name := path.Base(f.Dir()) + "." + fn.Name.Name
			functions[name] = true
			switch {
			case strings.HasPrefix(fn.Name.Name, "Fuzz") && f.Test && !targets[name]:
				found = append(found, f.at(fn.Pos(), "%s stands in no row of %s", name, FuzzTablePath))
			case !f.Test && !readers[name] && readsBytes(f, fn):
				found = append(found, f.at(fn.Pos(), "%s reads bytes and stands in no row of %s: give it a fuzz test, or a row that says which covers it", name, FuzzTablePath))
			}
		}
	}
	for _, all := range []map[string]bool{readers, targets} {
		for name := range all {
			if !functions[name] {
				found = append(found, FuzzTablePath+": there is no "+name)
			}
		}
	}
	slices.Sort(found)
	return found
}

func mark(in map[string]bool, cell string) {
	for _, m := range quoted.FindAllStringSubmatch(cell, -1) {
		in[m[1]] = true
	}
}

func readsBytes(f *File, fn *ast.FuncDecl) (reads bool) {
	if fn.Body == nil || slices.ContainsFunc(readNothingForeign, func(p string) bool { return below(f.Path, p) }) {
		return false
	}
	names := imported(f)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		reads = reads || slices.Contains(reading, called(names, n))
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "DecodeString" {
			reads = true // of an encoding
		}
		return true
	})
	return reads
}
