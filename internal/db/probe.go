package db

import (
	"hash/fnv"

	"maatje/internal/core"
)

// Theirs is the identifier of the neighbours' row in a table: the row that nobody but their own people may reach. Probe
// arguments are made of it: Probe{"dossier": Theirs("dossier"), "limit": 50}.
func Theirs(table string) core.ID { return fixtureID(1, table) }

// Ours is the identifier of the prober's own row in a table.
func Ours(table string) core.ID { return fixtureID(2, table) }

func fixtureID(family int64, table string) core.ID {
	h := fnv.New32a()
	_, _ = h.Write([]byte(table))
	return core.ID(family<<40 | int64(h.Sum32()))
}
