package backup

import (
	"path/filepath"
	"strings"
	"time"

	"maatje/internal/core"
)

// Files are the two files of a backup.
type Files struct{ Data, Keys string }

const (
	dataEnd = ".data.age"
	keysEnd = ".keys.age"
	stamp   = "20060102T150405Z"
	begin   = "maatje-"
	// keysFor is how long a backup of the keys may be kept: as long as it is there, an erased family can be read again by
	// who has it and the sheets (PRV-2).
	keysFor = 30 * 24 * time.Hour
)

// Named are the names of a backup made at a moment: the data in one folder, the keys in another or the same.
func Named(data, keys string, at core.Instant) Files {
	name := begin + at.Time().UTC().Format(stamp)
	return Files{filepath.Join(data, name+dataEnd), filepath.Join(keys, name+keysEnd)}
}

// madeAt reads a name that Named made; others are none of our business.
func madeAt(name, end string) (at time.Time, ours bool) {
	middle, ok := strings.CutPrefix(name, begin)
	if ok {
		middle, ok = strings.CutSuffix(middle, end)
	}
	if !ok {
		return at, false
	}
	at, err := time.Parse(stamp, middle)
	return at, err == nil
}

// Over says which of a folder's files have been kept long enough. The newest stays, however old it is: a programme whose
// backups fail for weeks keeps its last one. A clock that was put back makes nothing old.
func Over(names []string, end string, keep time.Duration, now core.Instant) (over []string) {
	if end == keysEnd {
		keep = min(keep, keysFor)
	}
	newest := time.Time{}
	for _, n := range names {
		if at, ours := madeAt(n, end); ours && at.After(newest) {
			newest = at
		}
	}
	for _, n := range names {
		if at, ours := madeAt(n, end); ours && at.Before(newest) && now.Time().Sub(at) > keep {
			over = append(over, n)
		}
	}
	return over
}
