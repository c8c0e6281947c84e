package app

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// table is what a migration says about a table: enough to fill it with a row that holds together.
type table struct {
	name    string
	root    string
	columns []column
	key     []string
}

type column struct {
	name, kind string
	optional   bool
	points     string // the table whose row it names, or empty
}

func (t table) column(name string) *column {
	for i := range t.columns {
		if t.columns[i].name == name {
			return &t.columns[i]
		}
	}
	return nil
}

var (
	tableText  = regexp.MustCompile(`(?s)-- root: ([a-z]+)[^\n]*\nCREATE TABLE (\w+) \(\n(.*?)\n\);`)
	columnText = regexp.MustCompile(`^(\w+) (BIGINT|TEXT|BOOLEAN|BYTEA|DOUBLE PRECISION)(.*)$`)
	keyText    = regexp.MustCompile(`^PRIMARY KEY \((.*)\)$`)
	pointText  = regexp.MustCompile(`REFERENCES (\w+) \(`)
	addedText  = regexp.MustCompile(`(?m)^ALTER TABLE (\w+) ADD COLUMN (.*);$`)
	familyText = regexp.MustCompile(`^FOREIGN KEY \(\w+, (\w+)\) REFERENCES (\w+) \(`)
)

// tables reads the migrations: the tables in an order in which each points only to earlier ones.
func tables(t testing.TB) []table {
	t.Helper()
	files, err := filepath.Glob("../db/migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no migrations here", err)
	}
	slices.Sort(files)
	var out []table
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range tableText.FindAllStringSubmatch(string(text), -1) {
			out = append(out, readTable(t, m[2], m[1], m[3]))
		}
		for _, m := range addedText.FindAllStringSubmatch(string(text), -1) {
			at := slices.IndexFunc(out, func(one table) bool { return one.name == m[1] })
			out[at].columns = append(out[at].columns, readTable(t, m[1], out[at].root, m[2]).columns...)
		}
	}
	return out
}

func readTable(t testing.TB, name, root, body string) table {
	t.Helper()
	made := table{name: name, root: root}
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		if m := columnText.FindStringSubmatch(line); m != nil {
			c := column{name: m[1], kind: m[2], optional: !strings.Contains(m[3], "NOT NULL") && !strings.Contains(m[3], "PRIMARY KEY")}
			if p := pointText.FindStringSubmatch(m[3]); p != nil {
				c.points = p[1]
			}
			if strings.Contains(m[3], "PRIMARY KEY") {
				made.key = []string{c.name}
			}
			made.columns = append(made.columns, c)
		} else if m := keyText.FindStringSubmatch(line); m != nil {
			made.key = strings.Split(m[1], ", ")
		} else if m := familyText.FindStringSubmatch(line); m != nil {
			made.column(m[1]).points = m[2]
		} else if line != "" && !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, "UNIQUE") {
			t.Fatalf("%s: cannot read %q", name, line)
		}
	}
	return made
}
