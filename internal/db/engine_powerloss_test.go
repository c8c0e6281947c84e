package db

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/ncruces/go-sqlite3/vfs"
)

// recordingDisk keeps what was asked of it, in order, so that the power can be cut at any moment afterwards.
type recordingDisk struct {
	mu  sync.Mutex
	did []act
}

// act is one write, a change of size (when there are no data), a sync or a removal. It happened when a generation had been
// promised to whoever wrote it.
type act struct {
	name          string
	data          []byte
	off, size     int64
	sync, removed bool
	promised      int64
}

func (d *recordingDisk) keep(a act) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := len(d.did); n > 0 {
		a.promised = d.did[n-1].promised
	}
	d.did = append(d.did, a)
}

func (d *recordingDisk) write(f vfs.File, name string, p []byte, off int64) (int, error) {
	d.keep(act{name: name, data: bytes.Clone(p), off: off})
	return f.WriteAt(p, off)
}

func (d *recordingDisk) truncate(f vfs.File, name string, size int64) error {
	d.keep(act{name: name, size: size})
	return f.Truncate(size)
}

func (d *recordingDisk) sync(f vfs.File, name string) error {
	err := f.Sync(vfs.SYNC_NORMAL)
	d.keep(act{name: name, sync: true})
	return err
}

func (d *recordingDisk) removed(name string) { d.keep(act{name: name, removed: true}) }

func (d *recordingDisk) promise(generation int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.did = append(d.did, act{promised: generation})
}

// after is what stands on disk when the power fails after the first n acts: all that was synced, and of the rest some
// writes whole, some in part, some as noise, some not at all.
func (d *recordingDisk) after(n int, chance *rand.Rand) map[string][]byte {
	files, synced := map[string][]byte{}, map[string]int{}
	for i, a := range d.did[:n] {
		if a.sync {
			synced[a.name] = i
		}
	}
	for i, a := range d.did[:n] {
		switch {
		case a.removed:
			delete(files, a.name)
		case a.name != "":
			files[a.name] = a.reach(files[a.name], i <= synced[a.name], chance)
		}
	}
	return files
}

func (a act) reach(file []byte, surely bool, chance *rand.Rand) []byte {
	fate := chance.IntN(4)
	switch {
	case a.sync, !surely && fate == 0:
		return file
	case a.data == nil:
		return resized(file, int(a.size))
	case surely, fate == 1:
		return patched(file, a.data, a.off)
	case fate == 2: // in part
		return patched(file, a.data[:chance.IntN(len(a.data)+1)], a.off)
	}
	noise := make([]byte, 1+chance.IntN(len(a.data)))
	for i := range noise {
		noise[i] = byte(chance.Uint32())
	}
	return patched(file, noise, a.off)
}

func resized(file []byte, size int) []byte {
	if size <= len(file) {
		return file[:size]
	}
	return append(file, make([]byte, size-len(file))...)
}

func patched(file, data []byte, off int64) []byte {
	if end := int(off) + len(data); end > len(file) {
		file = resized(file, end)
	}
	copy(file[off:], data)
	return file
}

// record lives through enough generations for the log to be emptied and begun again several times.
func record(t *testing.T, pragmas ...string) *recordingDisk {
	t.Helper()
	d := &recordingDisk{}
	e := mustOpenOn(t, filepath.Join(t.TempDir(), "maatje.db"), diskVFS{diskFS{vfs.Find(""), d}}, 2)
	mustExec(t, e.write, `PRAGMA wal_autocheckpoint = 40`)
	for _, p := range pragmas {
		mustExec(t, e.write, p)
	}
	makeGenerations(t, e)
	for number := int64(1); number <= 12; number++ {
		d.promise(number - 1)
		if err := writeGeneration(e, number); err != nil {
			t.Fatal(err)
		}
	}
	d.promise(12)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return d
}

// afterPowerLoss says what is wrong with the database that a power loss after n acts leaves, opened on the given files.
func (d *recordingDisk) afterPowerLoss(t *testing.T, n int, seed uint64, files vfs.VFS) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "maatje.db")
	for name, content := range d.after(n, rand.New(rand.NewPCG(seed, uint64(n)))) {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	e, err := openOn(t, path, files, 1)
	if err != nil {
		return fmt.Errorf("it does not open: %w", err)
	}
	defer e.Close()
	var verdict string
	if err := e.read.QueryRow(`PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		return fmt.Errorf("integrity: %s %w", verdict, err)
	}
	number, err := readGeneration(e)
	if promised := d.did[n-1].promised; err != nil || number < promised {
		return fmt.Errorf("generation %d stands there, %d was promised: %w", number, promised, err)
	}
	return writeGeneration(e, number+1) // and work goes on
}

// losses is how often the power fails: MAATJE_LOSSES=5000 for more.
func losses(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv("MAATJE_LOSSES")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// losses are moments in which the power fails, from the first promise on: evenly spread, each with a fate of its own.
func (d *recordingDisk) losses(count int) []int {
	first := slices.IndexFunc(d.did, func(a act) bool { return a.name == "" })
	var at []int
	for i := range count {
		at = append(at, first+1+i*(len(d.did)-first-1)/count)
	}
	return at
}

// Whenever the power fails, the database opens, is whole, and holds what was promised.
func TestAPowerLossTakesNothingThatWasPromised(t *testing.T) {
	d := record(t)
	for i, n := range d.losses(losses(t, 150)) {
		if err := d.afterPowerLoss(t, n, uint64(i), diskVFS{vfs.Find("")}); err != nil {
			t.Errorf("power lost after %d of %d acts, seed %d: %v", n, len(d.did), i, err)
		}
	}
}

// The control: the other setting that is often advised loses what was promised.
func TestAPowerLossTakesWorkWithSynchronousNormal(t *testing.T) {
	d := record(t, `PRAGMA synchronous = NORMAL`)
	lost := 0
	for i, n := range d.losses(40) {
		if err := d.afterPowerLoss(t, n, uint64(i), diskVFS{vfs.Find("")}); err != nil {
			lost++
		}
	}
	if lost == 0 {
		t.Error("nothing was lost: then the test above proves nothing about FULL")
	}
	t.Logf("%d of 40 lost work", lost)
}

// Trap 2 of encrypted write-ahead logs: one that was cut anywhere opens, up to the last transaction that is whole in it.
// The control is the same without diskVFS: a log that ends inside a block of the cipher then shuts the whole database.
func TestALogThatWasCutAnywhereOpens(t *testing.T) {
	from := crashed(t)
	log, err := os.ReadFile(from + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	const head, frame = 32, 24 + 4096
	shut := 0
	for size := 0; size <= len(log); size += 103 {
		if err := openCut(t, from, log[:size], diskVFS{vfs.Find("")}); err != nil {
			t.Errorf("a log of %d bytes: %v", size, err)
		}
	}
	for end := head + frame; end < len(log); end += frame {
		if err := openCut(t, from, log[:end], vfs.Find("")); err != nil {
			shut++
		}
	}
	if shut == 0 {
		t.Error("all open without diskVFS: then this proves nothing about it")
	}
}

// openCut opens a copy of a database beside what is left of its log.
func openCut(t *testing.T, from string, log []byte, files vfs.VFS) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "maatje.db")
	copyFile(t, from, path)
	if err := os.WriteFile(path+"-wal", log, 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := openOn(t, path, files, 1)
	if err != nil {
		return err
	}
	if got := column(t, e, `PRAGMA integrity_check`); got != "ok" {
		return errors.New(got)
	}
	return e.Close()
}
