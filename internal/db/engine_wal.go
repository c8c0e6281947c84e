package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// diskVFS is the operating system's files, as the cipher above it needs them: a write-ahead log survives a power loss
// (logFile), and it can be read by exactly those who can read the database.
type diskVFS struct{ vfs.VFS }

func (v diskVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	isLog := flags&vfs.OPEN_WAL != 0
	if isLog && flags&vfs.OPEN_CREATE != 0 {
		if err := createBeside(name.Database(), "-wal", "-shm"); err != nil {
			return nil, flags, sqlite3.CANTOPEN
		}
	}
	f, flags, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err == nil && isLog {
		f = &logFile{File: f, dir: filepath.Dir(name.String())}
	}
	return f, flags, err
}

// createBeside makes the files that accompany a database with the database's own mode.
func createBeside(database string, suffixes ...string) error {
	info, err := os.Stat(database)
	if err != nil {
		return err
	}
	for _, s := range suffixes {
		f, err := os.OpenFile(database+s, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := errors.Join(f.Chmod(info.Mode().Perm()), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// logFile is the write-ahead log under the cipher.
type logFile struct {
	vfs.File
	dir    string
	synced bool
}

// Size leaves out a last block that a power loss tore: it cannot be decrypted, and an error while reading it would
// keep the whole database shut.
func (f *logFile) Size() (int64, error) {
	n, err := f.File.Size()
	return roundDown(n), err
}

// Sync also makes the log's name durable, once: a log that is not in its folder after a power loss is work lost.
func (f *logFile) Sync(flags vfs.SyncFlag) error {
	if err := f.File.Sync(flags); err != nil || f.synced {
		return err
	}
	if err := syncDir(f.dir); err != nil {
		return sqlite3.IOERR_DIR_FSYNC
	}
	f.synced = true
	return nil
}

func (f *logFile) Unwrap() vfs.File { return f.File }
