// Package tables reads the migrations: which tables there are, whose their rows are, and what points to what. What must never
// forget a table, such as erasing, follows from it.
package tables

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"maatje/internal/authz"
)

// Table is what the migrations say of a table.
type Table struct {
	Name    string
	Root    authz.Root // whose its rows are
	Columns []string
	Points  map[string]string // column -> the table whose row it names
}

// RootColumn says whose a row is.
func (t Table) RootColumn() string {
	if t.Name == t.Root.Name() {
		return "id"
	}
	return t.Root.Name() + "_id"
}

// Has says whether the table has the column.
func (t Table) Has(column string) bool { return slices.Contains(t.Columns, column) }

var (
	made       = regexp.MustCompile(`(?s)-- root: ([a-z]+)[^\n]*\nCREATE TABLE ([a-z_]+) \(\n(.*?)\n\);`)
	added      = regexp.MustCompile(`(?m)^ALTER TABLE ([a-z_]+) ADD COLUMN ([a-z_]+ [^;]*);`)
	columnLine = regexp.MustCompile(`^\t([a-z_]+) (?:BIGINT|TEXT|BOOLEAN|BYTEA|DOUBLE PRECISION)(.*)$`)
	pointsTo   = regexp.MustCompile(`REFERENCES ([a-z_]+) \(`)
	familyLine = regexp.MustCompile(`^\tFOREIGN KEY \([a-z_]+, ([a-z_]+)\) REFERENCES ([a-z_]+) \(`)
)

// Read lists the tables in the order in which they were made: each points to itself and to earlier ones alone, so that rows
// can be taken away in the opposite order. A root that nobody knows stops the program at start.
func Read(migrations fs.FS) (out []Table) {
	byName := map[string]authz.Root{authz.NoRoot.Name(): authz.NoRoot}
	for _, r := range authz.Roots() {
		byName[r.Name()] = r
	}
	files, _ := fs.Glob(migrations, "*.sql")
	slices.Sort(files)
	for _, f := range files {
		text, err := fs.ReadFile(migrations, f)
		if err != nil {
			panic(err)
		}
		for _, m := range made.FindAllStringSubmatch(string(text), -1) {
			root, ok := byName[m[1]]
			if !ok {
				panic("db: " + f + ": no root is called " + m[1])
			}
			t := Table{Name: m[2], Root: root, Points: map[string]string{}}
			for line := range strings.SplitSeq(m[3], "\n") {
				t.read(line)
			}
			out = append(out, t)
		}
		for _, m := range added.FindAllStringSubmatch(string(text), -1) {
			if i := slices.IndexFunc(out, func(t Table) bool { return t.Name == m[1] }); i >= 0 {
				out[i].read("\t" + m[2])
			}
		}
	}
	return out
}

func (t *Table) read(line string) {
	if m := columnLine.FindStringSubmatch(line); m != nil {
		t.Columns = append(t.Columns, m[1])
		if p := pointsTo.FindStringSubmatch(m[2]); p != nil {
			t.Points[m[1]] = p[1]
		}
	}
	if m := familyLine.FindStringSubmatch(line); m != nil {
		t.Points[m[1]] = m[2]
	}
}
