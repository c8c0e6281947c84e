package db

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// A disk stands under the cipher in the place of the operating system's files, and does what disks can do.
type disk interface {
	write(f vfs.File, name string, p []byte, off int64) (int, error)
	truncate(f vfs.File, name string, size int64) error
	sync(f vfs.File, name string) error
	removed(name string)
}

// honestDisk does what it is told.
type honestDisk struct{}

func (honestDisk) write(f vfs.File, _ string, p []byte, off int64) (int, error) {
	return f.WriteAt(p, off)
}
func (honestDisk) truncate(f vfs.File, _ string, size int64) error { return f.Truncate(size) }
func (honestDisk) sync(f vfs.File, _ string) error                 { return f.Sync(vfs.SYNC_NORMAL) }
func (honestDisk) removed(string)                                  {}

type diskFS struct {
	vfs.VFS
	disk disk
}

func (d diskFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(d.VFS, name, flags)
	if err != nil {
		return f, flags, err
	}
	return &onDisk{File: f, disk: d.disk, name: filepath.Base(name.String())}, flags, nil
}

func (d diskFS) Delete(path string, syncDir bool) error {
	d.disk.removed(filepath.Base(path))
	return d.VFS.Delete(path, syncDir)
}

type onDisk struct {
	vfs.File
	disk disk
	name string
}

func (f *onDisk) WriteAt(p []byte, off int64) (int, error) {
	return f.disk.write(f.File, f.name, p, off)
}
func (f *onDisk) Truncate(size int64) error      { return f.disk.truncate(f.File, f.name, size) }
func (f *onDisk) Sync(vfs.SyncFlag) error        { return f.disk.sync(f.File, f.name) }
func (f *onDisk) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }

func isLog(name string) bool { return strings.HasSuffix(name, "-wal") }

// openOn opens a database as openEngine does, with the cipher on other files than the operating system's.
func openOn(t testing.TB, path string, files vfs.VFS, readers int) (*engine, error) {
	t.Helper()
	return openFiles(t.Context(), path, cipherVFS{files, testCipher(t), new(pageMemory)}, Options{Readers: readers})
}

func testCipher(t testing.TB) fileCipher {
	t.Helper()
	c, err := newFileCipher(testKey)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustOpenOn(t testing.TB, path string, files vfs.VFS, readers int) *engine {
	t.Helper()
	e, err := openOn(t, path, files, readers)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// withoutSpare makes a database whose pages have no spare bytes: the control of the tests about torn reads.
func withoutSpare(t testing.TB, path string) {
	t.Helper()
	vfs.Register("control", cipherVFS{diskVFS{vfs.Find("")}, testCipher(t), new(pageMemory)})
	c, err := driver.Open("file:"+path+"?vfs=control", func(c *sqlite3.Conn) error { return useLog(c) })
	if err != nil {
		t.Fatal(err)
	}
	mustExec(t, c, `CREATE TABLE control (id BIGINT)`)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// A generation is written to every row of the table in one transaction: whoever reads two generations in one snapshot, or
// a body that is not its generation's, has read something that was never there.
const (
	generationRows = 4
	bodySize       = 6000 // more than a page: a body ends on a page of its own, at that page's very end
)

func makeGenerations(t testing.TB, e *engine) {
	t.Helper()
	mustExec(t, e.write, `CREATE TABLE generation (id BIGINT PRIMARY KEY, number BIGINT, body BYTEA)`)
	for id := range generationRows {
		mustExec(t, e.write, `INSERT INTO generation VALUES (?1, 0, ?2)`, id, body(id, 0))
	}
}

func body(id int, number int64) []byte {
	b := make([]byte, 0, bodySize+sha256.Size)
	for at := uint64(0); len(b) < bodySize; at++ {
		sum := sha256.Sum256(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64([]byte{byte(id)}, uint64(number)), at))
		b = append(b, sum[:]...)
	}
	return b[:bodySize]
}

func writeGeneration(e *engine, number int64) error {
	tx, err := e.write.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for id := range generationRows {
		if _, err := tx.Exec(`UPDATE generation SET number = ?1, body = ?2 WHERE id = ?3`, number, body(id, number), id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// readGeneration gives the generation that a snapshot holds, or says what is wrong with it.
func readGeneration(e *engine) (int64, error) {
	rows, err := e.read.Query(`SELECT id, number, body FROM generation ORDER BY id`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var first int64
	seen := 0
	for ; rows.Next(); seen++ {
		var id int
		var number int64
		var got []byte
		if err := rows.Scan(&id, &number, &got); err != nil {
			return 0, err
		}
		if seen == 0 {
			first = number
		}
		if id != seen || number != first || string(got) != string(body(id, number)) {
			return 0, fmt.Errorf("row %d of generation %d beside generation %d, or with another's body", id, number, first)
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	if seen != generationRows {
		return 0, fmt.Errorf("%d rows", seen)
	}
	return first, nil
}
