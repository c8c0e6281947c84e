package backup_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"maatje/internal/backup"
	"maatje/internal/core"
)

func TestPRV2_HowLongBackupsAreKept(t *testing.T) {
	const day = 24 * time.Hour
	now := core.MustInstant("2026-11-23T09:00:00.000Z")
	named := func(end string, ages ...time.Duration) (all []string) {
		for _, age := range ages {
			f := backup.Named("d", "k", now.Add(-age))
			name := filepath.Base(f.Data)
			if end == ".keys.age" {
				name = filepath.Base(f.Keys)
			}
			all = append(all, name)
		}
		return all
	}
	const data, keys = ".data.age", ".keys.age"
	for name, tt := range map[string]struct {
		names []string
		end   string
		keep  time.Duration
		over  []string
	}{
		"the last day":                     {named(data, 0, 90*day), data, 90 * day, nil},
		"the day after":                    {named(data, 0, 90*day+time.Second), data, 90 * day, named(data, 90*day+time.Second)},
		"keys for thirty days":             {named(keys, 0, 30*day), keys, 90 * day, nil},
		"keys no longer, whatever is said": {named(keys, 0, 30*day+time.Second), keys, 90 * day, named(keys, 30*day+time.Second)},
		"keys shorter":                     {named(keys, 0, 8*day), keys, 7 * day, named(keys, 8*day)},
		"the only one stays":               {named(keys, 90*day), keys, 30 * day, nil},
		"one from a clock ahead":           {named(data, -day, 0), data, 30 * day, nil},
		"what is not ours stays":           {append(named(data, 0), "maatje-old.data.age", "photo.jpg", "maatje-20200101T000000Z.data.age.part"), data, day, nil},
		"the other kind stays":             {append(named(data, 0), named(keys, 60*day)...), data, day, nil},
	} {
		if got := backup.Over(tt.names, tt.end, tt.keep, now); !slices.Equal(got, tt.over) {
			t.Errorf("%s: %v, want %v", name, got, tt.over)
		}
	}
}
