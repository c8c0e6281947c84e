package db

import (
	"embed"
	"io/fs"
	"regexp"
	"sync"

	"maatje/internal/authz"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

var rootLine = regexp.MustCompile(`-- root: ([a-z]+)[^\n]*\nCREATE TABLE ([a-z_]+)`)

// tableRoots reads, from the migrations themselves, to which root each table's rows belong.
var tableRoots = sync.OnceValue(func() map[string]authz.Root {
	byName := map[string]authz.Root{authz.NoRoot.Name(): authz.NoRoot}
	for _, r := range authz.Roots() {
		byName[r.Name()] = r
	}
	out := map[string]authz.Root{}
	files, _ := fs.Glob(migrationFiles, "migrations/*.sql")
	for _, f := range files {
		text, err := migrationFiles.ReadFile(f)
		if err != nil {
			panic(err)
		}
		for _, m := range rootLine.FindAllStringSubmatch(string(text), -1) {
			root, ok := byName[m[1]]
			if !ok {
				panic("db: " + f + ": no root is called " + m[1])
			}
			out[m[2]] = root
		}
	}
	return out
})

func tableRoot(table string) (authz.Root, bool) {
	r, ok := tableRoots()[table]
	return r, ok
}

// Tables lists the tables of a root, for the tests that fill every one of them.
func Tables(root authz.Root) []string {
	var out []string
	for t, r := range tableRoots() {
		if r == root {
			out = append(out, t)
		}
	}
	return out
}
