package db

import (
	"embed"
	"io/fs"
	"sync"

	"maatje/internal/authz"
	"maatje/internal/db/tables"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Schema lists the tables in the order in which they were made, as the migrations themselves say.
func Schema() []tables.Table { return schema() }

var schema = sync.OnceValue(func() []tables.Table {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		panic(err)
	}
	return tables.Read(files)
})

// tableRoots says to which root each table's rows belong.
var tableRoots = sync.OnceValue(func() map[string]authz.Root {
	out := map[string]authz.Root{}
	for _, t := range schema() {
		out[t.Name] = t.Root
	}
	return out
})

func tableRoot(table string) (authz.Root, bool) {
	r, ok := tableRoots()[table]
	return r, ok
}
