package dbtest

import (
	"errors"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// Disk is a small disk under a database file: what makes a file longer needs room on it, as on a real one. It is the reserve
// of the database on it as well.
type Disk struct {
	vfs.VFS

	mu     sync.Mutex
	left   int64 // bytes that still go on it
	broken bool
	size   int64 // of the reserve
	held   bool
}

// NewDisk is a disk with room for so many bytes, of which a reserve takes some.
func NewDisk(room, reserve int64) *Disk { return &Disk{VFS: vfs.Find(""), left: room, size: reserve} }

// Fill takes all the room there is, as somebody else's files do; Room gives some.
func (d *Disk) Fill() { d.set(func() { d.left = 0 }) }

// Room gives so much room.
func (d *Disk) Room(bytes int64) { d.set(func() { d.left += bytes }) }

// Break has every write fail, whatever room there is, until it is mended.
func (d *Disk) Break(broken bool) { d.set(func() { d.broken = broken }) }

func (d *Disk) set(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f()
}

var errNoRoom = errors.New("the disk of the test is full")

// Make takes the room of the reserve.
func (d *Disk) Make() (err error) {
	d.set(func() {
		switch {
		case d.held:
		case d.left < d.size+d.size/2:
			err = errNoRoom
		default:
			d.left, d.held = d.left-d.size, true
		}
	})
	return err
}

// Free gives it back.
func (d *Disk) Free() error {
	d.set(func() {
		if d.held {
			d.left, d.held = d.left+d.size, false
		}
	})
	return nil
}

// OpenFilename opens a file on the disk.
func (d *Disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(d.VFS, name, flags)
	if err != nil {
		return f, flags, err
	}
	return &onDisk{f, d}, flags, nil
}

type onDisk struct {
	vfs.File
	disk *Disk
}

func (f *onDisk) WriteAt(p []byte, off int64) (int, error) {
	if err := f.takeRoom(off + int64(len(p))); err != nil {
		return 0, err
	}
	return f.File.WriteAt(p, off)
}

func (f *onDisk) takeRoom(end int64) error {
	size, err := f.Size()
	if err != nil {
		return err
	}
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.broken {
		return sqlite3.IOERR_WRITE
	}
	if more := end - size; more > 0 {
		if f.disk.left < more {
			return sqlite3.FULL
		}
		f.disk.left -= more
	}
	return nil
}

// Truncate gives back the room of what is cut off.
func (f *onDisk) Truncate(size int64) error {
	before, err := f.Size()
	if err == nil {
		err = f.File.Truncate(size)
	}
	if err == nil && before > size {
		f.disk.Room(before - size)
	}
	return err
}

func (f *onDisk) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }
