package db

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3/vfs"
)

// slowDisk writes each block of the log in two halves, with a moment between them in which others read. It cuts at the
// worst place: inside the first unit of the cipher (16 bytes) that changes. No processor or kernel promises more.
type slowDisk struct {
	honestDisk
	writes atomic.Int64
}

func (d *slowDisk) write(f vfs.File, name string, p []byte, off int64) (int, error) {
	cut := d.worstCut(f, p, off)
	if !isLog(name) || cut >= len(p) {
		return f.WriteAt(p, off)
	}
	n, err := f.WriteAt(p[:cut], off)
	if err != nil {
		return n, err
	}
	time.Sleep(50 * time.Microsecond)
	m, err := f.WriteAt(p[cut:], off+int64(cut))
	return n + m, err
}

// worstCut is len(p) where there is nothing to read yet.
func (d *slowDisk) worstCut(f vfs.File, p []byte, off int64) int {
	before := make([]byte, len(p))
	if n, _ := f.ReadAt(before, off); n < len(p) {
		return len(p)
	}
	same := 0
	for same < len(p) && p[same] == before[same] {
		same++
	}
	return same&^15 + 1 + int(d.writes.Add(1)%15)
}

// torn runs one writer beside four readers, through two separately opened engines as two processes would, and counts
// what they read and how much of it was never written.
func torn(t *testing.T, e, f *engine, long time.Duration) (good, bad int64) {
	t.Helper()
	makeGenerations(t, e)
	var read, wrong atomic.Int64
	var failed error
	stop := make(chan struct{})
	var group sync.WaitGroup
	for i := range 4 {
		group.Go(func() {
			from := []*engine{e, f}[i%2]
			for last := int64(0); ; {
				select {
				case <-stop:
					return
				default:
				}
				number, err := readGeneration(from)
				if err != nil || number < last {
					wrong.Add(1)
					continue
				}
				read.Add(1)
				last = number
			}
		})
	}
	for begin, number := time.Now(), int64(1); time.Since(begin) < long && failed == nil; number++ {
		failed = writeGeneration(e, number)
	}
	close(stop)
	group.Wait()
	if failed != nil {
		t.Fatal(failed)
	}
	return read.Load(), wrong.Load()
}

// stressed is how long the tests about torn reads run: MAATJE_STRESS=60s for longer.
func stressed(t *testing.T, usual time.Duration) time.Duration {
	t.Helper()
	text := os.Getenv("MAATJE_STRESS")
	if text == "" {
		return usual
	}
	long, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return long
}

// Trap 1 of encrypted write-ahead logs: the cipher block in which one page of the log ends and the next begins is written
// again while others read it. On a disk at its slowest the spare bytes at the end of a page take the damage.
func TestAReaderNeverSeesHalfAWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maatje.db")
	files := diskVFS{diskFS{vfs.Find(""), &slowDisk{}}}
	e, f := mustOpenOn(t, path, files, 2), mustOpenOn(t, path, files, 2)
	good, bad := torn(t, e, f, stressed(t, 2*time.Second))
	if err := errors.Join(f.Close(), e.Close()); err != nil {
		t.Error(err)
	}
	if bad > 0 || good < 10 {
		t.Errorf("%d reads were right and %d wrong", good, bad)
	}
	t.Logf("%d reads", good)
}

// The control: the same disk, and pages without spare bytes. If nothing goes wrong here, the test above proves nothing.
// Whether a reader comes between two halves is chance: it gets ten seconds for it.
func TestHalfAWriteIsSeenWithoutSpareBytes(t *testing.T) {
	good, bad := int64(0), int64(0)
	for try := 0; bad == 0 && try < 10; try++ {
		path := filepath.Join(t.TempDir(), "maatje.db")
		withoutSpare(t, path)
		files := diskVFS{diskFS{vfs.Find(""), &slowDisk{}}}
		e, f := mustOpenOn(t, path, files, 2), mustOpenOn(t, path, files, 2)
		more, wrong := torn(t, e, f, time.Second)
		good, bad = good+more, bad+wrong
		if err := errors.Join(f.Close(), e.Close()); err != nil {
			t.Error(err)
		}
	}
	if bad == 0 {
		t.Errorf("%d reads, all right", good)
	}
	t.Logf("%d reads were right and %d wrong", good, bad)
}

// The same on the disk of this machine, as long and as fast as it goes.
func TestReadersAndAWriterUnderStress(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maatje.db")
	e, f := openFor(t, path, Options{}), openFor(t, path, Options{})
	good, bad := torn(t, e, f, stressed(t, 3*time.Second))
	if bad > 0 || good < 10 {
		t.Errorf("%d reads were right and %d wrong", good, bad)
	}
	t.Logf("%d reads", good)
}
