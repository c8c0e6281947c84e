package retention

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"maatje/internal/db"
)

// FuzzStones writes a tombstone behind whatever stands in the file: it is there afterwards, or there is an error. One that got
// lost would let an erased family come back with an old backup (PRV-3).
func FuzzStones(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("{\"ID\":7}\n"))
	f.Add([]byte("{\"ID\":7"))
	f.Add([]byte("\n\n[]\nnull\n\x00"))
	path := filepath.Join(f.TempDir(), "tombstones")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		was, err := ReadStones(path)
		if err != nil {
			return
		}
		if err := addStones(path, []db.Tombstone{{ID: 4711}}); err != nil {
			t.Fatal(err)
		}
		now, err := ReadStones(path)
		if err != nil || !slices.ContainsFunc(now, func(b db.Tombstone) bool { return b.ID == 4711 }) || len(now) < len(was) {
			t.Errorf("%d, then %d: %v", len(was), len(now), err)
		}
	})
}
