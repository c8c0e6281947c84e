package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func catalogues(t *testing.T, nl, en string) string {
	t.Helper()
	dir := t.TempDir()
	for name, src := range map[string]string{"nl.txt": nl, "en.txt": en} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCatalogueErrors(t *testing.T) {
	const good = "[a]\nb = x\n"
	tests := map[string]struct{ nl, en, want string }{
		"missing in English":         {"[a]\nb = x\nc = y\n", good, "nl.txt:3: a.c: missing in en.txt"},
		"missing in Dutch":           {good, "[a]\nb = x\n\n# c\nc = y\n", "en.txt:5: a.c: missing in nl.txt"},
		"missing code":               {"[codes a]\nb = x\nc = y\n", "[codes a]\nb = x\n", "nl.txt:3: codes a.c: missing in en.txt"},
		"other parameter":            {"[a]\nb = {x}\n", "[a]\nb = {y}\n", "en.txt:2: a.b: other parameters than at nl.txt:2"},
		"one parameter less":         {"[a]\nb = {x} {y}\n", "[a]\nb = {y}\n", "en.txt:2: a.b: other parameters"},
		"other fail parameters":      {"[fail]\nb = {0} {1}\n", "[fail]\nb = {0}\n", "en.txt:2: fail.b: other parameters"},
		"twice":                      {"[a]\nb = x\nb = y\n", good, "nl.txt:3: a.b: stands twice, first at nl.txt:2"},
		"twice over sections":        {"[a]\nb = x\n[c]\n[a]\nb = y\n", good, "nl.txt:5: a.b: stands twice"},
		"code twice":                 {"[codes a]\nb = x\nb = y\n", "[codes a]\nb = x\n", "nl.txt:3: codes a.b: stands twice"},
		"empty":                      {"[a]\nb =\n", good, "nl.txt:2: b: empty text"},
		"empty after continuation":   {"[a]\nb = \\\n\n", good, "nl.txt:2: b: empty text"},
		"no section":                 {"b = x\n", good, "nl.txt:1: b: stands before the first [section]"},
		"broken section":             {"[a b]\n", good, "nl.txt:1: [a b]: not a section"},
		"no equals sign":             {"[a]\nb\n", good, "nl.txt:2: b: not a line of the form"},
		"broken key":                 {"[a]\nB c = x\n", good, "nl.txt:2: B c: not a key"},
		"broken parameter":           {"[a]\nb = {x y}\n", good, "nl.txt:2: b: not a parameter here: {x y}"},
		"open brace":                 {"[a]\nb = {x\n", good, "nl.txt:2: b: not a parameter here: {x"},
		"parameter that Go keeps":    {"[a]\nb = {type}\n", good, "not a parameter here: {type}"},
		"parameter in a code":        {"[codes a]\nb = {x}\n", good, "not a parameter here: {x}"},
		"name in a fail":             {"[fail]\nb = {x}\n", good, "not a parameter here: {x}"},
		"plural without one":         {"[a]\nb.other = x\n", good, "nl.txt:2: a.b: a plural needs .one and .other"},
		"plural without other":       {"[a]\nb.one = x\n", good, "nl.txt:2: a.b: a plural needs .one and .other"},
		"plural and text":            {"[a]\nb.one = x\nb.other = y\nb = z\n", good, "a text and a plural at once"},
		"plural in one language":     {"[a]\nb.one = x\nb.other = y\n", good, "en.txt:2: a.b: a plural in one language only"},
		"plural of a fail":           {"[fail]\nb.one = x\n", good, "a fail has no plural"},
		"two keys with one method":   {"[a_b]\nc = x\n[a]\nb_c = y\n", "[a_b]\nc = x\n[a]\nb_c = y\n", "nl.txt:4: a.b_c: makes the method ABC"},
		"codes with a text's method": {"[a]\nb = x\n[codes a_b]\nc = y\n", "[a]\nb = x\n[codes a_b]\nc = y\n", "makes the method AB"},
		"not UTF-8":                  {"[a]\nb = \xff\n", good, "nl.txt: not UTF-8"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := catalogues(t, tt.nl, tt.en)
			err := run(dir)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			if _, err := os.Stat(filepath.Join(dir, "text_gen.go")); err == nil {
				t.Fatal("wrote a file in spite of the error")
			}
		})
	}
}

func TestAllErrorsAtOnce(t *testing.T) {
	err := run(catalogues(t, "[a]\nb =\nC = x\n", "[a]\nd = y\n"))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Fatalf("want three errors, got %v", err)
	}
}

func TestMethods(t *testing.T) {
	nl := "[visit]\nsaved_at = Bewaard \\\n  om {time}\ncount.one = {n} bezoek aan {who}\ncount.other = {n} bezoeken aan {who}\n" +
		"[codes channel]\nzz = Z\naa = A\n[fail]\ngone = {0:channel} weg\n"
	en := "[codes channel]\naa = A\nzz = Zed\n[visit]\nsaved_at = Saved at {time}\ncount.one = one visit to {who}\n" +
		"count.other = {n} visits to {who}\n[fail]\ngone = {0:channel} gone\n"
	src, err := generate(catalogues(t, nl, en))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`func (l Lang) VisitSavedAt(time string) string {`,
		`return "Bewaard om " + time`,
		`func (l Lang) VisitCount(n int, who string) string {`,
		`return "one visit to " + who`,
		`return l.Number(n) + " bezoeken aan " + who`,
		`func (l Lang) Channel(code string) string {`,
		"return []string{\n\t\t\"zz\",\n\t\t\"aa\",\n\t}",
		`return "{0:channel} gone"`,
	} {
		if !strings.Contains(string(src), want) {
			t.Errorf("missing %s in\n%s", want, src)
		}
	}
}

func TestCommittedFileIsCurrent(t *testing.T) {
	want, err := generate("..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../text_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Fatal("text_gen.go is not what the catalogues say; run: go generate ./internal/web/text")
	}
}
