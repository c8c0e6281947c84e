package backup

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"maatje/internal/core"
)

// Roll removes what has been kept long enough from the folders of the data and of the keys.
func Roll(data, keys string, keep time.Duration, now core.Instant) error {
	return errors.Join(roll(data, dataEnd, keep, now), roll(keys, keysEnd, keep, now))
}

func roll(folder, end string, keep time.Duration, now core.Instant) error {
	all, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var names []string
	for _, f := range all {
		names = append(names, f.Name())
	}
	for _, name := range Over(names, end, keep, now) {
		err = errors.Join(err, os.Remove(filepath.Join(folder, name)))
	}
	return err
}

// KeysBeside is the newest backup of the keys in the folder of a backup of the data, if the two lie together. The newest is
// right for any older data: keys are only ever added, or erased on purpose.
func KeysBeside(data string) string {
	all, err := os.ReadDir(filepath.Dir(data))
	if err != nil {
		return ""
	}
	found, newest := "", time.Time{}
	for _, f := range all {
		if at, ours := madeAt(f.Name(), keysEnd); ours && !at.Before(newest) {
			found, newest = filepath.Join(filepath.Dir(data), f.Name()), at
		}
	}
	return found
}
