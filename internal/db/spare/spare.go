// Package spare keeps some room on the disk that only the log gets. When the disk is full that room is given up, so that
// people can still look things up: a look that cannot be written down is refused.
package spare

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// File is a file that does nothing but take room, beside the database.
type File struct {
	Path string
	Size int64
}

// ErrNoRoom says that the disk has no room for the file and some more beside it.
var ErrNoRoom = errors.New("there is no room on the disk")

// chunk is random: a disk that compresses would keep zeros in no room at all.
const chunk = 1 << 20

// Make makes the file if it is not there. It begins only when half as much again stays free, so that it takes nothing away
// from the log and is not given up again at once.
func (f File) Make() error {
	if info, err := os.Stat(f.Path); err == nil && info.Size() == f.Size {
		return nil
	}
	if free, known := free(filepath.Dir(f.Path)); known && free < uint64(f.Size+f.Size/2) {
		return ErrNoRoom
	}
	if err := f.fill(f.Path + ".part"); err != nil {
		return errors.Join(fmt.Errorf("the reserve: %w", err), os.Remove(f.Path+".part"))
	}
	return os.Rename(f.Path+".part", f.Path)
}

func (f File) fill(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	b := make([]byte, chunk)
	_, _ = rand.Read(b)
	for left := f.Size; left > 0 && err == nil; left -= chunk {
		_, err = file.Write(b[:min(left, chunk)])
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// Free gives the room to who needs it.
func (f File) Free() error {
	if err := os.Remove(f.Path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
