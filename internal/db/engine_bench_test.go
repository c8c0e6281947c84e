package db

import (
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ncruces/go-sqlite3/vfs"
)

const (
	benchedRows = 100_000
	benchedList = 50
)

// benched is a database in which a list of 50 has to be found among 100,000 rows: larger than a connection's cache.
func benched(b *testing.B, e *engine) *engine {
	b.Helper()
	mustExec(b, e.write, `CREATE TABLE row (id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, words TEXT NOT NULL)`)
	mustExec(b, e.write, `CREATE INDEX row_by_owner ON row (owner, id)`)
	tx, err := e.write.Begin()
	if err != nil {
		b.Fatal(err)
	}
	words := fmt.Sprintf("%0300d", 1)
	for id := range benchedRows {
		if _, err := tx.Exec(`INSERT INTO row VALUES ($1, $2, $3)`, id, id%(benchedRows/benchedList), words); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return e
}

// unencrypted opens a file without a cipher, to see what the cipher costs.
func unencrypted(b *testing.B) *engine {
	b.Helper()
	e, err := openFiles(b.Context(), filepath.Join(b.TempDir(), "plain.db"), diskVFS{vfs.Find("")}, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { e.Close() })
	return e
}

var engines = []struct {
	name string
	open func(b *testing.B) *engine
}{
	{"plain", unencrypted},
	{"encrypted", func(b *testing.B) *engine {
		b.Helper()
		return openFor(b, filepath.Join(b.TempDir(), "maatje.db"), Options{})
	}},
	{"postgres", func(b *testing.B) *engine {
		b.Helper()
		return openFor(b, testSchema(b), Options{})
	}},
}

func list(e *engine, owner int64) error {
	rows, err := e.read.Query(`SELECT id, words FROM row WHERE owner = $1 ORDER BY id LIMIT $2`, owner, benchedList)
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var id int64
		var words string
		if err := rows.Scan(&id, &words); err != nil {
			return err
		}
	}
	if n != benchedList {
		return fmt.Errorf("%d rows", n)
	}
	return rows.Err()
}

// BenchmarkEngineList reads 50 of 100,000 rows, one reader after the other.
func BenchmarkEngineList(b *testing.B) {
	for _, c := range engines {
		b.Run(c.name, func(b *testing.B) {
			e := benched(b, c.open(b))
			owner := int64(0)
			for b.Loop() {
				owner = (owner + 7919) % (benchedRows / benchedList)
				if err := list(e, owner); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEngineInsert writes one row in a transaction of its own, and waits for the disk.
func BenchmarkEngineInsert(b *testing.B) {
	for _, c := range engines {
		b.Run(c.name, func(b *testing.B) {
			e := benched(b, c.open(b))
			words := fmt.Sprintf("%0300d", 1)
			for id := benchedRows; b.Loop(); id++ {
				mustExec(b, e.write, `INSERT INTO row VALUES ($1, $2, $3)`, id, id%1000, words)
			}
		})
	}
}

// BenchmarkEngineListsBesideAWriter reads lists as fast as 16 at once can, while one writer goes on.
func BenchmarkEngineListsBesideAWriter(b *testing.B) {
	for _, c := range engines {
		b.Run(c.name, func(b *testing.B) { listsBesideAWriter(b, benched(b, c.open(b))) })
	}
}

func listsBesideAWriter(b *testing.B, e *engine) {
	b.Helper()
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		words := fmt.Sprintf("%0300d", 1)
		for id := benchedRows + 1_000_000; ; id++ {
			select {
			case <-stop:
				return
			default:
				mustExec(b, e.write, `INSERT INTO row VALUES ($1, $2, $3)`, id, -1, words)
			}
		}
	})
	var owner atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if err := list(e, owner.Add(7919)%(benchedRows/benchedList)); err != nil {
				b.Error(err)
			}
		}
	})
	b.StopTimer()
	close(stop)
	group.Wait()
}
